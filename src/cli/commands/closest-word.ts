/** A word with more differences than this is not a typo. */
const maxDistance = 2;

/** The word that `text` was probably meant to be; `undefined` if none is similar enough. */
export const findClosestWord = (text: string, words: readonly string[]): string | undefined => {
  const limit = Math.min(maxDistance, Math.floor(text.length / 2));
  const [closest] = words
    // The ID of a run is far longer than any command, so it is not compared with all of them at every start.
    .filter(word => Math.abs(word.length - text.length) <= limit)
    .map(word => ({word, distance: getDistance(text, word)}))
    .filter(({distance}) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return closest?.word;
};

/** The Levenshtein distance: how many characters must be inserted, removed or replaced. */
const getDistance = (from: string, to: string): number => {
  let row = Array.from({length: to.length + 1}, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replacementDistance = (row[column] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replacementDistance, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }

    row = next;
  }

  return row.at(-1) ?? 0;
};
