import type {ArtifactRow} from './artifact-rows.js';
import {getRowLogs, getRunLogs, type LogFile} from './logs.js';
import type {RunTimeline, StepRow} from './timeline.js';
import type {DemoWorld} from './world.js';

type RunIndex = {
  readonly rows: ReadonlyMap<string, StepRow>;
  readonly artifacts: ReadonlyMap<string, ArtifactRow>;
};

const indexByRun = new WeakMap<RunTimeline, RunIndex>();

const getRunIndex = (run: RunTimeline): RunIndex => {
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
const findInRuns = <T>(world: DemoWorld, look: (run: RunTimeline) => T | undefined): T | undefined => {
  for (const run of world.runs()) {
    const found = look(run);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
};

export const findRowById = (world: DemoWorld, id: string): StepRow | undefined =>
  findInRuns(world, run => getRunIndex(run).rows.get(id));

export const findArtifactById = (world: DemoWorld, id: string): ArtifactRow | undefined =>
  findInRuns(world, run => getRunIndex(run).artifacts.get(id));

export const findLogById = (
  world: DemoWorld,
  id: string,
): {readonly file: LogFile; readonly run: RunTimeline} | undefined =>
  findInRuns(world, run => {
    const files = [...getRunLogs(run), ...run.rows().flatMap(getRowLogs)];
    const file = files.find(each => each.id === id);
    return file && {file, run};
  });
