import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {formatFailure} from '../format/failure-words.js';
import {selectFreshness} from '../store/requests/freshness.js';
import {selectServerNow} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {ProblemChange, RecoveredChange} from './change.js';

/** The server cannot be asked: why, since when, and when that was told last. Times are by our clock. */
export type ReportedOutage = {readonly failure: Failure; readonly since: Instant; readonly toldAt: Instant};

type OutageUpdate = {
  readonly trouble: ReportedOutage | undefined;
  readonly change: ProblemChange | RecoveredChange | undefined;
};

/** As long as it lasts it is told again after so many milliseconds. */
const repeatMs = 60_000;

/** How asking the server goes now, and what is to be told of that: when it begins, each minute, and when it is over. */
export const updateOutage = (before: ReportedOutage | undefined, state: State): OutageUpdate => {
  const failure = selectServerFailure(state);
  const at = selectServerNow(state);
  if (failure === undefined) {
    return {
      trouble: undefined,
      change: before && {type: 'recovered', at, forMs: state.now - before.since},
    };
  }

  const since = before?.since ?? state.now;
  const isTold =
    before !== undefined &&
    state.now - before.toldAt < repeatMs &&
    formatFailure(before.failure) === formatFailure(failure);
  return isTold
    ? {trouble: {...before, failure}, change: undefined}
    : {
        trouble: {failure, since, toldAt: state.now},
        change: {type: 'problem', at, reason: formatFailure(failure), forMs: state.now - since},
      };
};

const selectServerFailure = (state: State): Failure | undefined => {
  const freshness = selectFreshness(state);
  return freshness.kind === 'stale' || freshness.kind === 'connecting' ? freshness.failure : undefined;
};
