import type {Instant} from '../domain/instant.js';
import {emptyStepTable} from '../domain/step-table.js';
import {findSilences, type Silence} from '../store/run-page/quiet-steps.js';
import type {State} from '../store/state.js';
import type {Change} from './change.js';
import {findRunChangesSince} from './changes.js';
import {areFailuresExplained, isLoaded} from './completeness.js';
import {type KnownRun, selectKnownRun} from './known-run.js';
import {type ReportedOutage, updateOutage} from './outage.js';
import {listWaitChanges} from './wait-changes.js';

/** What has been reported about a run that is followed in plain or JSON lines. */
export type Narration = {
  readonly reported: KnownRun | undefined;
  readonly outage: ReportedOutage | undefined;
  /** What has been reported as quiet, and still is. */
  readonly quietKeys: ReadonlySet<string>;
  /** Waits and questions that have been reported. */
  readonly waitKeys: ReadonlySet<string>;
  /** Since when changes are delayed until an exception is loaded, by the local clock. */
  readonly delayedSince: Instant | undefined;
  readonly isGone: boolean;
};

export const emptyNarration: Narration = {
  reported: undefined,
  outage: undefined,
  quietKeys: new Set(),
  waitKeys: new Set(),
  delayedSince: undefined,
  isGone: false,
};

/** A failure is reported with its exception, which takes one more request; it is delayed no longer than this. */
const maxDelayMs = 5_000;

/** The changes to report now. No change is lost, but several can be reported at once. */
export const updateNarration = (
  before: Narration,
  state: State,
): {readonly narration: Narration; readonly changes: readonly Change[]} => {
  const {outage, change} = updateOutage(before.outage, state);
  const outageChanges = change === undefined ? [] : [change];
  const known = selectReportableRun(state, before.reported);
  if (known === undefined) {
    return {narration: {...before, outage}, changes: outageChanges};
  }

  if (state.openRun?.goneAt !== undefined) {
    if (before.isGone) {
      return {narration: {...before, outage}, changes: outageChanges};
    }

    const gone = {type: 'gone', at: known.now, run: known.run} as const;
    return {
      narration: {...before, outage, reported: known, isGone: true},
      changes: [...outageChanges, ...findRunChangesSince(before.reported, known), gone],
    };
  }

  const delayedSince = areFailuresExplained(state) ? undefined : (before.delayedSince ?? state.now);
  if (delayedSince !== undefined && state.now - delayedSince < maxDelayMs) {
    return {narration: {...before, outage, delayedSince}, changes: outageChanges};
  }

  const silences = state.openRun === undefined ? [] : findSilences(state.openRun, known.now);
  const waits = listWaitChanges(state, known);
  return {
    narration: {
      reported: known,
      outage,
      quietKeys: new Set(silences.map(({key}) => key)),
      waitKeys: new Set(waits.map(({key}) => key)),
      delayedSince,
      isGone: false,
    },
    changes: [
      ...outageChanges,
      ...findRunChangesSince(before.reported, known),
      ...waits.filter(({key}) => !before.waitKeys.has(key)).map(({change: wait}) => wait),
      ...silences.filter(({key}) => !before.quietKeys.has(key)).map(silence => createQuietChange(silence, known.now)),
    ],
  };
};

const createQuietChange = ({name, quietMs}: Silence, at: Instant): Change => ({
  type: 'quiet',
  at,
  name,
  forMs: quietMs,
});

/** While steps are being loaded, only the run is reported, and the steps stay as they were last reported. */
const selectReportableRun = (state: State, reported: KnownRun | undefined): KnownRun | undefined => {
  const known = selectKnownRun(state);
  return known === undefined || isLoaded(state) ? known : {...known, table: reported?.table ?? emptyStepTable};
};
