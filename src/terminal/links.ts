import type {Capabilities} from './capabilities.js';
import {parseWebUrl} from './web-url.js';

/** A text that opens a web page when clicked (OSC 8), or the text alone if the terminal does not support links. */
export const encodeLink = (text: string, url: string, {hasLinks}: Pick<Capabilities, 'hasLinks'>): string => {
  const target = hasLinks ? parseWebUrl(url) : undefined;
  return target === undefined ? text : `\x1b]8;;${target}\x1b\\${text}\x1b]8;;\x1b\\`;
};
