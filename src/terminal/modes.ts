import {removeTerminalControls} from './plain-text.js';

type SendSequence = (sequence: string) => void;

/** The terminal modes that zentop sets in addition to those of Ink: title, reports of focus and pastes, and the mouse. */
type Modes = {
  /** Turns the modes on, unless they are on already. */
  readonly enter: () => void;
  /** Turns the modes off, through `send` if given: at exit, the sequence must not wait in a queue. */
  readonly leave: (send?: SendSequence) => void;
  /** Turns on again what other programs may have turned off. */
  readonly renew: () => void;
  readonly setTitle: (text: string) => void;
};

/** Saves the window's title, to be restored by {@link popTitle}. */
const pushTitle = '\x1b[22;2t';
const popTitle = '\x1b[23;2t';

/** The sequence that sets the title of the window (in tmux: of the pane) to `text`, sanitized and cut to 200 characters. */
export const encodeTitle = (text: string): string => `\x1b]2;${removeTerminalControls(text)}\x07`;

/** Bracketed paste, so that pasted text is not taken for keys, and focus reports. */
const reportsOn = '\x1b[?2004h\x1b[?1004h';
const reportsOff = '\x1b[?1004l\x1b[?2004l';

/** Clicks and the wheel, in SGR encoding. */
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';

type ModeOptions = {
  /** Whether the terminal has a title that can be saved and restored. */
  readonly hasTitle: boolean;
  readonly hasMouse?: boolean;
};

export const createModes = (send: SendSequence, {hasTitle, hasMouse = false}: ModeOptions): Modes => {
  let isOn = false;
  let title: string | undefined;
  const encodeCurrentTitle = () => (hasTitle && title !== undefined ? encodeTitle(title) : '');
  const encodeModes = () => reportsOn + (hasMouse ? mouseOn : '') + encodeCurrentTitle();
  return {
    enter: () => {
      if (isOn) {
        return;
      }

      isOn = true;
      send((hasTitle ? pushTitle : '') + encodeModes());
    },
    leave: (sendLast = send) => {
      if (!isOn) {
        return;
      }

      isOn = false;
      sendLast((hasMouse ? mouseOff : '') + reportsOff + (hasTitle ? popTitle : ''));
    },
    renew: () => {
      if (isOn) {
        send(encodeModes());
      }
    },
    setTitle: text => {
      if (text === title) {
        return;
      }

      title = text;
      if (isOn && hasTitle) {
        send(encodeCurrentTitle());
      }
    },
  };
};
