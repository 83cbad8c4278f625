/** Places of some parts: from the first up to, not including, the last. */
export type Range = {readonly from: number; readonly to: number};

/** More parts than this lie in folds. */
const chunkSize = 100;

/** The folds that many parts lie in: of a hundred, of ten thousand and so on, a hundred folds at most; none for few parts. */
export const chunksOf = ({from, to}: Range): readonly Range[] => {
  if (to - from <= chunkSize) {
    return [];
  }

  let size = chunkSize;
  while ((to - from) / size > chunkSize) {
    size *= chunkSize;
  }

  const chunks: Range[] = [];
  for (let start = from; start < to; start += size) {
    chunks.push({from: start, to: Math.min(to, start + size)});
  }

  return chunks;
};
