import type {DagChildRun} from '../../domain/dag.js';
import {keepIfEqual} from '../../domain/equality.js';
import {getTotalMs} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {isFinished} from '../../domain/status.js';

/**
 * The child runs with what a list of them says. Known ones keep their positions, because one of them may be selected. If the list
 * is older than what is known, they also keep their ends.
 */
export const mergeChildRuns = (
  before: readonly DagChildRun[],
  runs: readonly Run[],
  isOlder: boolean,
): readonly DagChildRun[] => {
  const updatedById = new Map(runs.map(run => [run.id, buildChildRun(run)]));
  const knownChildren = before.map(child => {
    const update = child.id === undefined ? undefined : updatedById.get(child.id);
    return update === undefined ? child : isOlder ? withKnownEnd(update, child) : update;
  });
  const ids = new Set(before.map(({id}) => id));
  return keepIfEqual(before, [...knownChildren, ...[...updatedById.values()].filter(({id}) => !ids.has(id))]);
};

const buildChildRun = ({
  id,
  name,
  pipeline,
  index,
  status,
  statusWord,
  startedAt,
  endedAt,
  outputIds,
}: Run): DagChildRun => ({
  id,
  name,
  title: pipeline === undefined || index === undefined ? undefined : `${pipeline.name} #${index}`,
  status: {status, statusWord},
  startedAt,
  outputIds,
  durationMs: getTotalMs({startedAt, endedAt}),
});

/** An ended child run stays ended, whatever an older response says. */
const withKnownEnd = (update: DagChildRun, {status, startedAt, durationMs}: DagChildRun): DagChildRun =>
  isEnded(status) && !isEnded(update.status) ? {...update, status, startedAt, durationMs} : update;

const isEnded = (status: DagChildRun['status']): boolean => status !== undefined && isFinished(status.status);

/**
 * The child runs with what the graph says, except for their titles and outputs, which it does not contain. If the graph is older
 * than what is known, ended child runs stay ended, and those that the graph does not contain yet are kept.
 */
export const mergePlannedChildRuns = (
  before: readonly DagChildRun[],
  planned: readonly DagChildRun[],
  isOlder: boolean,
): readonly DagChildRun[] => {
  const knownById = new Map(before.map(child => [child.id, child]));
  const children = planned.map(child => {
    const known = knownById.get(child.id);
    const detailed = {...child, title: child.title ?? known?.title, outputIds: child.outputIds ?? known?.outputIds};
    return isOlder && known !== undefined ? withKnownEnd(detailed, known) : detailed;
  });
  const ids = new Set(planned.map(({id}) => id));
  return isOlder ? [...children, ...before.filter(({id}) => id !== undefined && !ids.has(id))] : children;
};
