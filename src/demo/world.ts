import {uuidFor} from './ids.js';
import type {RunScript, Script} from './script.js';
import {layOutRun, type RunTimeline} from './timeline.js';

export type Named = {readonly id: string; readonly name: string};

/** Everything the server knows: the scenario laid out from the moment it started. */
export type World = {
  readonly script: Script;
  readonly zeroAt: number;
  readonly scale: number;
  readonly project: Named;
  /** The project every server has; the scenarios leave it empty. */
  readonly defaultProject: Named;
  readonly ids: {readonly stack: string; readonly artifactStore: string; readonly server: string};
  readonly userId: (name: string) => string;
  readonly pipelineId: (name: string) => string;
  /** Newest first. */
  readonly runs: () => readonly RunTimeline[];
  readonly runById: (id: string) => RunTimeline | undefined;
  readonly runByKey: (key: string) => RunTimeline | undefined;
  readonly childrenOf: (run: RunTimeline) => readonly RunTimeline[];
  /** From `at` on no step of this run starts. */
  readonly stop: (run: RunTimeline, at: number) => void;
  /** Answers of wait conditions by the key of their run. */
  readonly answers: Map<string, WaitAnswer>;
};

export type WaitAnswer = {readonly at: number; readonly resolution: string; readonly result: unknown};

export type WorldOptions = {
  readonly script: Script;
  readonly zeroAt: number;
  readonly scale: number;
  readonly seed: string;
};

export const createWorld = ({script, zeroAt, scale, seed}: WorldOptions): World => {
  const idFor = (...parts: readonly string[]): string => uuidFor(seed, script.shown, ...parts);
  const runIdFor = (run: RunScript): string => idFor('run', run.key);
  const stoppedAtByKey = new Map<string, number>();
  let runByKey = new Map<string, RunTimeline>();
  let keyById = new Map<string, string>();
  let newestFirst: readonly RunTimeline[] = [];

  const layOut = (run: RunScript): RunTimeline =>
    layOutRun(world, run, runIdFor(run), stoppedAtByKey.get(run.key) ?? Number.POSITIVE_INFINITY);
  const index = (): void => {
    newestFirst = [...runByKey.values()].sort((a, b) => b.createdAt - a.createdAt);
  };

  const world: World = {
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
    stop: (run, at) => {
      stoppedAtByKey.set(run.script.key, at);
      runByKey.set(run.script.key, layOut(run.script));
      index();
    },
    answers: new Map(),
  };

  runByKey = new Map(script.runs.map(run => [run.key, layOut(run)]));
  keyById = new Map(script.runs.map(run => [runIdFor(run), run.key]));
  index();
  return world;
};
