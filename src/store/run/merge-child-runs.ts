import type {DagChildRun} from '../../domain/dag.js';
import {keepIfEqual} from '../../domain/equality.js';
import {getTotalMs} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';

/** Known child runs keep their positions, because one of them may be selected. */
export const mergeChildRuns = (before: readonly DagChildRun[], runs: readonly Run[]): readonly DagChildRun[] => {
  const updatedById = new Map(runs.map(run => [run.id, buildChildRun(run)]));
  const knownChildren = before.map(child => (child.id === undefined ? child : (updatedById.get(child.id) ?? child)));
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

/** Child runs of a graph, with their known titles and outputs, which the graph itself does not contain. */
export const withKnownDetails = (
  childRuns: readonly DagChildRun[],
  before: readonly DagChildRun[],
): readonly DagChildRun[] => {
  const knownById = new Map(before.map(child => [child.id, child]));
  return childRuns.map(child => {
    const known = knownById.get(child.id);
    return {...child, title: child.title ?? known?.title, outputIds: child.outputIds ?? known?.outputIds};
  });
};
