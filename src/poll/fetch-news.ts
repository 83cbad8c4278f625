import type {Answer} from '../api/answer.js';
import type {Client} from '../api/client.js';
import {formatFilterTime} from '../api/list-query.js';
import type {ProjectId, RunId} from '../domain/ids.js';
import type {News, Query} from '../store/query.js';
import {fetchListingNews} from './fetch-listing-news.js';

/** Asks the server what `query` says, and says what came as news. */
export const fetchNews = async (client: Client, query: Query, signal: AbortSignal): Promise<Answer<News>> => {
  switch (query.kind) {
    case 'info':
      return mapNews(await client.fetchServerInfo(signal), info => ({kind: 'info', info}));

    case 'run':
      return mapNews(await client.fetchRun(query.runId, query.isHydrated, signal), run => ({
        kind: 'run',
        run,
        isHydrated: query.isHydrated,
      }));

    case 'other-run':
      return mapNews(await client.fetchRun(query.runId, false, signal), run => ({kind: 'other-run', run}));

    case 'dag':
      return mapNews(await client.fetchDag(query.runId, signal), dag => ({kind: 'dag', runId: query.runId, dag}));

    case 'planned':
      return mapNews(await client.fetchPlannedSteps(query.snapshotId, signal), dag => ({
        kind: 'dag',
        runId: query.runId,
        dag,
      }));

    case 'steps': {
      const {runId, slice, size, projectId} = query;
      const answer = await client.fetchSteps(runId, {projectId, size, ...buildStepsRequest(query)}, signal);
      return mapNews(answer, page => ({kind: 'steps', runId, slice, page, size}));
    }

    case 'earlier-runs': {
      const {runId, before, size} = query;
      return mapNews(await client.fetchRuns(buildEarlierRunsRequest(query), signal), ({items}) => ({
        kind: 'earlier-runs',
        runId,
        runs: items.filter(run => run.id !== runId && (run.createdAt ?? 0) <= before).slice(0, size),
      }));
    }

    case 'earlier-dag': {
      const {runId, earlierId} = query;
      return mapNews(await client.fetchDag(earlierId, signal), dag => ({kind: 'earlier-dag', runId, earlierId, dag}));
    }

    case 'earlier-step': {
      const {runId, projectId, name} = query;
      const steps = {runId, projectId, filters: {name: `equals:${name}`}, sortBy: 'desc:created', size: 1};
      return mapNews(await client.fetchStepDetails(steps, signal), ({items}) => ({
        kind: 'earlier-step',
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
        // A server that does not know the filter answers with every step.
        candidates: items.filter(detail => detail.cacheKey === cacheKey && detail.attempt.id !== stepId),
      }));
    }

    case 'artifact-version':
      return mapNews(await client.fetchArtifactVersion(query.artifactVersionId, signal), detail => ({
        kind: 'artifact-version',
        detail,
      }));

    case 'runs':
    case 'run-progress':
    case 'current-user':
    case 'projects':
    case 'project':
    case 'compared-run':
    case 'compared-steps':
    case 'compared-parameters':
    case 'next-run':
      return fetchListingNews(client, query, signal);

    case 'child-runs': {
      const {runId, projectId} = query;
      return mapNews(await client.fetchRuns(buildChildRunsRequest(runId, projectId), signal), ({items}) => ({
        kind: 'child-runs',
        runId,
        // A server that does not know the filter answers with every run.
        runs: items.filter(({parentRun}) => parentRun?.id === runId),
      }));
    }

    case 'step':
      return mapNews(await client.fetchStep(query.stepId, signal), detail => ({kind: 'step', detail}));

    case 'log': {
      const {subject, source, logsId} = query;
      const answer = await (subject.kind === 'run'
        ? client.fetchRunLogs(subject.runId, {source, logsId}, signal)
        : client.fetchStepLogs(subject.stepId, {source, logsId}, signal));
      return mapNews(answer, entries => ({kind: 'log', subject, entries}));
    }
  }
};

const mapNews = <T>(answer: Answer<T>, toNews: (value: T) => News): Answer<News> =>
  answer.ok ? {...answer, value: toNews(answer.value)} : answer;

const buildChildRunsRequest = (runId: RunId, projectId: ProjectId) => ({
  projectId,
  filters: {parent_run_id: runId},
  sortBy: 'asc:created',
  size: 100,
  isHydrated: true,
});

/** The server compares whole seconds: one more than wanted is asked for, and the run itself is among them. */
const buildEarlierRunsRequest = ({
  pipelineId,
  projectId,
  before,
  size,
}: Extract<Query, {readonly kind: 'earlier-runs'}>) => ({
  projectId,
  filters: {pipeline_id: pipelineId, created: `lte:${formatFilterTime(before + 1000)}`},
  sortBy: 'desc:created',
  size: size + 2,
  isHydrated: true,
});

/** As the client asks when it decides, but for those that have expired since: what had expired then is told by the row. */
const buildCacheCandidatesRequest = ({
  cacheKey,
  before,
  ...page
}: Extract<Query, {readonly kind: 'cache-candidates'}>) => ({
  projectId: page.projectId,
  filters: {cache_key: cacheKey, status: 'completed', created: `lte:${formatFilterTime(before + 1000)}`},
  sortBy: 'desc:created',
  size: page.size,
});

const unfinishedStatuses = ['running', 'retrying', 'provisioning', 'initializing', 'queued', 'stopping', 'cancelling'];

const buildStepsRequest = ({slice, updatedSince, exceptIds}: Extract<Query, {readonly kind: 'steps'}>) => {
  switch (slice) {
    case 'newest':
      return {sortBy: 'desc:updated'};

    case 'retried':
      return {sortBy: 'desc:updated', filters: {status: 'retried'}};

    case 'delta':
      return {
        sortBy: 'asc:updated',
        ...(updatedSince === undefined ? {} : {updatedSince}),
        ...(exceptIds.length === 0 ? {} : {filters: {id: `notoneof:${JSON.stringify(exceptIds)}`}}),
      };

    case 'live':
      return {sortBy: 'desc:updated', filters: {status: `oneof:${JSON.stringify(unfinishedStatuses)}`}};
  }
};
