/**
 * Escape sequences as a whole, in their 7-bit and 8-bit forms: strings (OSC, DCS, SOS, PM, APC) up to their end, CSI with
 * its parameters, then the short ones. Of an unterminated string only the introducer is removed, so that its text is shown.
 */
const escapeSequences = new RegExp(
  [
    '(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x80-\\x9f]*(?:\\x07|\\x1b\\\\|\\x9c)',
    '(?:\\x1b\\[|\\x9b)[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]?',
    '\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]?',
  ].join('|'),
  'g',
);

/** C0, DEL and C1, except line breaks and tabs, which the callers replace. */
const controls = /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;

/**
 * Zero-width characters, which can deceive: bidi controls, spaces and joiners, variation selectors, tags,
 * fillers, soft hyphens. Also skin tones and the keycap, because terminals disagree about their width.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Emoji_Modifier}]|\u20e3/gu;

/** Terminals disagree about the width of unassigned characters. */
const unassigned = /\p{Cn}/gu;

/** More combining marks than any script needs would spill over adjacent lines. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/** Replaced first: once the text between two of them is removed, they would combine into a character. */
const loneSurrogates = /\p{Surrogate}/gu;

const replacement = '\ufffd';

/** Removes everything that a terminal would interpret or hide, except tabs and line breaks. */
export const cleanText = (text: string): string =>
  text
    .replace(loneSurrogates, replacement)
    .replace(escapeSequences, '')
    .replace(controls, '')
    .replace(invisible, '')
    .replace(unassigned, replacement)
    .replace(piledMarks, '$1');

/** Removes escape sequences, and control characters other than tabs and line breaks, but not what else `cleanText` removes. */
export const removeControls = (text: string): string => text.replace(escapeSequences, '').replace(controls, '');

/** At most the first `length` UTF-16 units of a text; never splits a surrogate pair. */
export const takeUnits = (text: string, length: number): string => {
  if (text.length <= length) {
    return text;
  }

  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
};
