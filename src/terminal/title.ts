import {removeTerminalControls} from './plain-text.js';

/** Saves the window's title, to be restored by {@link popTitle}. */
export const pushTitle = '\x1b[22;2t';
export const popTitle = '\x1b[23;2t';

/** The sequence that sets the title of the window (in tmux: of the pane) to a sanitized text of at most 200 characters. */
export const encodeTitle = (text: string): string => `\x1b]2;${removeTerminalControls(text)}\x07`;
