/** What the text input is open for. */
export type FieldPurpose = OpenRunPurpose | 'runs' | 'command' | 'tags';

/** Purposes that concern the open run. */
export type OpenRunPurpose = 'filter' | 'search' | 'file' | 'steps' | 'step-number';

/** The line being typed. */
export type Field = {
  readonly purpose: FieldPurpose;
  readonly text: string;
};

export type FieldAction =
  | {readonly type: 'field/opened'; readonly purpose: FieldPurpose}
  | {readonly type: 'field/typed'; readonly text: string}
  /** Erase its last character, or all of it. */
  | {readonly type: 'field/erased'; readonly isWhole: boolean}
  /** Complete its last word. */
  | {readonly type: 'field/completed'; readonly text: string}
  /** Close the line and keep what it has set. */
  | {readonly type: 'field/kept'}
  /** Close the line and clear what it has set. */
  | {readonly type: 'field/cleared'};
