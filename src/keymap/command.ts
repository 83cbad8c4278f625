import type {Action} from '../store/action.js';
import type {OpenRun} from '../store/run/open-run.js';
import type {State} from '../store/state.js';
import type {Effect} from './effect.js';
import type {ScreenFrame} from './frame.js';

/** Contexts that open over another screen and have few keys of their own. */
export const dialogContexts = ['help', 'field', 'menu', 'choosing', 'confirming', 'answering', 'value'] as const;

/**
 * Where keys can be pressed: the list of runs, the comparison of runs, the list of steps, the timeline, the graph, the full-screen
 * pane, a log in it, help, a text input, a menu of texts or actions, a choice of project or server, a confirmation, the form for an answer, a single value.
 */
export const keyContexts = [
  'runs',
  'comparing',
  'list',
  'timeline',
  'graph',
  'pane',
  'log',
  ...dialogContexts,
] as const;
export type KeyContext = (typeof keyContexts)[number];

/** What a key press results in: an action for the store, an effect outside the program, or the action followed by the effect. */
export type CommandOutcome =
  /** `followUps` are applied after the action, in order. */
  | {readonly action: Action; readonly followUps?: readonly Action[]}
  | {readonly effect: Effect}
  | {readonly action: Action; readonly effect: Effect};

/** One thing the user can do. Key dispatch, footer, help and the tables of docs/keys.md all derive from it. */
export type Command = {
  /** Two words joined by a period, such as `step.next`. The settings refer to commands by it. */
  readonly id: string;
  /** Key names as spelled by `getKeyNames`; shown in this order. */
  readonly keys: readonly string[];
  /** What it does, for help. */
  readonly title: string;
  /** Its word in the footer while it is available; adjacent commands with the same word share an entry. */
  readonly short?: string | ((state: State, frame: ScreenFrame) => string | undefined);
  /** Where it is available. A command for the list also works in the timeline and the graph, one for the pane also in a log. */
  readonly on: readonly KeyContext[];
  /** Why it is unavailable now, shown to the user; `undefined` if it is available. */
  readonly whyNot?: (state: State, frame: ScreenFrame) => string | undefined;
  /** `key` is the key that was pressed, one of `keys`. */
  readonly act: (state: State, frame: ScreenFrame, key: string) => CommandOutcome;
};

/**
 * Where the next key press on the screen of a run is looked up: in the full-screen pane, or in a list, timeline or graph of its
 * rows.
 */
export const getRunContext = (openRun: OpenRun | undefined): 'list' | 'timeline' | 'graph' | 'pane' | 'log' => {
  if (openRun === undefined) {
    return 'list';
  }

  const {pane, timeline, graph} = openRun;
  if (pane.isOpen) {
    return pane.tab === 'logs' ? 'log' : 'pane';
  }

  return timeline.isShown ? 'timeline' : graph.isShown ? 'graph' : 'list';
};

/** Where the next key press is looked up. */
export const selectKeyContext = ({field, screen, openRun}: State): KeyContext => {
  if (field !== undefined) {
    return 'field';
  }

  return screen.name === 'run' ? getRunContext(openRun) : screen.name;
};
