/** A range of indexes of parts; `to` is exclusive. */
export type PartRange = {readonly from: number; readonly to: number};

/** More parts than this are grouped in sections. */
const partsPerSection = 100;

/** Splits a range into at most 100 sections of 100, 10,000, … parts; returns none for a short range. */
export const splitRange = ({from, to}: PartRange): readonly PartRange[] => {
  if (to - from <= partsPerSection) {
    return [];
  }

  let size = partsPerSection;
  while ((to - from) / size > partsPerSection) {
    size *= partsPerSection;
  }

  const folds: PartRange[] = [];
  for (let start = from; start < to; start += size) {
    folds.push({from: start, to: Math.min(to, start + size)});
  }

  return folds;
};
