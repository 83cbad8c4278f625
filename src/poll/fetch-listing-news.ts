import type {Client, RunsQuery} from '../api/client.js';
import type {ApiResponse} from '../api/response.js';
import type {StepDetail} from '../domain/attempt.js';
import type {DagStep} from '../domain/dag.js';
import {getTotalMs} from '../domain/instant.js';
import type {Json, JsonRecord} from '../domain/json.js';
import {withDag} from '../domain/merge-steps.js';
import {isRunInProgress} from '../domain/run-row.js';
import {getPhase, isFinished} from '../domain/status.js';
import {emptyStepTable} from '../domain/step-table.js';
import type {ComparedStep} from '../store/runs/comparison.js';
import type {ListingNews, ListingQuery} from '../store/runs/listing.js';

/** Fetches runs, projects and users from the server. */
export const fetchListingNews = async (
  client: Client,
  query: ListingQuery,
  signal: AbortSignal,
): Promise<ApiResponse<ListingNews>> => {
  switch (query.kind) {
    case 'runs': {
      const {subset, filters, size} = query;
      return mapListingNews(await client.fetchRuns(buildRunsRequest(query), signal), page => ({
        kind: 'runs',
        subset,
        filters,
        size,
        page,
      }));
    }

    case 'run-progress':
      return fetchRunProgress(client, query, signal);

    case 'current-user':
      return mapListingNews(await client.fetchCurrentUser(signal), user => ({kind: 'current-user', user}));

    case 'projects':
      return mapListingNews(await client.fetchProjects(signal), projects => ({kind: 'projects', projects}));

    case 'project':
      return mapListingNews(await client.fetchProject(query.projectId, signal), project => ({
        kind: 'project',
        project,
      }));

    case 'new-project':
      return mapListingNews(await client.fetchProject(query.name, signal), project => ({kind: 'new-project', project}));

    case 'compared-run':
      return mapListingNews(await client.fetchRunWithStepMetadata(query.runId, signal), ({run, metadata}) => ({
        kind: 'compared-run',
        run,
        metadata,
      }));

    case 'compared-steps':
      return mapListingNews(await fetchComparedSteps(client, query, signal), steps => ({
        kind: 'compared-steps',
        runId: query.runId,
        steps,
      }));

    case 'compared-parameters':
      return mapListingNews(await fetchStepParameters(client, query, signal), parameters => ({
        kind: 'compared-parameters',
        runId: query.runId,
        parameters,
      }));

    case 'next-run':
      return fetchNextRun(client, query, signal);
  }
};

const mapListingNews = <T>(response: ApiResponse<T>, toNews: (value: T) => ListingNews): ApiResponse<ListingNews> =>
  response.ok ? {...response, value: toNews(response.value)} : response;

/** Requests hydrated runs, for their times: newest first, except for a delta, whose order must not change while it is read. */
const buildRunsRequest = ({subset, projectId, filters, page, size, updatedSince}: RunsListingQuery): RunsQuery => ({
  projectId,
  filters,
  order: subset === 'delta' ? 'least-recently-updated-first' : 'newest-first',
  size,
  page,
  isHydrated: true,
  ...(subset === 'delta' && updatedSince !== undefined ? {updatedSince} : {}),
});

type RunsListingQuery = Extract<ListingQuery, {readonly kind: 'runs'}>;

type ComparedStepsQuery = Extract<ListingQuery, {readonly kind: 'compared-steps' | 'compared-parameters'}>;

/** No parameters are compared if a run has more steps: most of them are then items of a map, which all have the same parameters. */
const maxStepsWithParameters = 100;

/**
 * The parameters of the steps of a run, as `step::key`; empty for a run with too many steps, rather than only the parameters of
 * some of them.
 */
const fetchStepParameters = async (
  client: Client,
  {runId, projectId}: ComparedStepsQuery,
  signal: AbortSignal,
): Promise<ApiResponse<JsonRecord>> => {
  const details = await client.fetchStepDetails({runId, projectId, size: maxStepsWithParameters}, signal);
  if (!details.ok) {
    return details;
  }

  const {items, total} = details.value;
  const entries = total > items.length ? [] : items.flatMap(getStepParameters);
  return {...details, value: Object.fromEntries(entries)};
};

