let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as the user sees them. The segmenter is slow to create, and rarely needed. */
export const splitCharacters = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  return segmenter.segment(text);
};

/** The text without its last character as the user sees it: a flag, or a letter with its accents. */
export const dropLastCharacter = (text: string): string =>
  text.slice(0, splitCharacters(text).containing(text.length - 1)?.index ?? 0);
