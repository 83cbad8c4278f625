/** Escape sequences as a whole (CSI, then OSC and its relatives, then short ones), in their 7-bit and 8-bit forms. */
const escapeSequences =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?/g;
const lineBreaksAndTabs = /[\r\n\t\u2028\u2029]+/g;
/** Characters that control the terminal or are invisible: controls, bidi and zero-width marks, tag characters. */
const invisibleCharacters = /[\p{Control}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** In code points: titles and notifications are not drawn on the screen, so cells do not matter. */
const maxCharacters = 200;

/** Turns text into one line of limited length, without anything that controls a terminal. */
export const removeTerminalControls = (text: string): string => {
  // Only the beginning is searched for sequences, so that a text of megabytes costs no more than a title.
  const piece = text.slice(0, maxCharacters * 20);
  const plain = piece.replace(escapeSequences, '').replace(lineBreaksAndTabs, ' ').replace(invisibleCharacters, '');
  return [...plain].slice(0, maxCharacters).join('').trim();
};
