import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {formatFailure} from '../format/failure-words.js';
import {selectFreshness} from '../store/requests/freshness.js';
import {selectServerNow} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {ProblemChange, RecoveredChange} from './change.js';

/** An outage of the server, and when it was last reported. Times are by the local clock. */
export type ReportedOutage = {
  readonly failure: Failure;
  /** As it was reported. */
  readonly reason: string;
  readonly since: Instant;
  readonly reportedAt: Instant;
};

type OutageUpdate = {
  readonly outage: ReportedOutage | undefined;
  readonly change: ProblemChange | RecoveredChange | undefined;
};

/** How often an ongoing outage is reported again. */
const repeatMs = 60_000;

/**
 * The current outage, and the change to report, if any: when it begins or its reason changes, every minute, and when it is over.
 */
export const updateOutage = (before: ReportedOutage | undefined, state: State): OutageUpdate => {
  const problem = selectServerProblem(state);
  const at = selectServerNow(state);
  if (problem === undefined) {
    return {
      outage: undefined,
      change: before && {type: 'recovered', at, forMs: state.now - before.since},
    };
  }

  const {failure, reason, silentMs} = problem;
  const since = before?.since ?? state.now - silentMs;
  const isReported = before !== undefined && state.now - before.reportedAt < repeatMs && before.reason === reason;
  return isReported
    ? {outage: {...before, failure}, change: undefined}
    : {
        outage: {failure, reason, since, reportedAt: state.now},
        change: {type: 'problem', at, reason, forMs: state.now - since},
      };
};

type ServerProblem = {readonly failure: Failure; readonly reason: string; readonly silentMs: number};

const selectServerProblem = (state: State): ServerProblem | undefined => {
  const freshness = selectFreshness(state);
  if (freshness.kind === 'stale' && freshness.isOverdue && freshness.failure.kind === 'timed-out') {
    const {failure} = freshness;
    return {failure, reason: 'the request is still open', silentMs: failure.afterMs};
  }

  const failure = freshness.kind === 'stale' || freshness.kind === 'connecting' ? freshness.failure : undefined;
  return failure && {failure, reason: formatFailure(failure), silentMs: 0};
};
