/** An escaped character, a part in single or double quotes, space, or other characters. */
const commandPart = /\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"|(\s+)|([^\s"'\\]+)/gsy;

/**
 * Splits a command line into the program and its arguments: words are separated by space, quotes and backslashes keep them
 * together, and nothing else is special. Throws a user-facing error if a quote is not closed, the text ends with a backslash, or
 * the program's name is empty.
 */
export const splitCommand = (text: string, option: string): readonly string[] => {
  const words: string[] = [];
  let word: string | undefined;
  let parsedLength = 0;
  for (const [all, escaped, single, double, blank, other] of text.matchAll(commandPart)) {
    parsedLength += all.length;
    if (blank === undefined) {
      word = (word ?? '') + (escaped ?? single ?? double?.replace(/\\(["\\])/g, '$1') ?? other ?? '');
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }

  if (parsedLength < text.length) {
    throw new Error(`Unbalanced quote or trailing backslash in ${option}: “${text}”`);
  }

  const command = word === undefined ? words : [...words, word];
  if (command[0] === '') {
    throw new Error(`The program in ${option} has no name: “${text}”`);
  }

  return command;
};
