import type {Client} from '../../api/client.js';
import {problemOf} from '../../connection/explain-failure.js';
import type {Connection} from '../../connection/open-connection.js';
import {found, type Outcome, stuck, unusable} from '../../connection/problem.js';
import type {StepDetail} from '../../domain/attempt.js';
import {failed, type Result, succeeded} from '../../domain/result.js';
import type {Run} from '../../domain/run.js';

/** A step of a run by its whole name, and its attempts, the first one first; none while it has not started. */
export type FoundStep = {readonly name: string; readonly attempts: readonly StepDetail[]};

/** More attempts than anybody configures. */
const mostAttempts = 100;

/** Finds the step that is meant: by its name, or by what no other name of the run begins with. */
export const findStep = async (
  {client, explainContext}: Connection,
  run: Run,
  wanted: string,
  signal: AbortSignal,
): Promise<Outcome<FoundStep>> => {
  const exact = await fetchAttempts(client, run, wanted, signal);
  if (!exact.ok) {
    return problemOf(exact.failure, explainContext);
  }

  if (exact.value.length > 0) {
    return found({name: wanted, attempts: exact.value});
  }

  const names = await fetchStepNames(client, run, signal);
  if (!names.ok) {
    return problemOf(names.failure, explainContext);
  }

  const name =
    names.value.find(each => each === wanted) ?? onlyOne(names.value.filter(each => each.startsWith(wanted)));
  if (name === undefined) {
    return unknownStep(run, wanted, names.value);
  }

  const attempts = await fetchAttempts(client, run, name, signal);
  return attempts.ok ? found({name, attempts: attempts.value}) : problemOf(attempts.failure, explainContext);
};

const onlyOne = (names: readonly string[]): string | undefined => (names.length === 1 ? names[0] : undefined);

export const fetchAttempts = async (
  client: Client,
  {id: runId, projectId}: Run,
  name: string,
  signal: AbortSignal,
): Promise<Result<readonly StepDetail[]>> => {
  const answer = await client.fetchStepDetails(
    {projectId, runId, filters: {name: `equals:${name}`}, sortBy: 'asc:created', size: mostAttempts},
    signal,
  );
  return answer.ok
    ? succeeded(
        answer.value.items
          .filter(({attempt}) => attempt.name === name)
          .toSorted((a, b) => a.attempt.number - b.attempt.number),
      )
    : failed(answer.failure);
};

const pageSize = 200;

/** Names of all steps: from what is planned, where the server tells, else of those that have started. */
export const fetchStepNames = async (
  client: Client,
  run: Run,
  signal: AbortSignal,
): Promise<Result<readonly string[]>> => {
  const dag = await client.fetchDag(run.id, signal);
  if (dag.ok) {
    return succeeded(dag.value.steps.map(({name}) => name));
  }

  if (dag.failure.kind !== 'no-route') {
    return failed(dag.failure);
  }

  const {id, projectId, snapshotId} = run;
  const planned = snapshotId === undefined ? undefined : await client.fetchPlannedSteps(snapshotId, signal);
  if (planned?.ok === true) {
    return succeeded(planned.value.steps.map(({name}) => name));
  }

  const rows = await client.fetchSteps(id, {projectId, size: pageSize, sortBy: 'asc:created'}, signal);
  return rows.ok ? succeeded([...new Set(rows.value.items.map(({name}) => name))]) : failed(rows.failure);
};

const mostNames = 12;

/** With the names that are meant perhaps: those that hold what was given, else the first ones. */
const unknownStep = (run: Run, wanted: string, names: readonly string[]) => {
  const near = names.filter(name => name.toLowerCase().includes(wanted.toLowerCase()));
  const candidates = near.length === 0 ? names : near;
  const listed = candidates.slice(0, mostNames).join(', ');
  const rest = candidates.length - mostNames;
  const more = rest > 0 ? `, and ${rest} more` : '';
  const what =
    near.length > 1 ? `Several steps of ${run.name} match “${wanted}”.` : `${run.name} has no step “${wanted}”.`;
  return names.length === 0
    ? unusable(`${run.name} has no steps yet.`, 'Wait for the first one: `zentop RUN` shows it.')
    : stuck({what, way: `Name one of these: ${listed}${more}.`, exitCode: 4, candidates: []});
};
