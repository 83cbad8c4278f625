import type {Action} from '../store/action.js';
import type {State} from '../store/state.js';
import type {Effect} from './effect.js';
import type {ScreenFrame} from './frame.js';

/**
 * Where keys can be pressed: the list of runs, runs side by side, the list of steps, the pane over the whole screen, a log
 * there, help, a line of text, what to copy, where to go.
 */
export const keyContexts = [
  'runs',
  'comparing',
  'list',
  'pane',
  'log',
  'help',
  'field',
  'copying',
  'choosing',
] as const;
export type KeyContext = (typeof keyContexts)[number];

/** What a key comes to: something that happened in the program, something to be done outside of it, or the one and then the other. */
export type CommandOutcome =
  | {readonly action: Action}
  | {readonly effect: Effect}
  | {readonly action: Action; readonly effect: Effect};

/** One thing the reader can do. Dispatch, footer, help and the README's table are all made from it. */
export type Command = {
  /** `noun.verb`. */
  readonly id: string;
  /** Names of keys as `keyNames` spells them; the first one is shown first. */
  readonly keys: readonly string[];
  /** What it does, as help says it. */
  readonly title: string;
  /** Its word in the footer, where it can be done now; commands in a row with the same word share an entry. */
  readonly short?: string | ((state: State, frame: ScreenFrame) => string | undefined);
  readonly on: readonly KeyContext[];
  /** Why it cannot be done now, in words for the reader. */
  readonly whyNot?: (state: State, frame: ScreenFrame) => string | undefined;
  /** `key` is the one of its keys that was pressed. */
  readonly act: (state: State, frame: ScreenFrame, key: string) => CommandOutcome;
};

export const selectKeyContext = ({field, screen, watch}: State): KeyContext => {
  if (field !== undefined) {
    return 'field';
  }

  if (screen.name !== 'run') {
    return screen.name;
  }

  if (watch?.pane.isOpen !== true) {
    return 'list';
  }

  return watch.pane.tab === 'logs' ? 'log' : 'pane';
};
