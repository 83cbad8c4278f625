/** What must be done outside the program's own state; `cli` carries it out and reports back by an action. */
export type Effect =
  | {readonly type: 'quit'; readonly isInterrupt: boolean}
  | {readonly type: 'suspend'}
  | {readonly type: 'redraw'}
  /** The log that is looked at into a new file, a path from the working directory. */
  | {readonly type: 'save-log'; readonly path: string}
  /** Go on with another server, by its address. */
  | {readonly type: 'switch-server'; readonly url: string}
  | {readonly type: 'open-url'; readonly url: string}
  | {readonly type: 'copy'; readonly text: string; readonly what: string};
