import {encodeTitle, popTitle, pushTitle} from './title.js';

type SendSequence = (sequence: string) => void;

/** The modes of the terminal that are ours, not Ink's: title, reports of focus, pastes and the mouse. */
export type Modes = {
  /** Switches on what is wanted; once, until they are left. */
  readonly enter: () => void;
  /** Switches everything off, by `send` when it is given: on the last way out nothing may wait. */
  readonly leave: (send?: SendSequence) => void;
  /** Switches on anew what others may have switched off. */
  readonly renew: () => void;
  readonly setTitle: (text: string) => void;
  readonly setMouse: (isWanted: boolean) => void;
};

/** Pastes come marked, so that no line of one is taken for keys; focus tells whether anyone looks. */
const reportsOn = '\x1b[?2004h\x1b[?1004h';
const reportsOff = '\x1b[?1004l\x1b[?2004l';
/** Presses, releases and the wheel, in the form that has no limit of 223 columns. */
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';

/** `hasTitle`: whether the terminal has a title that can be kept and given back. The mouse is off unless asked for. */
export const createModes = (send: SendSequence, {hasTitle}: {readonly hasTitle: boolean}): Modes => {
  let isOn = false;
  let isMouseWanted = false;
  let title: string | undefined;
  const titleNow = () => (hasTitle && title !== undefined ? encodeTitle(title) : '');
  const wanted = () => reportsOn + (isMouseWanted ? mouseOn : '') + titleNow();
  return {
    enter: () => {
      if (isOn) {
        return;
      }
      isOn = true;
      send((hasTitle ? pushTitle : '') + wanted());
    },
    leave: (sendLast = send) => {
      if (!isOn) {
        return;
      }
      isOn = false;
      sendLast((isMouseWanted ? mouseOff : '') + reportsOff + (hasTitle ? popTitle : ''));
    },
    renew: () => {
      if (isOn) {
        send(wanted());
      }
    },
    setTitle: text => {
      if (text === title) {
        return;
      }
      title = text;
      if (isOn && hasTitle) {
        send(titleNow());
      }
    },
    setMouse: isWanted => {
      if (isWanted === isMouseWanted) {
        return;
      }
      isMouseWanted = isWanted;
      if (isOn) {
        send(isWanted ? mouseOn : mouseOff);
      }
    },
  };
};
