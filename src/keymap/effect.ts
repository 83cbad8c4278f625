import type {Intervention} from '../domain/intervention/intervention.js';

/** What must happen outside the store. `cli` carries it out and reports back with an action. */
export type Effect =
  /** `isInterrupt`: by Ctrl-C. */
  | {readonly type: 'quit'; readonly isInterrupt: boolean}
  | {readonly type: 'suspend'}
  | {readonly type: 'redraw'}
  /** Saves the visible log to a new file; the path is relative to the working directory. */
  | {readonly type: 'save-log'; readonly path: string}
  /** Switches to another server, by URL. */
  | {readonly type: 'switch-server'; readonly url: string}
  /** Sends the request, once. */
  | {readonly type: 'intervene'; readonly intervention: Intervention}
  | {readonly type: 'open-url'; readonly url: string}
  /** Copies the text to the clipboard. `what` describes it to the user. */
  | {readonly type: 'copy'; readonly text: string; readonly what: string};