/** All steps of a map have the same parameters, so they are listed once, under the name of the group. */
const getStepParameters = ({attempt, config}: StepDetail): readonly (readonly [string, Json])[] => {
  const name = config.group?.type === 'map' ? config.group.name : attempt.name;
  return Object.entries(config.parameters).map(([key, value]) => [`${name}::${key}`, value]);
};

/** Without `/dag`, only this many steps of a run are compared: the first ones. */
const maxComparedSteps = 500;

/** The steps of a run: from the graph, which reports all of them at a third of the cost of listing them, if the server has one. */
const fetchComparedSteps = async (
  client: Client,
  {runId, projectId}: ComparedStepsQuery,
  signal: AbortSignal,
): Promise<ApiResponse<readonly ComparedStep[]>> => {
  const dag = await client.fetchDag(runId, signal);
  if (dag.ok) {
    const steps = dag.value.steps.map(({name, status, durationMs, group}) => ({name, status, durationMs, group}));
    return {...dag, value: steps};
  }

  if (dag.failure.kind !== 'no-route') {
    return dag;
  }

  const rows = await client.fetchSteps(runId, {projectId, size: maxComparedSteps}, signal);
  return rows.ok
    ? {
        ...rows,
        value: rows.value.items.map(attempt => ({
          name: attempt.name,
          status: {status: attempt.status, statusWord: attempt.statusWord},
          durationMs: getTotalMs(attempt),
        })),
      }
    : rows;
};

/** How many later runs are searched for one in progress. */
const maxLaterRuns = 20;

/**
 * Fetches the run to follow after this one: the oldest later run in progress, or else the newest later run, so that following a
 * pipeline does not go through every run in between.
 */
const fetchNextRun = async (
  client: Client,
  {runId, pipelineId, projectId, after}: Extract<ListingQuery, {readonly kind: 'next-run'}>,
  signal: AbortSignal,
): Promise<ApiResponse<ListingNews>> => {
  const filters = {pipelineId, createdAt: {since: after}};
  const query = {projectId, filters, order: 'newest-first', size: maxLaterRuns, isHydrated: true} as const;
  return mapListingNews(await client.fetchRuns(query, signal), ({items}) => {
    const laterRuns = items.filter(({id, createdAt = 0}) => id !== runId && createdAt > after);
    return {kind: 'next-run', afterId: runId, run: laterRuns.findLast(isRunInProgress) ?? laterRuns[0]};
  });
};

type ProgressQuery = Extract<ListingQuery, {readonly kind: 'run-progress'}>;

/** The exception of the first failed step is only fetched for ended runs: it costs another request. */
const fetchRunProgress = async (
  client: Client,
  {runId, isFinal, hasDoubtfulEnd}: ProgressQuery,
  signal: AbortSignal,
): Promise<ApiResponse<ListingNews>> => {
  const response = await client.fetchDag(runId, signal);
  const failedStep = response.ok ? findFirstFailedStep(response.value.steps) : undefined;
  const detail = isFinal && failedStep?.id !== undefined ? await client.fetchStep(failedStep.id, signal) : undefined;
  return mapListingNews(response, dag => ({
    kind: 'run-progress',
    runId,
    isFinal,
    ...(hasDoubtfulEnd ? {table: withDag(emptyStepTable, dag)} : {}),
    progress: {
      done: dag.steps.filter(({status}) => status !== undefined && isFinished(status.status)).length,
      total: dag.steps.length,
      failure:
        failedStep === undefined
          ? undefined
          : {step: failedStep.name, exception: detail?.ok === true ? detail.value.exception : undefined},
    },
  }));
};

const findFirstFailedStep = (steps: readonly DagStep[]): DagStep | undefined => {
  const failedSteps = steps.filter(({status}) => status !== undefined && getPhase(status.status) === 'failed');
  const getEnd = ({startedAt, durationMs}: DagStep): number =>
    startedAt === undefined ? Number.POSITIVE_INFINITY : startedAt + (durationMs ?? 0);
  return failedSteps.sort((a, b) => getEnd(a) - getEnd(b))[0];
};
