import type {ArtifactRow} from './artifact-rows.js';
import {type LogFile, logsOfRow, logsOfRun} from './logs.js';
import type {RunTimeline, StepRow} from './timeline.js';
import type {World} from './world.js';

type Index = {
  readonly rows: ReadonlyMap<string, StepRow>;
  readonly artifacts: ReadonlyMap<string, ArtifactRow>;
};

const indexByRun = new WeakMap<RunTimeline, Index>();

const indexOf = (run: RunTimeline): Index => {
  const known = indexByRun.get(run);
  if (known) {
    return known;
  }
  const rows = run.rows();
  const written = rows.filter(row => !row.original).flatMap(row => [...row.outputs, ...row.externalInputs.values()]);
  const index = {
    rows: new Map(rows.map(row => [row.id, row])),
    artifacts: new Map(written.map(artifact => [artifact.id, artifact])),
  };
  indexByRun.set(run, index);
  return index;
};

/** The first of the runs, newest first, that has it; runs that nobody looked into yet are laid out on the way. */
const firstIn = <T>(world: World, look: (run: RunTimeline) => T | undefined): T | undefined => {
  for (const run of world.runs()) {
    const found = look(run);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
};

export const rowById = (world: World, id: string): StepRow | undefined =>
  firstIn(world, run => indexOf(run).rows.get(id));

export const artifactById = (world: World, id: string): ArtifactRow | undefined =>
  firstIn(world, run => indexOf(run).artifacts.get(id));

export const logById = (world: World, id: string): {readonly file: LogFile; readonly run: RunTimeline} | undefined =>
  firstIn(world, run => {
    const files = [...logsOfRun(run), ...run.rows().flatMap(logsOfRow)];
    const file = files.find(each => each.id === id);
    return file && {file, run};
  });
