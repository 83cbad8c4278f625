// Ink and zentop measure text with string-width, which takes 20 ms to load, because it creates a segmenter and compiles tables of emoji,
// and 15 ms more when it meets the first character that is not ASCII. Nearly all texts need neither.
const {isNarrowText} = require('./narrow-text.cjs');

const styles = /\x1b\[[\d;]*m/g;

/** The same as `string-width`, which is loaded only for other texts. */
module.exports = (text, options) => {
  if (typeof text === 'string' && options?.ambiguousIsNarrow !== false) {
    const plain = options?.countAnsiEscapeCodes === true ? text : text.replace(styles, '');
    if (isNarrowText(plain)) {
      return plain.length;
    }
  }

  return require('../node_modules/string-width/index.js').default(text, options);
};
