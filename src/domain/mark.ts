import type {RunId} from './ids.js';

/** Where a place in a text leads. */
export type Target =
  | {readonly kind: 'step'; readonly name: string}
  /** A step of another run, as far as its name is known. */
  | {readonly kind: 'run'; readonly runId: RunId; readonly stepName?: string | undefined}
  /** Unfolds or folds a section of the text. */
  | {readonly kind: 'fold'; readonly section: string};

/** Something that can be copied: its name for the reader, and the text as it came. */
export type CopyText = {readonly what: string; readonly text: string};

/** A place in a text where the cursor can stand. */
export type Mark = {
  /** Names it for good, whatever is folded above it; unique in its text. */
  readonly key: string;
  /** Counted from 0. */
  readonly line: number;
  /** Where enter leads. */
  readonly target?: Target;
  /** The section that space unfolds or folds, and enter too where it leads nowhere. */
  readonly fold?: string;
  readonly copies?: readonly CopyText[];
};
