import {removeTerminalControls} from './plain-text.js';

/** Keeps the title that the window has, to be given back by {@link popTitle}. */
export const pushTitle = '\x1b[22;2t';
export const popTitle = '\x1b[23;2t';

/** The sequence that names the window (in tmux: the pane) after a text, which is made safe and cut to 200 characters. */
export const encodeTitle = (text: string): string => `\x1b]2;${removeTerminalControls(text)}\x07`;
