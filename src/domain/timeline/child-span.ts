import {type DagChildRun, type DagStep, getChildRunTitle} from '../dag.js';
import type {Question} from '../intervention/question.js';
import type {RunTimes, StepSpan} from './step-span.js';

/** A child run, or a step of one, as a single attempt; `undefined` if it has not started. */
export const buildChildSpan = (
  child: Pick<DagChildRun, 'title'> & Pick<DagChildRun | DagStep, 'name' | 'status' | 'startedAt' | 'durationMs'>,
  {until, isOver}: RunTimes,
): StepSpan | undefined => {
  const {status, startedAt, durationMs} = child;
  if (startedAt === undefined) {
    return undefined;
  }

  const isLive = durationMs === undefined && !isOver;
  const endedAt = startedAt + (durationMs ?? Math.max(0, until - startedAt));
  const attempt = {
    number: 1,
    status: status?.status ?? 'unknown',
    startedAt,
    endedAt,
    isLive,
    isEndUnknown: durationMs === undefined && isOver,
    clockBehindMs: 0,
  } as const;
  return {
    name: getChildRunTitle(child),
    attempts: [attempt],
    startedAt,
    endedAt,
    isLive,
    isRetryPending: false,
    isInstant: false,
    upstream: [],
    kind: 'child-run',
  };
};

/** A question, from when it was asked to its answer; `undefined` if the server does not say when it was asked. */
export const buildQuestionSpan = (
  {name, isPending, createdAt, resolvedAt}: Question,
  {until, isOver}: RunTimes,
): StepSpan | undefined => {
  if (createdAt === undefined) {
    return undefined;
  }

  const isLive = isPending && !isOver;
  const endedAt = Math.max(createdAt, (isPending ? undefined : resolvedAt) ?? until);
  const attempt = {number: 1, startedAt: createdAt, endedAt, isLive, isEndUnknown: false, clockBehindMs: 0} as const;
  return {
    name,
    attempts: [{...attempt, status: 'unknown'}],
    startedAt: createdAt,
    endedAt,
    isLive,
    isRetryPending: false,
    isInstant: false,
    upstream: [],
    kind: 'question',
  };
};
