import type {Client} from '../../api/client.js';
import {failWithFailure} from '../../connection/explain-failure.js';
import type {Connection} from '../../connection/open-connection.js';
import {failWithServerError, type Outcome, succeedWith} from '../../connection/problem.js';
import type {StepDetail} from '../../domain/attempt.js';
import {isLimitedToRequest} from '../../domain/failure.js';
import {fail, type Result, succeed} from '../../domain/result.js';
import type {Run} from '../../domain/run.js';
import {type ConnectionArguments, formatZentopCommand} from '../../domain/zentop-command.js';
import {formatCount} from '../../format/number.js';

/** The full name of a step, and its attempts in order; a step has none until it starts. */
export type FoundStep = {readonly name: string; readonly attempts: readonly StepDetail[]};

/** More attempts than anyone configures. */
const maxAttemptCount = 100;

/** Finds a step by its name, or by a prefix that no other step of the run has. */
export const findStepByName = async (
  {client, explainContext, settings}: Connection,
  run: Run,
  wanted: string,
  signal: AbortSignal,
): Promise<Outcome<FoundStep>> => {
  const exact = await fetchAttempts(client, run, wanted, signal);
  if (!exact.ok) {
    return failWithFailure(exact.failure, explainContext);
  }

  if (exact.value.length > 0) {
    return succeedWith({name: wanted, attempts: exact.value});
  }

  const names = await fetchStepNames(client, run, signal);
  if (!names.ok) {
    return failWithFailure(names.failure, explainContext);
  }

  const name =
    names.value.find(each => each === wanted) ?? findOnlyName(names.value.filter(each => each.startsWith(wanted)));
  if (name === undefined) {
    return failWithUnknownStep(run, wanted, names.value, settings.connectionArguments);
  }

  const attempts = await fetchAttempts(client, run, name, signal);
  return attempts.ok
    ? succeedWith({name, attempts: attempts.value})
    : failWithFailure(attempts.failure, explainContext);
};

const findOnlyName = (names: readonly string[]): string | undefined => (names.length === 1 ? names[0] : undefined);

/** Fetches the attempts of the step with exactly this name, with their details, in order. */
export const fetchAttempts = async (
  client: Client,
  {id: runId, projectId}: Run,
  name: string,
  signal: AbortSignal,
): Promise<Result<readonly StepDetail[]>> => {
  const response = await client.fetchStepDetails(
    {projectId, runId, filters: {name}, order: 'oldest-first', size: maxAttemptCount},
    signal,
  );
  const details = response.ok
    ? succeed(response.value.items)
    : isLimitedToRequest(response.failure)
      ? await fetchAttemptsOneByOne(client, {id: runId, projectId}, name, signal)
      : fail(response.failure);
  return details.ok
    ? succeed(
        details.value
          .filter(({attempt}) => attempt.name === name)
          .toSorted((a, b) => a.attempt.number - b.attempt.number),
      )
    : details;
};

/** For a server that cannot list steps with details. */
const fetchAttemptsOneByOne = async (
  client: Client,
  {id, projectId}: Pick<Run, 'id' | 'projectId'>,
  name: string,
  signal: AbortSignal,
): Promise<Result<readonly StepDetail[]>> => {
  const query = {projectId, filters: {name}, order: 'oldest-first', size: maxAttemptCount} as const;
  const rows = await client.fetchSteps(id, query, signal);
  if (!rows.ok) {
    return fail(rows.failure);
  }

  const details: StepDetail[] = [];
  for (const row of rows.value.items.filter(each => each.name === name)) {
    const detail = await client.fetchStep(row.id, signal);
    if (!detail.ok) {
      return fail(detail.failure);
    }

    details.push(detail.value);
  }

  return succeed(details);
};

const stepPageSize = 200;

/** The names of all planned steps or, if the server returns no plan, of the first `stepPageSize` step runs. */
export const fetchStepNames = async (
  client: Client,
  run: Run,
  signal: AbortSignal,
): Promise<Result<readonly string[]>> => {
  const dag = await client.fetchDag(run.id, signal);
  if (dag.ok) {
    return succeed(dag.value.steps.map(({name}) => name));
  }

  if (dag.failure.kind !== 'no-route') {
    return fail(dag.failure);
  }

  const {id, projectId, snapshotId} = run;
  const plannedSteps = snapshotId === undefined ? undefined : await client.fetchPlannedSteps(snapshotId, signal);
  if (plannedSteps?.ok === true) {
    return succeed(plannedSteps.value.steps.map(({name}) => name));
  }

  const rows = await client.fetchSteps(id, {projectId, size: stepPageSize, order: 'oldest-first'}, signal);
  return rows.ok ? succeed([...new Set(rows.value.items.map(({name}) => name))]) : fail(rows.failure);
};

const maxListedSteps = 12;

/** Fails, listing the steps that match if several do, else those whose names contain the wanted text, else the first ones. */
const failWithUnknownStep = (
  run: Run,
  wanted: string,
  names: readonly string[],
  connectionArguments: ConnectionArguments,
) => {
  if (names.length === 0) {
    return failWithServerError(
      `Run ${run.name} has no steps yet.`,
      `Watch it with \`${formatZentopCommand([run.id], connectionArguments)}\`.`,
    );
  }

  const matching = names.filter(name => name.startsWith(wanted));
  const isAmbiguous = matching.length > 1;
  const similar = names.filter(name => name.toLowerCase().includes(wanted.toLowerCase()));
  const candidates = isAmbiguous ? matching : similar.length > 0 ? similar : names;
  const nameList = candidates.slice(0, maxListedSteps).join(', ');
  const unlistedCount = candidates.length - maxListedSteps;
  const more = unlistedCount > 0 ? `, and ${formatCount(unlistedCount)} more` : '';
  return isAmbiguous
    ? failWithServerError(`Several steps of run ${run.name} match “${wanted}”.`, `Matching steps: ${nameList}${more}.`)
    : failWithServerError(
        `Run ${run.name} has no step “${wanted}”.`,
        `${similar.length > 0 ? 'Similar steps' : 'Its steps'}: ${nameList}${more}.`,
      );
};
