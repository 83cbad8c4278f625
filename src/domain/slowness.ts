import {getElapsedMs, getTotalMs, type Instant} from './instant.js';
import {getMedian} from './median.js';
import {memoize} from './memoize.js';
import {getPhase, isReused, type Status} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** A step is slow if it takes more than this many times as long as in previous runs, or as other steps of this run. */
const slowRatioToHistory = 1.5;
const slowRatioToPeers = 2;

/** A median of fewer steps is not used. */
const minSampleCount = 3;

/** A shorter step is never slow. */
const minSlowMs = 1000;

type TypicalTimes = {readonly runMs: number | undefined; readonly msByGroup: ReadonlyMap<string, number>};

/** The median durations of completed steps in milliseconds: of the whole run, and by group. */
const getTypicalTimes = memoize((table: StepTable): TypicalTimes => {
  const all: number[] = [];
  const timesByGroup = new Map<string, number[]>();
  for (const step of iterateSteps(table)) {
    const ms = getCompletedMs(step);
    if (ms !== undefined) {
      all.push(ms);
      if (step.group !== undefined) {
        const groupTimes = timesByGroup.get(step.group.id) ?? [];
        groupTimes.push(ms);
        timesByGroup.set(step.group.id, groupTimes);
      }
    }
  }

  const medians = [...timesByGroup].map(([id, times]) => [id, getTypicalMs(times)] as const);
  return {
    runMs: getTypicalMs(all),
    msByGroup: new Map(medians.flatMap(([id, ms]) => (ms === undefined ? [] : [[id, ms]]))),
  };
});

const getCompletedMs = (step: Step): number | undefined => {
  const attempt = findLatestAttempt(step);
  return attempt?.status === 'completed' ? getTotalMs(attempt) : undefined;
};

const getTypicalMs = (times: readonly number[]): number | undefined =>
  times.length < minSampleCount ? undefined : getMedian(times);

/**
 * Whether a step takes or took long: more than one and a half times as long as in previous runs (`previousMs`, if known),
 * otherwise more than twice the median of its group, or of the run if the group is too small.
 */
export const isSlow = (step: Step, table: StepTable, now: Instant, previousMs: number | undefined): boolean => {
  const attempt = findLatestAttempt(step);
  const ms = attempt === undefined || hasNoWork(attempt.status) ? undefined : getElapsedMs(attempt, now);
  if (ms === undefined || ms < minSlowMs) {
    return false;
  }

  if (previousMs !== undefined) {
    return ms > slowRatioToHistory * previousMs;
  }

  const {runMs, msByGroup} = getTypicalTimes(table);
  const typicalMs = msByGroup.get(step.group?.id ?? '') ?? runMs;
  return typicalMs !== undefined && ms > slowRatioToPeers * typicalMs;
};

const hasNoWork = (status: Status): boolean => isReused(status) || getPhase(status) === 'waiting';
