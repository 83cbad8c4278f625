import type {DagChildRun} from '../dag.js';
import type {RunTimes, StepSpan} from './step-span.js';

/** A child run as a single attempt; `undefined` if it has not started. */
export const buildChildSpan = (
  {name, status, startedAt, durationMs}: DagChildRun,
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
