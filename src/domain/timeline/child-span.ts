import type {DagChildRun, DagStep} from '../dag.js';
import type {RunTimes, StepSpan} from './step-span.js';

/** A child run, or a step of one, as a single attempt; `undefined` if it has not started. */
export const buildChildSpan = (
  {name, status, startedAt, durationMs}: Pick<DagChildRun | DagStep, 'name' | 'status' | 'startedAt' | 'durationMs'>,
  {until, isOver}: RunTimes,
): StepSpan | undefined => {
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
    name,
    attempts: [attempt],
    startedAt,
    endedAt,
    isLive,
    isRetryPending: false,
    isInstant: false,
    upstream: [],
    isChildRun: true,
  };
};
