import {getElapsedMs, type Instant} from './instant.js';
import {getMedian} from './median.js';
import {memoize} from './memoize.js';
import {getPhase} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {iterateSteps, type StepTable} from './step-table.js';

/** Longer than the same step took before by this factor, or than others like it in this run take. */
const slowRatioToHistory = 1.5;
const slowRatioToPeers = 2;

/** Fewer steps than these tell nothing of what is usual. */
const minSampleCount = 3;

/** Below this, in milliseconds, no step is slow, whatever others take. */
const minSlowMs = 1000;

type UsualTimes = {readonly ofRun: number | undefined; readonly byGroup: ReadonlyMap<string, number>};

/** The median of how long steps took that did their work, in milliseconds: of the whole run, and by group. */
const getUsualTimes = memoize((table: StepTable): UsualTimes => {
  const all: number[] = [];
  const byGroup = new Map<string, number[]>();
  for (const step of iterateSteps(table)) {
    const ms = getWorkedMs(step);
    if (ms !== undefined) {
      all.push(ms);
      if (step.group !== undefined) {
        const ofGroup = byGroup.get(step.group.id) ?? [];
        ofGroup.push(ms);
        byGroup.set(step.group.id, ofGroup);
      }
    }
  }

  const medians = [...byGroup].map(([id, times]) => [id, getUsualMs(times)] as const);
  return {
    ofRun: getUsualMs(all),
    byGroup: new Map(medians.flatMap(([id, ms]) => (ms === undefined ? [] : [[id, ms]]))),
  };
});

const getWorkedMs = (step: Step): number | undefined => {
  const attempt = findLatestAttempt(step);
  const hasWorked = attempt !== undefined && attempt.status === 'completed' && attempt.endedAt !== undefined;
  return hasWorked ? getElapsedMs(attempt, 0) : undefined;
};

const getUsualMs = (times: readonly number[]): number | undefined =>
  times.length < minSampleCount ? undefined : getMedian(times);

/**
 * Whether a step takes or took long: half as long again as it did in an earlier run where that is known (`earlierMs`, in
 * milliseconds); else more than twice the median of its group, or of the run where it has no group of some size.
 */
export const isSlow = (step: Step, table: StepTable, now: Instant, earlierMs: number | undefined): boolean => {
  const attempt = findLatestAttempt(step);
  const ms = attempt === undefined || hasNoWork(attempt.status) ? undefined : getElapsedMs(attempt, now);
  if (ms === undefined || ms < minSlowMs) {
    return false;
  }

  if (earlierMs !== undefined) {
    return ms > slowRatioToHistory * earlierMs;
  }

  const {ofRun, byGroup} = getUsualTimes(table);
  const usualMs = byGroup.get(step.group?.id ?? '') ?? ofRun;
  return usualMs !== undefined && ms > slowRatioToPeers * usualMs;
};

const hasNoWork = (status: Parameters<typeof getPhase>[0]): boolean =>
  status === 'cached' || status === 'skipped' || getPhase(status) === 'waiting';
