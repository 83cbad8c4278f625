import {deriveUuid, pickBetween} from '../derived-ids.js';
import {roundToMicroseconds} from '../entity.js';
import {groupBy} from '../group-by.js';
import type {RunScript} from '../script.js';
import {buildExternalArtifact, buildOutputArtifacts} from './artifact-rows.js';
import type {DemoWorld, RecordedIntervention, RunTimeline, StepRow} from './model.js';
import {buildRunStates, buildScriptedRunStates} from './run-states.js';
import {scheduleSteps, type TimedAttempt, type TimedStep} from './schedule.js';
import {countUntil} from './sorted-states.js';

const createLazy = <T>(make: () => T): (() => T) => {
  let memo: {readonly value: T} | undefined;
  return () => {
    memo ??= {value: make()};
    return memo.value;
  };
};

const getVisibleFrom = (row: StepRow): number => row.attempt.states[0]?.at ?? Number.POSITIVE_INFINITY;

const deriveRowId = (runId: string, name: string, version: number): string => deriveUuid(runId, 'step', name, version);

/** Lays out a run that starts about `script.startedAgoMs` before the world's `zeroAt`, scaled like all scripted times. */
export const layOutRun = (
  world: DemoWorld,
  script: RunScript,
  id: string,
  intervention: RecordedIntervention,
): RunTimeline => {
  // Real runs start at arbitrary milliseconds, and past runs a few seconds off schedule.
  const isPast = script.startedAgoMs > 60_000;
  const startAt = roundToMicroseconds(
    world.zeroAt - script.startedAgoMs * world.scale - pickBetween(0, isPast ? 9000 : 1, id),
  );
  const createdAt = roundToMicroseconds(startAt + 14.2);
  const {stoppedAt = Number.POSITIVE_INFINITY, answer} = intervention;
  const times = {startAt, createdAt, scale: world.scale, stoppedAt, answer};
  const getSteps = createLazy(() =>
    scheduleSteps(script.getSteps(), {
      runKey: script.key,
      startAt,
      scale: world.scale,
      stoppedAt,
      answeredAt: answer?.resolution === 'continue' && answer.result !== false ? answer.at : Number.POSITIVE_INFINITY,
      stopsOnFailure: script.dynamic ?? false,
    }),
  );
  const getRows = createLazy(() =>
    getSteps()
      .flatMap(step => step.attempts.map(attempt => layOutRow(run, step, attempt)))
      .sort((a, b) => getVisibleFrom(a) - getVisibleFrom(b)),
  );
  const getRowsByName = createLazy(() => groupBy(getRows(), row => row.step.script.name));
  const getStepRows = (name: string): readonly StepRow[] => getRowsByName().get(name) ?? [];
  const states = script.states ? buildScriptedRunStates(script, times) : buildRunStates(script, getSteps(), times);
  const run: RunTimeline = {
    id,
    world,
    script,
    intervention,
    startAt,
    createdAt,
    states,
    getSteps,
    getRows,
    getStepRows,
  };
  return run;
};

const layOutRow = (run: RunTimeline, step: TimedStep, attempt: TimedAttempt): StepRow => {
  const {name, reusedFrom, inputs = []} = step.script;
  const id = deriveRowId(run.id, name, attempt.version);
  const original = reusedFrom ? run.world.findRunByKey(reusedFrom.run)?.getStepRows(name).at(-1) : undefined;
  const outputs = original ? original.outputs : buildOutputArtifacts(run, step, attempt, id);
  const externalInputsByName = new Map(
    inputs.flatMap(input =>
      'external' in input ? [[input.name, buildExternalArtifact(run, id, attempt, input)]] : [],
    ),
  );
  return {id, run, step, attempt, original: original?.original ?? original, outputs, externalInputsByName};
};

/** The state in force at `now`, or `undefined` before the first one. */
export const findStateAt = <State extends {readonly at: number}>(
  states: readonly State[],
  now: number,
): State | undefined => states[countUntil(states, now) - 1];

/** When the row was last written in a way that sets `updated`. */
export const getUpdatedAt = (row: StepRow, now: number): number =>
  Math.max(
    row.attempt.states.findLast(({at, setsUpdated}) => setsUpdated && at <= now)?.at ?? getVisibleFrom(row),
    row.run.intervention.expiries?.[row.id]?.at ?? 0,
  );

export const isRowVisible = (row: StepRow, now: number): boolean => getVisibleFrom(row) <= now;

/** Whether the end of the attempt has been written. */
export const hasRowEnded = ({attempt}: StepRow, now: number): boolean => {
  const end = attempt.states.find(({at, status}) => at >= attempt.endAt && status !== 'retried');
  return Number.isFinite(attempt.endAt) && end !== undefined && end.at <= now;
};

/** The row of the newest attempt of a step so far. */
export const findNewestRow = (run: RunTimeline, name: string, now: number): StepRow | undefined =>
  run.getStepRows(name).findLast(row => isRowVisible(row, now));
