import type {Attempt} from '../../domain/attempt.js';
import {type Instant, pickLater} from '../../domain/instant.js';
import {getMedian} from '../../domain/median.js';
import {getWorkTimes} from '../../domain/past-run.js';
import {findQuietMs, getLastSignOfLifeAt, getQuietLimitMs} from '../../domain/quiet.js';
import {findLatestAttempt, type Step} from '../../domain/step.js';
import {findStepIndexes} from '../../domain/step-indexes.js';
import {findStepAt} from '../../domain/step-table.js';
import type {OpenRun} from '../run/open-run.js';

/** A step that has been silent for much longer than usual. */
type QuietStep = {readonly name: string; readonly attempt: Attempt; readonly quietMs: number};

const findLifeSigns = ({page, history}: OpenRun, attempt: Attempt) => {
  const activity = page.activityById.get(attempt.id);
  return activity && {attempt, activity, usualMs: getMedian(getWorkTimes(history.pastRuns, attempt.name))};
};

const isRunning = (attempt: Attempt): boolean => attempt.status === 'running';

/** How long a step has been silent, in milliseconds, if that is much longer than usual. `now` is by the server's clock. */
export const findStepQuietMs = (openRun: OpenRun, step: Step, now: Instant): number | undefined => {
  const attempt = findLatestAttempt(step);
  const signs = attempt !== undefined && isRunning(attempt) ? findLifeSigns(openRun, attempt) : undefined;
  return openRun.overAt === undefined && signs !== undefined ? findQuietMs(signs, now) : undefined;
};

/** Nothing is known yet: the log is fetched as soon as the step could be quiet. */
const neverSeen = {lastAt: undefined, longestPauseMs: 0, progress: undefined, asOf: Number.NEGATIVE_INFINITY};

/**
 * When to check the log of a running step: if something was written to it since the last check, the step is not quiet. `undefined`
 * if it is unknown when the step last did anything.
 */
export const findQuietAt = (openRun: OpenRun, attempt: Attempt): Instant | undefined => {
  const usualMs = getMedian(getWorkTimes(openRun.history.pastRuns, attempt.name));
  const signs = findLifeSigns(openRun, attempt) ?? {attempt, activity: neverSeen, usualMs};
  const lastAt = getLastSignOfLifeAt(signs);
  return lastAt === undefined ? undefined : lastAt + getQuietLimitMs(signs);
};

/** Running attempts, in the order in which they started. */
export const findRunningAttempts = ({table}: Pick<OpenRun, 'table'>): readonly Attempt[] =>
  findStepIndexes(table, 'active')
    .flatMap(index => {
      const step = findStepAt(table, index);
      const attempt = step && findLatestAttempt(step);
      return attempt !== undefined && isRunning(attempt) ? [attempt] : [];
    })
    .sort((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));

/** The steps that are quiet now. */
const findQuietSteps = (openRun: OpenRun, now: Instant): readonly QuietStep[] =>
  openRun.page.activityById.size === 0
    ? []
    : findRunningAttempts(openRun).flatMap(attempt => {
        const signs = findLifeSigns(openRun, attempt);
        const quietMs = signs && findQuietMs(signs, now);
        return quietMs === undefined ? [] : [{name: attempt.name, attempt, quietMs}];
      });

/** A process that has been silent for this long may be dead, in milliseconds. */
const minDeadMs = 600_000;

/** Orchestrators that run on the machine that started the run, where nothing else notices that the process has died. */
const localFlavors: ReadonlySet<string> = new Set(['local', 'local_docker']);

/**
 * How long nothing has been heard from a local run, in milliseconds, if its process has probably died: no row has changed,
 * and its running steps are quiet. `now` is by the server's clock.
 */
export const findLostMs = (openRun: OpenRun, now: Instant): number | undefined => {
  const {run, page, table, overAt, sync} = openRun;
  const isLocal = localFlavors.has(page.stack?.orchestrator?.flavor ?? '');
  if (
    run === undefined ||
    run.status !== 'running' ||
    run.waitCondition !== undefined ||
    overAt !== undefined ||
    !isLocal
  ) {
    return undefined;
  }

  const runningAttempts = findRunningAttempts(openRun);
  // A step that waits for its next attempt, or for a child run, may well be silent.
  const isOtherwiseBusy =
    findStepIndexes(table, 'active').length > runningAttempts.length || openRun.childRuns.length > 0;
  if (isOtherwiseBusy || runningAttempts.some(attempt => !page.activityById.has(attempt.id))) {
    return undefined;
  }

  const quietSteps = findQuietSteps(openRun, now);
  const changedAt = findLastChangeAt(openRun) ?? now;
  const silentMs = Math.min(now - changedAt, ...quietSteps.map(({quietMs}) => quietMs));
  // Rows that have not been fetched for a while, as after a suspension, prove nothing.
  const isSeen = (sync.rowsAsOf ?? changedAt) - changedAt >= minDeadMs;
  return quietSteps.length === runningAttempts.length && silentMs >= minDeadMs && isSeen ? silentMs : undefined;
};

/** A step, or the whole run if `name` is undefined, from which nothing has been heard for much longer than usual. */
export type Silence = {readonly key: string; readonly name: string | undefined; readonly quietMs: number};

/** The run, if its process has probably died, and its steps that are quiet. `now` is by the server's clock. */
export const findSilences = (openRun: OpenRun, now: Instant): readonly Silence[] => {
  const lostMs = findLostMs(openRun, now);
  return [
    ...(lostMs === undefined ? [] : [{key: openRun.runId, name: undefined, quietMs: lostMs}]),
    ...findQuietSteps(openRun, now).map(({name, attempt, quietMs}) => ({key: attempt.id, name, quietMs})),
  ];
};

/**
 * Whether no row of a running run has changed for so long that its process may be dead, if it is a local one. `now` is by the
 * server's clock.
 */
export const isSilent = (openRun: OpenRun, now: Instant): boolean =>
  openRun.run?.status === 'running' &&
  openRun.overAt === undefined &&
  Math.min(now, openRun.sync.rowsAsOf ?? now) - (findLastChangeAt(openRun) ?? now) >= minDeadMs;

/** When a row last changed, by the server's clock. */
export const findLastChangeAt = ({run, table, sync}: OpenRun): Instant | undefined => {
  const attempts = findStepIndexes(table, 'active').flatMap(index => findStepAt(table, index)?.attempts ?? []);
  const times = attempts.map(({updatedAt}) => updatedAt);
  return [...times, sync.watermark.at].reduce(pickLater, run?.updatedAt);
};
