/** Escape sequences as a whole (CSI, then OSC and its relatives, then short ones), in their 7-bit and 8-bit forms. */
const escapeSequences =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
const lineEnds = /[\r\n\t\u2028\u2029]+/g;
/** What a terminal obeys or a reader cannot see: controls, bidi and zero-width marks, tag characters. */
const invisibleCharacters = /[\p{Control}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * A text as one line that a terminal cannot obey, of at most `mostCharacters` code points (200 unless told).
 * Titles and notifications are cut by characters, not cells: whoever shows them is not our screen.
 */
export const removeTerminalControls = (text: string, mostCharacters = 200): string => {
  // Sequences are cut out of a generous piece first: a text of megabytes must not cost more than a title.
  const piece = text.slice(0, mostCharacters * 20);
  const plain = piece.replace(escapeSequences, '').replace(lineEnds, ' ').replace(invisibleCharacters, '');
  return [...plain].slice(0, mostCharacters).join('').trim();
};
