import type {Client} from '../api/client.js';
import type {ApiResponse} from '../api/response.js';
import {summarizeLog} from '../domain/log/activity.js';
import {canHaveRetries} from '../domain/past-run.js';
import type {News, Query} from '../store/query.js';
import {isAboutListing} from '../store/runs/listing.js';
import {
  buildCacheCandidatesRequest,
  buildChildRunsRequest,
  buildPreviousRunsRequest,
  buildStepsRequest,
} from './build-requests.js';
import {fetchListingNews} from './fetch-listing-news.js';

/** Fetches what `query` asks for and returns it as news. */
export const fetchNews = async (client: Client, query: Query, signal: AbortSignal): Promise<ApiResponse<News>> => {
  if (isAboutListing(query)) {
    return fetchListingNews(client, query, signal);
  }

  switch (query.kind) {
    case 'info':
      return mapNews(await client.fetchServerInfo(signal), info => ({kind: 'info', info}));

    case 'run':
      return mapNews(await client.fetchRun(query.runId, query.isHydrated, signal), run => ({
        kind: 'run',
        run,
        isHydrated: query.isHydrated,
      }));

    case 'referenced-run':
      return mapNews(await client.fetchRun(query.runId, false, signal), run => ({kind: 'referenced-run', run}));

    case 'dag':
      return mapNews(await client.fetchDag(query.runId, signal), dag => ({kind: 'dag', runId: query.runId, dag}));

    case 'planned':
      return mapNews(await client.fetchPlannedSteps(query.snapshotId, signal), dag => ({
        kind: 'dag',
        runId: query.runId,
        dag,
      }));

    case 'steps': {
      const {runId, subset, size, projectId} = query;
      const response = await client.fetchSteps(runId, {projectId, size, ...buildStepsRequest(query)}, signal);
      return mapNews(response, page => ({kind: 'steps', runId, subset, page, size}));
    }

    case 'previous-runs': {
      const {runId, before, size} = query;
      return mapNews(await client.fetchRuns(buildPreviousRunsRequest(query), signal), ({items}) => ({
        kind: 'previous-runs',
        runId,
        runs: items.filter(run => run.id !== runId && (run.createdAt ?? 0) <= before).slice(0, size),
      }));
    }

    case 'previous-dag': {
      const {runId, previousId, projectId, startedAt} = query;
      const dag = await client.fetchDag(previousId, signal);
      const request = {projectId, size: maxRetriedRows, filters: {status: 'retried'}} as const;
      const retried =
        dag.ok && canHaveRetries(dag.value, startedAt)
          ? await client.fetchSteps(previousId, request, signal)
          : undefined;
      const rows = retried?.ok === true ? retried.value.items : [];
      return mapNews(dag, value => ({kind: 'previous-dag', runId, previousId, dag: value, retried: rows}));
    }

    case 'previous-step': {
      const {runId, projectId, name} = query;
      const request = {runId, projectId, filters: {name}, order: 'newest-first', size: 1} as const;
      return mapNews(await client.fetchStepDetails(request, signal), ({items}) => ({
        kind: 'previous-step',
        runId,
        name,
        detail: items.find(({attempt}) => attempt.name === name),
      }));
    }

    case 'cache-candidates': {
      const {stepId, cacheKey} = query;
      return mapNews(await client.fetchStepDetails(buildCacheCandidatesRequest(query), signal), ({items}) => ({
        kind: 'cache-candidates',
        stepId,
        // A server that does not know the filter returns every step.
        candidates: items.filter(detail => detail.cacheKey === cacheKey && detail.attempt.id !== stepId),
      }));
    }

    case 'artifact-version':
      return mapNews(await client.fetchArtifactVersion(query.artifactVersionId, signal), detail => ({
        kind: 'artifact-version',
        detail,
      }));

    case 'activity': {
      const {stepId, source, logsId} = query;
      return mapNews(await client.fetchStepLogs(stepId, {source, logsId}, signal), entries => ({
        kind: 'activity',
        stepId,
        activity: summarizeLog(entries),
      }));
    }

    case 'questions': {
      const {runId, projectId} = query;
      return mapNews(await client.fetchQuestions(runId, projectId, signal), questions => ({
        kind: 'questions',
        runId,
        questions,
      }));
    }

    case 'user':
      return mapNews(await client.fetchUser(query.id, signal), user => ({kind: 'user', user}));

    case 'resource-request':
      return mapNews(await client.fetchResourceRequest(query.id, signal), request => ({
        kind: 'resource-request',
        request,
      }));

    case 'pipeline-source': {
      const {runId, snapshotId} = query;
      return mapNews(await client.fetchPipelineSource(snapshotId, signal), source => ({
        kind: 'pipeline-source',
        runId,
        source,
      }));
    }

    case 'stack':
      return mapNews(await client.fetchStack(query.stackId, signal), stack => ({kind: 'stack', stack}));

    case 'child-runs': {
      const {runId, projectId} = query;
      return mapNews(await client.fetchRuns(buildChildRunsRequest(runId, projectId), signal), ({items}) => ({
        kind: 'child-runs',
        runId,
        // A server that does not know the filter returns every run.
        runs: items.filter(({parentRun}) => parentRun?.id === runId),
      }));
    }

    case 'child-dag': {
      const {runId, childId} = query;
      return mapNews(await client.fetchDag(childId, signal), dag => ({kind: 'child-dag', runId, childId, dag}));
    }

    case 'step':
      return mapNews(await client.fetchStep(query.stepId, signal), detail => ({kind: 'step', detail}));

    case 'log': {
      const {subject, source, logsId} = query;
      const response = await (subject.kind === 'run'
        ? client.fetchRunLogs(subject.runId, {source, logsId}, signal)
        : client.fetchStepLogs(subject.stepId, {source, logsId}, signal));
      return mapNews(response, entries => ({kind: 'log', subject, entries}));
    }
  }
};

/** At most this many retried attempts of a previous run are fetched. Runs of more than a hundred steps are not estimated at all. */
const maxRetriedRows = 200;

const mapNews = <T>(response: ApiResponse<T>, toNews: (value: T) => News): ApiResponse<News> =>
  response.ok ? {...response, value: toNews(response.value)} : response;
