import {deriveUuid, pickBetween} from '../derived-ids.js';
import {roundToMicroseconds} from '../entity.js';
import {groupBy} from '../group-by.js';
import type {RunScript} from '../script.js';
import {type ArtifactRow, buildExternalArtifact, buildOutputArtifacts} from './artifact-rows.js';
import {buildRunStates, buildScriptedRunStates, type RunState} from './run-states.js';
import {type RowState, scheduleSteps, type TimedAttempt, type TimedStep} from './schedule.js';
import type {DemoWorld, Intervention} from './world.js';

/** One attempt of one step as a row of the server's table. Everything about it is known beforehand; time decides what shows. */
export type StepRow = {
  readonly id: string;
  readonly run: RunTimeline;
  readonly step: TimedStep;
  readonly attempt: TimedAttempt;
  /** The row this one was served from, if it was cached or skipped. */
  readonly original: StepRow | undefined;
  readonly outputs: readonly ArtifactRow[];
  readonly externalInputs: ReadonlyMap<string, ArtifactRow>;
};

/** One run laid out in absolute time. Its steps are laid out when first asked for, so that a long list of runs costs little. */
export type RunTimeline = {
  readonly id: string;
  readonly world: DemoWorld;
  readonly script: RunScript;
  readonly intervention: Intervention;
  readonly startAt: number;
  readonly createdAt: number;
  readonly phases: readonly RunState[];
  readonly steps: () => readonly TimedStep[];
  /** By the time they appear. */
  readonly rows: () => readonly StepRow[];
  readonly rowsOf: (name: string) => readonly StepRow[];
};

const createLazy = <T>(make: () => T): (() => T) => {
  let made: {readonly value: T} | undefined;
  return () => {
    made ??= {value: make()};
    return made.value;
  };
};

const getVisibleFrom = (row: StepRow): number => row.attempt.phases[0]?.at ?? Number.POSITIVE_INFINITY;

export const deriveRowId = (runId: string, name: string, version: number): string =>
  deriveUuid(runId, 'step', name, version);

/** A run that starts `script.startedAgoMs` before the world's `zeroAt`. */
export const layOutRun = (world: DemoWorld, script: RunScript, id: string, intervention: Intervention): RunTimeline => {
  // Nothing starts on the dot, what lies back even less.
  const isPast = script.startedAgoMs > 60_000;
  const startAt = roundToMicroseconds(
    world.zeroAt - script.startedAgoMs * world.scale - pickBetween(0, isPast ? 9000 : 1, id),
  );
  const createdAt = roundToMicroseconds(startAt + 14.2);
  const {stoppedAt = Number.POSITIVE_INFINITY, answer} = intervention;
  const times = {startAt, createdAt, scale: world.scale, stoppedAt, answer};
  const steps = createLazy(() =>
    scheduleSteps(script.steps(), {
      runKey: script.key,
      startAt,
      scale: world.scale,
      stoppedAt,
      answeredAt: answer?.resolution === 'continue' ? answer.at : Number.POSITIVE_INFINITY,
      stopsOnFailure: (script.executionMode ?? (script.dynamic ? 'stop_on_failure' : '')) === 'stop_on_failure',
    }),
  );
  const rows = createLazy(() =>
    steps()
      .flatMap(step => step.attempts.map(attempt => layOutRow(run, step, attempt)))
      .sort((a, b) => getVisibleFrom(a) - getVisibleFrom(b)),
  );
  const rowsByName = createLazy(() => groupBy(rows(), row => row.step.script.name));
  const phases = script.phases ? buildScriptedRunStates(script, times) : buildRunStates(script, steps(), times);
  const rowsOf = (name: string): readonly StepRow[] => rowsByName().get(name) ?? [];
  const run: RunTimeline = {id, world, script, intervention, startAt, createdAt, phases, steps, rows, rowsOf};
  return run;
};

const layOutRow = (run: RunTimeline, step: TimedStep, attempt: TimedAttempt): StepRow => {
  const {name, servedFrom, inputs = []} = step.script;
  const id = deriveRowId(run.id, name, attempt.version);
  const original = servedFrom ? run.world.runByKey(servedFrom.run)?.rowsOf(name).at(-1) : undefined;
  const outputs = original ? original.outputs : buildOutputArtifacts(run, step, attempt, id);
  const externalInputs = new Map(
    inputs.flatMap(input =>
      'external' in input ? [[input.name, buildExternalArtifact(run, id, attempt, input)]] : [],
    ),
  );
  return {id, run, step, attempt, original: original?.original ?? original, outputs, externalInputs};
};

/** The last phase that has begun, or `undefined` before the first. */
export const findStateAt = <P extends {readonly at: number}>(phases: readonly P[], now: number): P | undefined => {
  let low = 0;
  let high = phases.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((phases[middle]?.at ?? 0) <= now) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return phases[low - 1];
};

/** When the row was last written in a way that sets `updated`. */
export const getUpdatedAt = (row: StepRow, now: number): number => {
  let at = getVisibleFrom(row);
  for (const phase of row.attempt.phases) {
    if (phase.moves && phase.at <= now) {
      at = phase.at;
    }
  }
  return at;
};

export const isRowVisible = (row: StepRow, now: number): boolean => getVisibleFrom(row) <= now;

/** Whether the attempt is over: its end has been written. */
export const hasRowEnded = (row: StepRow, now: number): boolean => {
  const end = row.attempt.phases.find(createEndTest(row));
  return end !== undefined && end.at <= now;
};

const createEndTest = (row: StepRow) => (phase: RowState) =>
  Number.isFinite(row.attempt.endAt) && phase.at >= row.attempt.endAt && phase.status !== 'retried';

/** The newest attempt of a step that has a row. */
export const findNewestRow = (run: RunTimeline, name: string, now: number): StepRow | undefined =>
  run.rowsOf(name).findLast(row => isRowVisible(row, now));
