/** Behind a backslash, in quotes of either kind, blanks, or anything else. */
const commandPart = /\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"|(\s+)|([^\s"'\\]+)/gsy;

/**
 * A program and its arguments as somebody types them: parted by blanks, held together by quotes or a backslash, and nothing
 * else means anything. Throws a sentence where a quote is left open.
 */
export const splitCommand = (text: string, option: string): readonly string[] => {
  const words: string[] = [];
  let word: string | undefined;
  let read = 0;
  for (const [all, escaped, single, double, blank, other] of text.matchAll(commandPart)) {
    read += all.length;
    if (blank === undefined) {
      word = (word ?? '') + (escaped ?? single ?? double?.replace(/\\(["\\])/g, '$1') ?? other ?? '');
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }

  if (read < text.length) {
    throw new Error(`${option} has a quote or a backslash to which nothing answers: “${text}”`);
  }

  return word === undefined ? words : [...words, word];
};
