import {cleanText} from '../clean-text.js';

/** Characters that a terminal interprets, or that can deceive: direction marks, line breaks and zero-width characters. */
const controlPattern = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** `^[` for escape, `^G` for the bell; others by their code, `<9b>` or `<U+202E>`. */
const formatControl = (control: string): string => {
  const code = control.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) {
    return `^${String.fromCharCode(code ^ 0x40)}`;
  }

  return code < 0x100 ? `<${code.toString(16)}>` : `<U+${code.toString(16).toUpperCase()}>`;
};

/**
 * Replaces control characters with visible text, as `less` and `cat -v` do. Tabs are kept, and harmless zero-width
 * characters are removed.
 */
export const showControls = (text: string): string => cleanText(text.replace(controlPattern, formatControl));
