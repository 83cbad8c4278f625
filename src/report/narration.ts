import type {Instant} from '../domain/instant.js';
import {emptyStepTable} from '../domain/step-table.js';
import type {State} from '../store/state.js';
import type {Change} from './change.js';
import {findRunChangesSince} from './changes.js';
import {type KnownRun, selectKnownRun} from './known-run.js';
import {type ReportedOutage, updateOutage} from './outage.js';
import {hasExplainedFailures, isLoaded} from './progress.js';

/** What has been told so far of a run that is followed in lines. */
export type Narration = {
  readonly told: KnownRun | undefined;
  readonly trouble: ReportedOutage | undefined;
  /** Since when the next change waits for its exception, by our clock. */
  readonly heldSince: Instant | undefined;
};

export const emptyNarration: Narration = {told: undefined, trouble: undefined, heldSince: undefined};

/** A failure is told with what was raised, which takes one more request; it is not held back for longer than this. */
const maxHoldMs = 5_000;

/** What is to be told now, and what has been told with it. No change is lost, but some come together. */
export const updateNarration = (
  before: Narration,
  state: State,
): {readonly narration: Narration; readonly changes: readonly Change[]} => {
  const {trouble, change} = updateOutage(before.trouble, state);
  const troubles = change === undefined ? [] : [change];
  const known = selectReportableRun(state);
  if (known === undefined) {
    return {narration: {...before, trouble}, changes: troubles};
  }

  const heldSince = hasExplainedFailures(state) ? undefined : (before.heldSince ?? state.now);
  if (heldSince !== undefined && state.now - heldSince < maxHoldMs) {
    return {narration: {...before, trouble, heldSince}, changes: troubles};
  }

  return {
    narration: {told: known, trouble, heldSince},
    changes: [...troubles, ...findRunChangesSince(before.told, known)],
  };
};

/** Before the steps are loaded there is only the run to tell of. */
const selectReportableRun = (state: State): KnownRun | undefined => {
  const known = selectKnownRun(state);
  return known === undefined || isLoaded(state) ? known : {...known, table: emptyStepTable};
};
