import type {Client} from '../../api/client.js';
import type {ApiResponse} from '../../api/response.js';
import type {Attempt, StepDetail} from '../../domain/attempt.js';
import type {Dag, DagChildRun} from '../../domain/dag.js';
import {isLimitedToRequest} from '../../domain/failure.js';
import type {StepId} from '../../domain/ids.js';
import type {Question} from '../../domain/intervention/question.js';
import {withAttempts, withDag} from '../../domain/merge-steps.js';
import {fail, type Result, succeed} from '../../domain/result.js';
import type {Run} from '../../domain/run.js';
import {emptyStepTable, type StepTable} from '../../domain/step-table.js';
import {fetchOriginals} from './fetch-originals.js';

/** The steps of a run, with the details of every attempt and of the originals of cached steps. */
export type WholeRun = {
  readonly table: StepTable;
  readonly detailsById: ReadonlyMap<StepId, StepDetail>;
  readonly childRuns: readonly DagChildRun[];
  readonly questions: readonly Question[];
  /** How many steps have no details because the server could not return them. */
  readonly bareCount: number;
  /** The server could not return the graph, so steps that did not run may be missing. */
  readonly isGraphMissing: boolean;
};

/** Hydrated rows per request, which take a server about a fifth of a second. */
const detailsPageSize = 200;

/** Fetches everything about a run's steps, page by page. */
export const fetchWholeRun = async (client: Client, run: Run, signal: AbortSignal): Promise<Result<WholeRun>> => {
  const [dag, details] = await Promise.all([fetchPlan(client, run, signal), fetchAllDetails(client, run, signal)]);
  if (!details.ok) {
    return details;
  }

  if (!dag.ok && !isLimitedToRequest(dag.failure)) {
    return dag;
  }

  const {bareRows} = details.value;
  const singleDetails = await fetchOneByOne(client, bareRows, signal);
  const knownDetails = [...details.value.details, ...singleDetails];
  const originals = await fetchOriginals(client, run, knownDetails, signal);
  if (!originals.ok && !isLimitedToRequest(originals.failure)) {
    return originals;
  }

  const plan = dag.ok ? dag.value : undefined;
  const hasQuestions = run.waitCondition !== undefined || (plan?.waitConditions.length ?? 0) > 0;
  const questions = hasQuestions ? await client.fetchQuestions(run.id, run.projectId, signal) : undefined;
  const plannedTable = plan === undefined ? emptyStepTable : withDag(emptyStepTable, plan);
  return succeed({
    table: withAttempts(plannedTable, [...bareRows, ...knownDetails.map(detail => detail.attempt)]),
    detailsById: new Map(
      [...(originals.ok ? originals.value : []), ...knownDetails].map(each => [each.attempt.id, each]),
    ),
    childRuns: plan?.childRuns ?? [],
    questions: questions?.ok === true ? questions.value : [],
    bareCount: bareRows.length - singleDetails.length,
    isGraphMissing: !dag.ok,
  });
};

const fetchPlan = async (client: Client, run: Run, signal: AbortSignal): Promise<Result<Dag | undefined>> => {
  const dag = await retryOnce(() => client.fetchDag(run.id, signal));
  if (dag.ok || dag.failure.kind !== 'no-route') {
    return dag;
  }

  const plannedSteps =
    run.snapshotId === undefined ? undefined : await client.fetchPlannedSteps(run.snapshotId, signal);
  return plannedSteps?.ok === true ? plannedSteps : succeed(undefined);
};

/** Steps with their details, and rows of those whose details the server could not return in a list. */
type AllDetails = {readonly details: readonly StepDetail[]; readonly bareRows: readonly Attempt[]};

/** If the server cannot return a page with details, its rows are fetched without them. */
const fetchAllDetails = async (client: Client, run: Run, signal: AbortSignal): Promise<Result<AllDetails>> => {
  const details: StepDetail[] = [];
  const bareRows: Attempt[] = [];
  for (let page = 1; ; page++) {
    const query = {projectId: run.projectId, size: detailsPageSize, page, order: 'oldest-first'} as const;
    const response = await retryOnce(() => client.fetchStepDetails({...query, runId: run.id}, signal));
    const rows =
      response.ok || !isLimitedToRequest(response.failure) ? undefined : await client.fetchSteps(run.id, query, signal);
    if (!response.ok && rows?.ok !== true) {
      return fail(response.failure);
    }

    details.push(...(response.ok ? response.value.items : []));
    bareRows.push(...(rows?.ok === true ? rows.value.items : []));
    const pageCount = response.ok ? response.value.pageCount : rows?.ok === true ? rows.value.pageCount : page;
    if (page >= pageCount) {
      return succeed({details, bareRows});
    }
  }
};

/** How many steps are fetched one by one if the server cannot return their details in a list. */
const maxSingleDetails = 50;

/** The details of steps that the server could not return in a list, as far as it returns them one by one. */
const fetchOneByOne = async (
  client: Client,
  rows: readonly Attempt[],
  signal: AbortSignal,
): Promise<readonly StepDetail[]> => {
  const details: StepDetail[] = [];
  for (const {id} of rows.slice(0, maxSingleDetails)) {
    const response = await client.fetchStep(id, signal);
    if (response.ok) {
      details.push(response.value);
    } else if (details.length === 0) {
      // If the first one fails, the others most likely will, too.
      break;
    }
  }

  return details;
};

/** Servers 0.92 to 0.95 sometimes refuse a list while a dynamic run adds steps, so a refused request is repeated once. */
const retryOnce = async <T>(send: () => Promise<ApiResponse<T>>): Promise<ApiResponse<T>> => {
  const response = await send();
  return response.ok || response.failure.kind !== 'refused' ? response : send();
};
