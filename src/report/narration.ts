import type {Instant} from '../domain/instant.js';
import {emptyTable} from '../domain/step-table.js';
import type {State} from '../store/state.js';
import type {Change} from './change.js';
import {changesBetween} from './changes.js';
import {type KnownRun, knownRunOf} from './known-run.js';
import {isExplained, isLoaded} from './progress.js';
import {type Trouble, troubleAfter} from './trouble.js';

/** What has been told so far of a run that is followed in lines. */
export type Narration = {
  readonly told: KnownRun | undefined;
  readonly trouble: Trouble | undefined;
  /** Since when the next change waits for its exception, by our clock. */
  readonly heldSince: Instant | undefined;
};

export const nothingTold: Narration = {told: undefined, trouble: undefined, heldSince: undefined};

/** A failure is told with what was raised, which takes one more request; it is not held back for longer than this. */
const longestHoldMs = 5_000;

/** What is to be told now, and what has been told with it. No change is lost, but some come together. */
export const narrate = (
  before: Narration,
  state: State,
): {readonly narration: Narration; readonly changes: readonly Change[]} => {
  const {trouble, change} = troubleAfter(before.trouble, state);
  const troubles = change === undefined ? [] : [change];
  const known = tellable(state);
  if (known === undefined) {
    return {narration: {...before, trouble}, changes: troubles};
  }

  const heldSince = isExplained(state) ? undefined : (before.heldSince ?? state.now);
  if (heldSince !== undefined && state.now - heldSince < longestHoldMs) {
    return {narration: {...before, trouble, heldSince}, changes: troubles};
  }

  return {
    narration: {told: known, trouble, heldSince},
    changes: [...troubles, ...changesBetween(before.told, known)],
  };
};

/** Before the steps are loaded there is only the run to tell of. */
const tellable = (state: State): KnownRun | undefined => {
  const known = knownRunOf(state);
  return known === undefined || isLoaded(state) ? known : {...known, table: emptyTable};
};
