const trueWords = new Set(['1', 'true', 'yes', 'y', 'on']);
const falseWords = new Set(['0', 'false', 'no', 'n', 'off']);

/** A boolean as written in an environment variable or a YAML file (`yes`, `0`, `off`, …); `undefined` for any other word. */
export const parseBoolean = (word: string | boolean | undefined): boolean | undefined => {
  if (typeof word === 'boolean') {
    return word;
  }

  const plain = word?.trim().toLowerCase() ?? '';
  return trueWords.has(plain) ? true : falseWords.has(plain) ? false : undefined;
};
