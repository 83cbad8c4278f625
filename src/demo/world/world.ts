import {deriveUuid} from '../derived-ids.js';
import type {RunScript, Script} from '../script.js';
import type {DemoWorld, RecordedIntervention, RunTimeline} from './model.js';
import {layOutRun} from './timeline.js';

type DemoWorldOptions = {
  readonly script: Script;
  readonly zeroAt: number;
  readonly scale: number;
  /** IDs are derived from this, so they are the same at every start. */
  readonly seed: string;
};

export const createDemoWorld = ({script, zeroAt, scale, seed}: DemoWorldOptions): DemoWorld => {
  const deriveId = (...parts: readonly string[]): string => deriveUuid(seed, script.shownRunKey, ...parts);
  const deriveRunId = (run: RunScript): string => deriveId('run', run.key);
  const runsByKey = new Map<string, RunTimeline>();
  const keysById = new Map(script.runs.map(run => [deriveRunId(run), run.key]));
  let newestFirst: readonly RunTimeline[] = [];

  const layOut = (run: RunScript, intervention: RecordedIntervention): void => {
    runsByKey.set(run.key, layOutRun(world, run, deriveRunId(run), intervention));
  };
  const sortRuns = (): void => {
    newestFirst = [...runsByKey.values()].sort((a, b) => b.createdAt - a.createdAt);
  };

  const world: DemoWorld = {
    script,
    zeroAt,
    scale,
    project: {id: deriveId('project', script.project), name: script.project},
    defaultProject: {id: deriveId('project', 'default'), name: 'default'},
    ids: {stack: deriveId('stack'), artifactStore: deriveId('artifact store'), server: deriveId('server')},
    getUserId: name => deriveId('user', name),
    getPipelineId: name => deriveId('pipeline', name),
    getRuns: () => newestFirst,
    findRunById: id => runsByKey.get(keysById.get(id) ?? ''),
    findRunByKey: key => runsByKey.get(key),
    getChildRuns: run => newestFirst.filter(other => other.script.parent === run.script.key),
    intervene: (run, intervention) => {
      layOut(run.script, {...run.intervention, ...intervention});
      sortRuns();
    },
  };

  for (const run of script.runs) {
    layOut(run, {});
  }

  sortRuns();
  return world;
};
