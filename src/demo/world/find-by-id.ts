import type {ArtifactRow, DemoWorld, RunTimeline, StepRow} from './model.js';

type RunIndex = {
  readonly rowsById: ReadonlyMap<string, StepRow>;
  readonly artifactsById: ReadonlyMap<string, ArtifactRow>;
};

const indexByRun = new WeakMap<RunTimeline, RunIndex>();

const getRunIndex = (run: RunTimeline): RunIndex => {
  const known = indexByRun.get(run);
  if (known) {
    return known;
  }

  const rows = run.getRows();
  const writtenArtifacts = rows
    .filter(row => !row.original)
    .flatMap(row => [...row.outputs, ...row.externalInputsByName.values()]);
  const index = {
    rowsById: new Map(rows.map(row => [row.id, row])),
    artifactsById: new Map(writtenArtifacts.map(artifact => [artifact.id, artifact])),
  };
  indexByRun.set(run, index);
  return index;
};

/** Searches the runs, newest first. Lays out the steps of every run it has to look into. */
const findInRuns = <T>(world: DemoWorld, find: (run: RunTimeline) => T | undefined): T | undefined => {
  for (const run of world.getRuns()) {
    const match = find(run);
    if (match !== undefined) {
      return match;
    }
  }

  return undefined;
};

export const findRowById = (world: DemoWorld, id: string): StepRow | undefined =>
  findInRuns(world, run => getRunIndex(run).rowsById.get(id));

export const findArtifactById = (world: DemoWorld, id: string): ArtifactRow | undefined =>
  findInRuns(world, run => getRunIndex(run).artifactsById.get(id));
