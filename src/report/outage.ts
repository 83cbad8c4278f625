import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {formatFailure} from '../format/failure-words.js';
import {selectFreshness} from '../store/requests/freshness.js';
import {selectServerNow} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {ProblemChange, RecoveredChange} from './change.js';

/** An outage of the server, and when it was last reported. Times are by the local clock. */
export type ReportedOutage = {readonly failure: Failure; readonly since: Instant; readonly reportedAt: Instant};

type OutageUpdate = {
  readonly outage: ReportedOutage | undefined;
  readonly change: ProblemChange | RecoveredChange | undefined;
};

/** How often an ongoing outage is reported again. */
const repeatMs = 60_000;

/** The current outage, and a change to report when it begins, every minute, and when it is over. */
export const updateOutage = (before: ReportedOutage | undefined, state: State): OutageUpdate => {
  const failure = selectServerFailure(state);
  const at = selectServerNow(state);
  if (failure === undefined) {
    return {
      outage: undefined,
      change: before && {type: 'recovered', at, forMs: state.now - before.since},
    };
  }

  const since = before?.since ?? state.now;
  const isReported =
    before !== undefined &&
    state.now - before.reportedAt < repeatMs &&
    formatFailure(before.failure) === formatFailure(failure);
  return isReported
    ? {outage: {...before, failure}, change: undefined}
    : {
        outage: {failure, since, reportedAt: state.now},
        change: {type: 'problem', at, reason: formatFailure(failure), forMs: state.now - since},
      };
};

const selectServerFailure = (state: State): Failure | undefined => {
  const freshness = selectFreshness(state);
  return freshness.kind === 'stale' || freshness.kind === 'connecting' ? freshness.failure : undefined;
};
