/** A range of part indices; `to` is exclusive. */
export type PartRange = {readonly from: number; readonly to: number};

/** More parts than this are grouped in folds. */
const partsPerFold = 100;

/** Splits a range into at most 100 folds of 100, 10,000, … parts; returns none for a short range. */
export const splitRange = ({from, to}: PartRange): readonly PartRange[] => {
  if (to - from <= partsPerFold) {
    return [];
  }

  let size = partsPerFold;
  while ((to - from) / size > partsPerFold) {
    size *= partsPerFold;
  }

  const chunks: PartRange[] = [];
  for (let start = from; start < to; start += size) {
    chunks.push({from: start, to: Math.min(to, start + size)});
  }

  return chunks;
};
