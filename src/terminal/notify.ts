import type {NotificationStyle} from './capabilities.js';
import {removeTerminalControls} from './plain-text.js';

/** Rings; tmux and most terminals flag the window. */
export const bell = '\x07';

/**
 * A bell, and a notification on the desktop where the terminal knows how: OSC 9 (one text) or OSC 777 (title and
 * body). Both texts are made safe; semicolons would end a field of OSC 777.
 */
export const encodeNotification = (title: string, body: string, style: NotificationStyle): string => {
  const [safeTitle, safeBody] = [title, body].map(text => removeTerminalControls(text).replaceAll(';', ','));
  if (style === 'bell') {
    return bell;
  }
  // A leading digit would make ConEmu read a command of its own.
  if (style === 'osc9') {
    return `${bell}\x1b]9;${`${safeTitle}: ${safeBody}`.replace(/^(?=\d)/, '#')}\x07`;
  }
  return `${bell}\x1b]777;notify;${safeTitle};${safeBody}\x07`;
};
