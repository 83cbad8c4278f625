/** Characters of which each is a grapheme by itself, whatever stands beside it: no marks, joiners, jamo or flags. */
const simplePattern =
  /^[\t\n\x1b\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2bff\u4e00-\u9fff]*$/;

/** Whether each UTF-16 unit of a text is a character and a grapheme by itself. */
export const isSimple = (text: string): boolean => simplePattern.test(text);

const createSimpleSegments = (input: string): Intl.Segments => {
  const segments = Array.from(input, (segment, index) => ({segment, index, input}));
  return Object.assign(segments, {containing: (index = 0) => segments[index]});
};

/**
 * Parts a text into graphemes as `Intl.Segmenter` does, which takes 10 ms to make and is slow for every letter. Nearly
 * all that is on the screen are letters and glyphs that need no table; the real one is made when they are not enough.
 * The build gives it to the libraries that frames are made with, too.
 */
export class Segmenter {
  readonly #options: ConstructorParameters<typeof Intl.Segmenter>;
  #real: Intl.Segmenter | undefined;

  constructor(...options: ConstructorParameters<typeof Intl.Segmenter>) {
    this.#options = options;
  }

  segment(input: string): Intl.Segments {
    if (isSimple(input)) {
      return createSimpleSegments(input);
    }

    this.#real ??= new Intl.Segmenter(...this.#options);
    return this.#real.segment(input);
  }
}
