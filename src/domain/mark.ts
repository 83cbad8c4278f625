import type {RunId} from './ids.js';

/** What Enter opens at a mark. */
export type Target =
  | {readonly kind: 'step'; readonly name: string}
  /** Another run, and its step if the name is known. */
  | {readonly kind: 'run'; readonly runId: RunId; readonly stepName?: string | undefined};

/** Something that can be copied: a description for the menu, and the original text. */
export type CopyText = {readonly what: string; readonly text: string};

/** A place in a text where the cursor can stop. */
export type Mark = {
  /** Unique in its text, and the same whatever is collapsed above the mark. */
  readonly key: string;
  /** Counted from 0. */
  readonly line: number;
  readonly target?: Target;
  /** The section that Space expands or collapses, and Enter too if there is no target. */
  readonly section?: string;
  readonly copyTexts?: readonly CopyText[];
};
