import {elapsedMs, type Instant} from './instant.js';
import {medianOf} from './median.js';
import {remembered} from './remembered.js';
import {phaseOf} from './status.js';
import {latestAttempt, type Step} from './step.js';
import {type StepTable, stepsOf} from './step-table.js';

/** Longer than the same step took before by this factor, or than others like it in this run take. */
const overItself = 1.5;
const overOthers = 2;

/** Fewer steps than these tell nothing of what is usual. */
const fewest = 3;

/** Below this, in milliseconds, no step is slow, whatever others take. */
const shortest = 1000;

type Usual = {readonly ofRun: number | undefined; readonly byGroup: ReadonlyMap<string, number>};

/** The median of how long steps took that did their work, in milliseconds: of the whole run, and by group. */
const usualIn = remembered((table: StepTable): Usual => {
  const all: number[] = [];
  const byGroup = new Map<string, number[]>();
  for (const step of stepsOf(table)) {
    const ms = workedMs(step);
    if (ms !== undefined) {
      all.push(ms);
      if (step.group !== undefined) {
        const ofGroup = byGroup.get(step.group.id) ?? [];
        ofGroup.push(ms);
        byGroup.set(step.group.id, ofGroup);
      }
    }
  }

  const medians = [...byGroup].map(([id, times]) => [id, usualOf(times)] as const);
  return {ofRun: usualOf(all), byGroup: new Map(medians.flatMap(([id, ms]) => (ms === undefined ? [] : [[id, ms]])))};
});

const workedMs = (step: Step): number | undefined => {
  const attempt = latestAttempt(step);
  const hasWorked = attempt !== undefined && attempt.status === 'completed' && attempt.endedAt !== undefined;
  return hasWorked ? elapsedMs(attempt, 0) : undefined;
};

const usualOf = (times: readonly number[]): number | undefined => (times.length < fewest ? undefined : medianOf(times));

/**
 * Whether a step takes or took long: half as long again as it did in an earlier run where that is known (`earlierMs`, in
 * milliseconds); else more than twice the median of its group, or of the run where it has no group of some size.
 */
export const isSlow = (step: Step, table: StepTable, now: Instant, earlierMs: number | undefined): boolean => {
  const attempt = latestAttempt(step);
  const ms = attempt === undefined || isWithoutWork(attempt.status) ? undefined : elapsedMs(attempt, now);
  if (ms === undefined || ms < shortest) {
    return false;
  }

  if (earlierMs !== undefined) {
    return ms > overItself * earlierMs;
  }

  const {ofRun, byGroup} = usualIn(table);
  const usualMs = byGroup.get(step.group?.id ?? '') ?? ofRun;
  return usualMs !== undefined && ms > overOthers * usualMs;
};

const isWithoutWork = (status: Parameters<typeof phaseOf>[0]): boolean =>
  status === 'cached' || status === 'skipped' || phaseOf(status) === 'waiting';
