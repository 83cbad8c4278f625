import type {Answer} from '../../api/answer.js';
import type {Client} from '../../api/client.js';
import type {Attempt, StepDetail} from '../../domain/attempt.js';
import type {Dag} from '../../domain/dag.js';
import type {Failure} from '../../domain/failure.js';
import type {StepId} from '../../domain/ids.js';
import {withAttempts, withDag} from '../../domain/merge-steps.js';
import {fail, type Result, succeed} from '../../domain/result.js';
import type {Run} from '../../domain/run.js';
import {emptyStepTable, type StepTable} from '../../domain/step-table.js';
import {fetchOriginals} from './fetch-originals.js';

/** The steps of a run, with the details of every attempt and of the originals of cached steps. */
export type WholeRun = {
  readonly table: StepTable;
  readonly detailsById: ReadonlyMap<StepId, StepDetail>;
  /** Steps whose details the server could not return. */
  readonly bareCount: number;
};

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

  const {details: known, bareRows} = details.value;
  const originals = await fetchOriginals(client, run, known, signal);
  if (!originals.ok) {
    return originals;
  }

  const planned = dag.value === undefined ? emptyStepTable : withDag(emptyStepTable, dag.value);
  return succeed({
    table: withAttempts(planned, [...known.map(detail => detail.attempt), ...bareRows]),
    detailsById: new Map([...originals.value, ...known].map(detail => [detail.attempt.id, detail])),
    bareCount: bareRows.length,
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

type AllDetails = {readonly details: readonly StepDetail[]; readonly bareRows: readonly Attempt[]};

/** Rows of a page that the server cannot return with details are fetched without. */
const fetchAllDetails = async (client: Client, run: Run, signal: AbortSignal): Promise<Result<AllDetails>> => {
  const details: StepDetail[] = [];
  const bareRows: Attempt[] = [];
  for (let page = 1; ; page++) {
    const query = {projectId: run.projectId, size: detailsPageSize, page, order: 'oldest-first'} as const;
    const answer = await retryOnce(() => client.fetchStepDetails({...query, runId: run.id}, signal));
    const rows = answer.ok || !isBadPage(answer.failure) ? undefined : await client.fetchSteps(run.id, query, signal);
    if (!answer.ok && rows?.ok !== true) {
      return fail(answer.failure);
    }

    details.push(...(answer.ok ? answer.value.items : []));
    bareRows.push(...(rows?.ok === true ? rows.value.items : []));
    const pageCount = answer.ok ? answer.value.pageCount : rows?.ok === true ? rows.value.pageCount : page;
    if (page >= pageCount) {
      return succeed({details, bareRows});
    }
  }
};

/** Whether the failure is about the contents of the page, not about the server as a whole. */
const isBadPage = ({kind}: Failure): boolean => kind === 'malformed' || kind === 'too-large' || kind === 'refused';

/** Servers 0.92 to 0.95 sometimes refuse a list while a dynamic run adds steps, so a refused request is repeated once. */
const retryOnce = async <T>(send: () => Promise<Answer<T>>): Promise<Answer<T>> => {
  const answer = await send();
  return answer.ok || answer.failure.kind !== 'refused' ? answer : send();
};
