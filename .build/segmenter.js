/** Characters of which each is a grapheme by itself, whatever stands beside it: no marks, joiners, jamo or flags. */
const onlySimple =
  /^[\t\n\x1b\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2bff\u4e00-\u9fff]*$/;

const simpleSegments = input => {
  const segments = Array.from(input, (segment, index) => ({segment, index, input}));
  segments.containing = (index = 0) => segments[index];
  return segments;
};

/**
 * Parts a text into graphemes as `Intl.Segmenter` does, which takes 10 ms to make and is slow for every letter. Nearly
 * all that is on the screen are letters and glyphs that need no table; the real one is made when they are not enough.
 */
export class Segmenter {
  #options;
  #real;

  constructor(...options) {
    this.#options = options;
  }

  segment(input) {
    if (onlySimple.test(input)) return simpleSegments(input);
    this.#real ??= new Intl.Segmenter(...this.#options);
    return this.#real.segment(input);
  }
}
