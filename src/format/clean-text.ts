/**
 * Escape sequences as a whole, in their 7-bit and 8-bit forms: strings (OSC, DCS, SOS, PM, APC) up to their end, CSI with
 * its parameters, then the short ones. A string that nobody ends loses its introducer alone, so that its text stays visible.
 */
const escapeSequences = new RegExp(
  [
    '(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\x07\\x1b\\x80-\\x9f]*(?:\\x07|\\x1b\\\\|\\x9c)',
    '(?:\\x1b\\[|\\x9b)[\\x30-\\x3f]*[\\x20-\\x2f]*[\\x40-\\x7e]?',
    '\\x1b[\\x20-\\x2f]*[\\x30-\\x7e]?',
  ].join('|'),
  'g',
);

/** C0, DEL and C1 without the line breaks and the tab, which become something visible. */
const controls = /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;

/**
 * What takes no cell and can deceive: bidi controls, zero-width characters and joiners, variation selectors, tags, fillers,
 * soft hyphens. Skin tones and the keycap go too, as terminals disagree about their width.
 */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Emoji_Modifier}]|\u20e3/gu;

/** Terminals agree on no width for characters that are not assigned. */
const unassigned = /\p{Cn}/gu;

/** More marks on one letter than any script needs climb over the lines around it. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/** Half a character would make a whole one with its new neighbour once what stood between them is gone: so it goes first. */
const loneSurrogates = /\p{Surrogate}/gu;

const replacement = '\ufffd';

/** Text without anything a terminal would obey or hide; tabs and line breaks are left to the caller. */
export const cleanText = (text: string): string =>
  text
    .replace(loneSurrogates, replacement)
    .replace(escapeSequences, '')
    .replace(controls, '')
    .replace(invisible, '')
    .replace(unassigned, replacement)
    .replace(piledMarks, '$1');

/** Text that can be pasted anywhere: nothing in it would be obeyed by a terminal, and nothing else is taken away. */
export const removeControls = (text: string): string => text.replace(escapeSequences, '').replace(controls, '');

/** The first `length` UTF-16 units of a text, never half a character. */
export const takeUnits = (text: string, length: number): string => {
  if (text.length <= length) {
    return text;
  }

  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
};
