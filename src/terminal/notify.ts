import type {NotificationStyle} from './capabilities.js';
import {removeTerminalControls} from './plain-text.js';

/** Rings the bell; tmux and most terminals flag the window. */
const bell = '\x07';

/**
 * A bell, and a desktop notification if the terminal supports it: OSC 9 (one text) or OSC 777 (title and body). Both texts
 * are sanitized; semicolons are replaced because they separate the fields of OSC 777.
 */
export const encodeNotification = (title: string, body: string, style: NotificationStyle): string => {
  const [safeTitle, safeBody] = [title, body].map(text => removeTerminalControls(text).replaceAll(';', ','));
  if (style === 'bell') {
    return bell;
  }

  // ConEmu would take a leading digit for one of its own commands.
  if (style === 'osc9') {
    return `${bell}\x1b]9;${`${safeTitle}: ${safeBody}`.replace(/^(?=\d)/, '#')}\x07`;
  }

  return `${bell}\x1b]777;notify;${safeTitle};${safeBody}\x07`;
};
