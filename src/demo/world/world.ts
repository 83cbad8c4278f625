import {deriveUuid} from '../derived-ids.js';
import type {RunScript, Script} from '../script.js';
import {layOutRun, type RunTimeline} from './timeline.js';

export type NamedEntity = {readonly id: string; readonly name: string};

/** Everything the server knows: the scenario laid out from the moment it started. */
export type DemoWorld = {
  readonly script: Script;
  readonly zeroAt: number;
  readonly scale: number;
  readonly project: NamedEntity;
  /** The project every server has; the scenarios leave it empty. */
  readonly defaultProject: NamedEntity;
  readonly ids: {readonly stack: string; readonly artifactStore: string; readonly server: string};
  readonly userId: (name: string) => string;
  readonly pipelineId: (name: string) => string;
  /** Newest first. */
  readonly runs: () => readonly RunTimeline[];
  readonly runById: (id: string) => RunTimeline | undefined;
  readonly runByKey: (key: string) => RunTimeline | undefined;
  readonly childrenOf: (run: RunTimeline) => readonly RunTimeline[];
  /** Lays a run out anew, because someone stopped it or answered its question. */
  readonly intervene: (run: RunTimeline, intervention: Intervention) => void;
};

/** The answer to a wait condition: `continue` or `abort`, and what was said. */
export type WaitAnswer = {readonly at: number; readonly resolution: string; readonly result: unknown};

/** What someone did to a run from outside. */
export type Intervention = {
  /** From here on none of its steps starts. */
  readonly stoppedAt?: number;
  readonly answer?: WaitAnswer;
};

export type DemoWorldOptions = {
  readonly script: Script;
  readonly zeroAt: number;
  readonly scale: number;
  readonly seed: string;
};

export const createDemoWorld = ({script, zeroAt, scale, seed}: DemoWorldOptions): DemoWorld => {
  const idFor = (...parts: readonly string[]): string => deriveUuid(seed, script.shown, ...parts);
  const runIdFor = (run: RunScript): string => idFor('run', run.key);
  const runByKey = new Map<string, RunTimeline>();
  const keyById = new Map(script.runs.map(run => [runIdFor(run), run.key]));
  let newestFirst: readonly RunTimeline[] = [];

  const layOut = (run: RunScript, intervention: Intervention): void => {
    runByKey.set(run.key, layOutRun(world, run, runIdFor(run), intervention));
  };
  const order = (): void => {
    newestFirst = [...runByKey.values()].sort((a, b) => b.createdAt - a.createdAt);
  };

  const world: DemoWorld = {
    script,
    zeroAt,
    scale,
    project: {id: idFor('project', script.project), name: script.project},
    defaultProject: {id: idFor('project', 'default'), name: 'default'},
    ids: {stack: idFor('stack'), artifactStore: idFor('artifact store'), server: idFor('server')},
    userId: name => idFor('user', name),
    pipelineId: name => idFor('pipeline', name),
    runs: () => newestFirst,
    runById: id => runByKey.get(keyById.get(id) ?? ''),
    runByKey: key => runByKey.get(key),
    childrenOf: run => newestFirst.filter(other => other.script.parent === run.script.key),
    intervene: (run, intervention) => {
      layOut(run.script, {...run.intervention, ...intervention});
      order();
    },
  };

  for (const run of script.runs) {
    layOut(run, {});
  }
  order();
  return world;
};
