/** What a line of text is being typed for. */
export type FieldPurpose = OpenRunPurpose | 'runs' | 'command' | 'tags';

/** Purposes that concern the open run. */
export type OpenRunPurpose = 'filter' | 'search' | 'file' | 'steps' | 'place';

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
  /** The line is done: what it set stays. */
  | {readonly type: 'field/kept'}
  /** Undo what the line has set. */
  | {readonly type: 'field/cleared'};
