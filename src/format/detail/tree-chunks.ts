/** Places of some parts: from the first up to, not including, the last. */
export type PlaceRange = {readonly from: number; readonly to: number};

/** More parts than this lie in folds. */
const partsPerFold = 100;

/** The folds that many parts lie in: of a hundred, of ten thousand and so on, a hundred folds at most; none for few parts. */
export const splitRange = ({from, to}: PlaceRange): readonly PlaceRange[] => {
  if (to - from <= partsPerFold) {
    return [];
  }

  let size = partsPerFold;
  while ((to - from) / size > partsPerFold) {
    size *= partsPerFold;
  }

  const chunks: PlaceRange[] = [];
  for (let start = from; start < to; start += size) {
    chunks.push({from: start, to: Math.min(to, start + size)});
  }

  return chunks;
};
