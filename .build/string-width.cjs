// Ink and zentop measure text with string-width, which takes 20 ms to load, because it creates a segmenter and compiles tables of emoji,
// and 15 ms more when it meets the first character that is not ASCII. Nearly all texts need neither.

/** Characters of one cell that never combine with their neighbors: most of Latin, Greek, Cyrillic, punctuation, signs, lines and blocks. */
const narrowText =
  /^[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2319\u231c-\u2328\u232b-\u23e8\u2400-\u25fc\u2713-\u2718\u2800-\u28ff]*$/;
const styles = /\x1b\[[\d;]*m/g;

/** The same as `string-width`, which is loaded only for other texts. */
module.exports = (text, options) => {
  if (typeof text === 'string' && options?.ambiguousIsNarrow !== false) {
    const plain = options?.countAnsiEscapeCodes === true ? text : text.replace(styles, '');
    if (narrowText.test(plain)) {
      return plain.length;
    }
  }

  return require('../node_modules/string-width/index.js').default(text, options);
};
