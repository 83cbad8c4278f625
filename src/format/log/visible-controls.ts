import {cleanText} from '../clean-text.js';

/** What a terminal would obey, and what would deceive the reader: direction marks, breaks and characters without a width. */
const controlPattern = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/;
const allControlsPattern = new RegExp(controlPattern, 'g');

export const hasControls = (text: string): boolean => controlPattern.test(text);

/** `^[` for the escape character, `^G` for the bell, `<9b>` and `<U+202E>` for those that have no such name. */
const formatControl = (control: string): string => {
  const code = control.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) {
    return `^${String.fromCharCode(code ^ 0x40)}`;
  }

  return code < 0x100 ? `<${code.toString(16)}>` : `<U+${code.toString(16).toUpperCase()}>`;
};

/**
 * A text whose control characters can be read, as `less` and `cat -v` write them, and are obeyed by nobody. Tabs are left.
 * What takes no cell and means no harm goes, as in any other text.
 */
export const showControls = (text: string): string => cleanText(text.replace(allControlsPattern, formatControl));
