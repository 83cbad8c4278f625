/**
 * Whether what was typed is found in a name: as a part of it, or as an abbreviation whose letters follow each other or begin
 * parts of the name, as `trpipe` and `tp` do for `training_pipeline`. Case does not matter.
 */
export const isInName = (typed: string, name: string): boolean => {
  const wanted = typed.toLowerCase();
  const lower = name.toLowerCase();
  return lower.includes(wanted) || (wanted.length > 1 && isAbbreviation(wanted, lower, partsOf(name)));
};

/** Where parts begin: the first character, what stands behind a sign, and a capital behind a small letter. */
const partsOf = (name: string): readonly number[] => {
  const starts: number[] = [];
  for (let place = 0; place < name.length; place++) {
    const before = name[place - 1];
    const here = name[place] ?? '';
    const isStart = before === undefined || (/[^\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(here));
    if (isStart || (/\p{Lu}/u.test(here) && /\p{Ll}/u.test(before ?? ''))) {
      starts.push(place);
    }
  }

  return starts;
};

/** Longer ones are no names any more, and every way to read an abbreviation is tried. */
const longestName = 200;

const isAbbreviation = (wanted: string, lower: string, starts: readonly number[]): boolean => {
  if (lower.length > longestName) {
    return false;
  }

  /** Places behind which the letters so far may end. */
  let ends: readonly number[] = starts.filter(start => lower[start] === wanted[0]).map(start => start + 1);
  for (const letter of [...wanted].slice(1)) {
    const next = new Set<number>();
    for (const end of ends) {
      for (const place of [end, ...starts.filter(start => start > end)]) {
        if (lower[place] === letter) {
          next.add(place + 1);
        }
      }
    }

    ends = [...next];
  }

  return ends.length > 0;
};
