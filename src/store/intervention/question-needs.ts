import type {Question} from '../../domain/intervention/question.js';
import type {Need} from '../query.js';
import {getDueAt, never} from '../requests/reduce-requests.js';
import {isInvalidated} from '../run/is-invalidated.js';
import type {OpenRun} from '../run/open-run.js';
import type {State} from '../state.js';

/**
 * How often a pending question is fetched again, in milliseconds: the process that polls for its answer may stop doing so.
 */
const pendingGapMs = 3000;

/** Details of the wait conditions of a run: while one is pending, and once after it has been answered. */
export const getQuestionNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  const {run, runId, questions, waitConditions} = openRun;
  const isAsking = openRun.overAt === undefined && run?.waitCondition !== undefined;
  if (!isAsking && waitConditions.length === 0) {
    return [];
  }

  const key = `questions:${runId}`;
  const request = state.requestsByKey.get(key);
  const failure = request?.failure?.kind;
  const gapMs = isInvalidated(openRun, request) ? 0 : pendingGapMs;
  const isHopeless = failure === 'no-route' || failure === 'forbidden' || failure === 'not-found';
  const isComplete =
    !isAsking && questions.length >= waitConditions.length && findPendingQuestion(openRun) === undefined;
  return [
    {
      key,
      query: {kind: 'questions', runId, projectId: run?.projectId},
      dueAt: isHopeless || isComplete ? never : getDueAt(state, key, gapMs),
    },
  ];
};

export const findPendingQuestion = ({questions}: OpenRun): Question | undefined =>
  questions.find(({isPending}) => isPending);
