import {isOutage} from '../../domain/failure.js';
import {findUserName} from '../../domain/intervention/question.js';
import {findLatestAttempt} from '../../domain/step.js';
import {findStepIndexes} from '../../domain/step-indexes.js';
import {findStepAt} from '../../domain/step-table.js';
import type {Need, Query} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import type {State} from '../state.js';
import type {OpenRun} from './open-run.js';

/** How often the reason why a step is queued is fetched again, in milliseconds. */
const requestGapMs = 10_000;

/** The reason is fetched for this many queued steps only, because all of them usually wait for the same. */
const maxRequests = 3;

/** Users who answered questions are fetched a few at a time. */
const maxUsers = 5;

/** If a response did not contain the name of a user, it is requested again after this pause, in milliseconds. */
const userGapMs = 5000;

/** Why steps are queued, and who answered the questions of the run. */
export const getWaitNeeds = (state: State, openRun: OpenRun): readonly Need[] => [
  ...listResourceRequestIds(openRun).map(id =>
    buildNeed(state, `resource-request:${id}`, {kind: 'resource-request', id}, requestGapMs),
  ),
  ...listUnknownUserIds(openRun)
    .map(id => buildNeed(state, `user:${id}`, {kind: 'user', id}, userGapMs))
    .filter(({dueAt}) => dueAt < never)
    .slice(0, maxUsers),
];

const buildNeed = (state: State, key: string, query: Query, gapMs: number): Need => {
  const failure = state.requestsByKey.get(key)?.failure;
  // Servers without resource pools refuse requests about them with 501.
  const isHopeless = failure !== undefined && !isOutage(failure);
  return {key, query, dueAt: isHopeless ? never : getDueAt(state, key, gapMs)};
};

const listResourceRequestIds = ({table, overAt}: OpenRun): readonly string[] =>
  overAt !== undefined || (table.counts.queued ?? 0) === 0
    ? []
    : findStepIndexes(table, 'unfinished')
        .flatMap(index => {
          const step = findStepAt(table, index);
          const attempt = step && findLatestAttempt(step);
          return attempt?.status === 'queued' ? (attempt.resourceRequestId ?? []) : [];
        })
        .slice(0, maxRequests);

const listUnknownUserIds = (openRun: OpenRun): readonly string[] => {
  const ids = new Set(openRun.questions.flatMap(({resolvedById}) => resolvedById ?? []));
  return [...ids].filter(id => findUserName(openRun, id) === undefined);
};
