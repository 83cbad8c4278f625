import {memoize} from './memoize.js';
import {getPhase, isFinished, isUnsuccessful, unsuccessfulStatuses} from './status.js';
import {findLatestAttempt, type Step} from './step.js';
import {countSteps, findStep, iterateSteps, type StatusCounts, type StepTable} from './step-table.js';

/**
 * The steps that a step needs to wait for before it can start: on each path upstream, the nearest steps that are not waiting for
 * other steps themselves.
 */
export type Blockers = {
  /** Unsuccessful: they keep the step from ever starting. */
  readonly failed: readonly Step[];
  /** Started but not finished, or about to be retried. */
  readonly active: readonly Step[];
  /** Not started although all their upstream steps have succeeded. */
  readonly ready: readonly Step[];
};

/** In a larger graph, more distant steps are not searched. */
const maxVisited = 2000;

/** The blockers found so far in a table, by the name of the step that they block. */
const getBlockersByName = memoize((_table: StepTable) => new Map<string, Blockers>());

/** The steps that the step with this name is waiting for. Steps in between, which wait for the same steps, are left out. */
export const findBlockers = (table: StepTable, name: string): Blockers => {
  const known = getBlockersByName(table);
  const blockers = known.get(name) ?? collectBlockers(table, name, known);
  known.set(name, blockers);
  return blockers;
};

/** The unsuccessful steps that keep the step with this name from ever starting. Empty if it can still start. */
export const findRootFailures = (table: StepTable, name: string): readonly Step[] => findBlockers(table, name).failed;

/** Nearest first. Results for upstream steps are reused, so that all steps together cost little more than one. */
const collectBlockers = (table: StepTable, name: string, known: ReadonlyMap<string, Blockers>): Blockers => {
  const failed: Step[] = [];
  const active: Step[] = [];
  const ready: Step[] = [];
  const inherited: Blockers[] = [];
  const seen = new Set<string>();
  let names = findStep(table, name)?.upstream ?? [];
  while (names.length > 0 && seen.size < maxVisited) {
    const next: string[] = [];
    for (const upstream of names) {
      const step = seen.has(upstream) ? undefined : findStep(table, upstream);
      seen.add(upstream);
      if (step === undefined) {
        continue;
      }

      const status = findLatestAttempt(step)?.status;
      if (status === undefined) {
        const upstreamBlockers = known.get(upstream);
        if (upstreamBlockers === undefined) {
          next.push(...step.upstream);
        } else {
          inherited.push(upstreamBlockers);
        }

        if (isReady(table, step)) {
          ready.push(step);
        }
      } else if (!isFinished(status) || status === 'retried') {
        active.push(step);
      } else if (isUnsuccessful(status)) {
        failed.push(step);
      }
    }

    names = next;
  }

  return {
    failed: [...new Set([...failed, ...inherited.flatMap(blockers => blockers.failed)])],
    active: [...new Set([...active, ...inherited.flatMap(blockers => blockers.active)])],
    ready: [...new Set([...ready, ...inherited.flatMap(blockers => blockers.ready)])],
  };
};

/**
 * Whether all upstream steps of a step have succeeded, so that it can start. Upstream steps that are not in the table are ignored.
 */
export const isReady = (table: StepTable, step: Step): boolean =>
  step.upstream.every(name => {
    const upstream = findStep(table, name);
    const status = upstream && findLatestAttempt(upstream)?.status;
    return upstream === undefined || (status !== undefined && getPhase(status) === 'succeeded');
  });

/** Whether a step never starts because a step upstream of it was unsuccessful. */
export const isUnreachable = (table: StepTable, step: Step): boolean =>
  findLatestAttempt(step) === undefined && findRootFailures(table, step.name).length > 0;

/**
 * The number of steps by status, like `table.counts`, except that steps that can never start count as `not run`, not as
 * `waiting`.
 */
export const getStatusCounts = memoize((table: StepTable): StatusCounts => {
  const {waiting = 0, ...counts} = table.counts;
  if (waiting === 0 || countSteps(counts, ...unsuccessfulStatuses) === 0) {
    return table.counts;
  }

  let unreachable = 0;
  for (const step of iterateSteps(table)) {
    unreachable += isUnreachable(table, step) ? 1 : 0;
  }

  return {
    ...counts,
    ...(waiting > unreachable ? {waiting: waiting - unreachable} : {}),
    ...(unreachable > 0 ? {'not run': unreachable} : {}),
  };
});
