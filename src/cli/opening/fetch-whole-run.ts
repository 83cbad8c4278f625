import type {Answer} from '../../api/answer.js';
import type {Client} from '../../api/client.js';
import type {StepDetail} from '../../domain/attempt.js';
import type {Dag} from '../../domain/dag.js';
import type {StepId} from '../../domain/ids.js';
import {withAttempts, withDag} from '../../domain/merge-steps.js';
import {fail, type Result, succeed} from '../../domain/result.js';
import type {Run} from '../../domain/run.js';
import {emptyStepTable, type StepTable} from '../../domain/step-table.js';
import {fetchOriginals} from './fetch-originals.js';

/** The steps of a run, with the details of every attempt and of the originals of cached steps. */
type WholeRun = {readonly table: StepTable; readonly detailsById: ReadonlyMap<StepId, StepDetail>};

/** Hydrated rows per request, which take a server about a fifth of a second. */
const detailsPageSize = 200;

/** Fetches everything about a run's steps, page by page. */
export const fetchWholeRun = async (client: Client, run: Run, signal: AbortSignal): Promise<Result<WholeRun>> => {
  const [dag, details] = await Promise.all([fetchPlan(client, run, signal), fetchAllDetails(client, run, signal)]);
  if (!details.ok) {
    return details;
  }

  if (!dag.ok) {
    return dag;
  }

  const originals = await fetchOriginals(client, run, details.value, signal);
  if (!originals.ok) {
    return originals;
  }

  const planned = dag.value === undefined ? emptyStepTable : withDag(emptyStepTable, dag.value);
  return succeed({
    table: withAttempts(
      planned,
      details.value.map(detail => detail.attempt),
    ),
    detailsById: new Map([...originals.value, ...details.value].map(detail => [detail.attempt.id, detail])),
  });
};

const fetchPlan = async (client: Client, run: Run, signal: AbortSignal): Promise<Result<Dag | undefined>> => {
  const dag = await retryOnce(() => client.fetchDag(run.id, signal));
  if (dag.ok || dag.failure.kind !== 'no-route') {
    return dag;
  }

  const planned = run.snapshotId === undefined ? undefined : await client.fetchPlannedSteps(run.snapshotId, signal);
  return planned?.ok === true ? planned : succeed(undefined);
};

const fetchAllDetails = async (
  client: Client,
  run: Run,
  signal: AbortSignal,
): Promise<Result<readonly StepDetail[]>> => {
  const details: StepDetail[] = [];
  for (let page = 1; ; page++) {
    const answer = await retryOnce(() =>
      client.fetchStepDetails(
        {projectId: run.projectId, runId: run.id, size: detailsPageSize, page, order: 'oldest-first'},
        signal,
      ),
    );
    if (!answer.ok) {
      return fail(answer.failure);
    }

    details.push(...answer.value.items);
    if (page >= answer.value.pageCount) {
      return succeed(details);
    }
  }
};

/** Servers 0.92 to 0.95 sometimes refuse a list while a dynamic run adds steps, so a refused request is repeated once. */
const retryOnce = async <T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> => {
  const answer = await send();
  return answer.ok || answer.failure.kind !== 'refused' ? answer : send();
};
