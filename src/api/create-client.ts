import type {RunFilters} from '../domain/list-filters.js';
import type {Run} from '../domain/run.js';
import {isRunOver} from '../domain/run.js';
import {encodeUrlPart} from '../domain/url-part.js';
import type {Client} from './client.js';
import type {Credentials} from './credentials.js';
import {decodeArtifactVersionDetail} from './decode/artifact.js';
import {decodeAttempt} from './decode/attempt.js';
import {decodeDag} from './decode/dag.js';
import {decodeNamed, keepId} from './decode/entity.js';
import {decodeJsonRecord} from './decode/json.js';
import {decodePipelineSource} from './decode/pipeline-source.js';
import {decodePlannedDag} from './decode/planned-steps.js';
import {decodeQuestion} from './decode/question.js';
import {decodeResourceRequest} from './decode/resource-request.js';
import {decodeRun} from './decode/run.js';
import {decodeCurrentUser, decodeProject, decodeServerInfo} from './decode/server.js';
import {decodeStack} from './decode/stack.js';
import {decodeStepDetail} from './decode/step-detail.js';
import {decodeRecord} from './decode/wire.js';
import {createEventStreamReader} from './event-stream-reader.js';
import {createFetchLogs} from './fetch-logs.js';
import {createFetchPage} from './fetch-page.js';
import {buildListQuery} from './list-query.js';
import type {ApiResponse} from './response.js';
import {type ApiRequest, createSendRequest, decodeResponse} from './send-request.js';
import type {Transport} from './transport.js';

export type ClientOptions = {
  /** Only informative: the transport knows where to send requests. */
  readonly serverUrl: string;
  readonly transport: Transport;
  readonly credentials: Credentials;
};

/** Projects beyond this number can be named, but not picked from a list. */
const maxProjects = 1000;

/** A run may ask again and again. The question that it is waiting for is the newest one, so only older ones are left out. */
const maxQuestions = 50;

/** Servers before 0.85 ignore the filter `in_progress=true` and return every run. The total that they report is not corrected. */
const applyInProgressFilter = (runs: readonly Run[], filters: RunFilters = {}): readonly Run[] =>
  filters.isInProgress === true ? runs.filter(run => !isRunOver(run)) : runs;

const formatHydrateParameter = (isHydrated: boolean) => ['hydrate', String(isHydrated)] as const;

/** The client of a server, using `transport` and `credentials`. */
export const createClient = ({serverUrl, transport, credentials}: ClientOptions): Client => {
  const send = createSendRequest(transport, credentials);
  const fetchPage = createFetchPage(send);
  const fetchLogs = createFetchLogs(send);

  const fetchOne = async <T>(
    path: string,
    query: NonNullable<ApiRequest['query']>,
    decode: (value: unknown) => T | undefined,
    signal: AbortSignal,
  ): Promise<ApiResponse<T>> => decodeResponse(path, await send({path, query}, signal), decode);

  return {
    serverUrl,
    fetchServerInfo: async signal => {
      const response = await fetchOne('info', [], body => ({info: decodeServerInfo(body)}), signal);
      if (!response.ok) {
        return response;
      }

      const {info} = response.value;
      return info === undefined
        ? {ok: false, failure: {kind: 'not-zenml', contentType: 'application/json'}}
        : {...response, value: info};
    },
    fetchCurrentUser: async signal => fetchOne('current-user', [], decodeCurrentUser, signal),
    fetchProjects: async signal => {
      const query = buildListQuery({projectId: undefined, size: maxProjects}, 'oldest-first');
      const response = await fetchPage('projects', query, decodeProject, signal);
      return response.ok ? {...response, value: response.value.items} : response;
    },
    fetchProject: async (nameOrId, signal) =>
      fetchOne(
        `projects/${encodeUrlPart(nameOrId)}`,
        [formatHydrateParameter(false)],
        body => decodeProject(decodeRecord(body)),
        signal,
      ),
    fetchRuns: async (query, signal) => {
      const pairs = buildListQuery(query, 'newest-first', [formatHydrateParameter(query.isHydrated ?? false)]);
      const response = await fetchPage('runs', pairs, decodeRun, signal);
      return response.ok
        ? {...response, value: {...response.value, items: applyInProgressFilter(response.value.items, query.filters)}}
        : response;
    },
    fetchRun: async (id, isHydrated, signal) =>
      fetchOne(
        `runs/${encodeUrlPart(id)}`,
        [formatHydrateParameter(isHydrated)],
        body => decodeRun(decodeRecord(body)),
        signal,
      ),
    fetchRunWithStepMetadata: async (id, signal) =>
      fetchOne(
        `runs/${encodeUrlPart(id)}`,
        [formatHydrateParameter(true), ['include_full_metadata', 'true']],
        body => {
          const run = decodeRun(decodeRecord(body));
          return run && {run, metadata: decodeJsonRecord(decodeRecord(decodeRecord(body)['metadata'])['run_metadata'])};
        },
        signal,
      ),
    fetchDag: async (id, signal) => fetchOne(`runs/${encodeUrlPart(id)}/dag`, [], decodeDag, signal),
    fetchPlannedSteps: async (snapshotId, signal) =>
      fetchOne(
        `pipeline_deployments/${encodeUrlPart(snapshotId)}`,
        [formatHydrateParameter(true)],
        decodePlannedDag,
        signal,
      ),
    fetchSteps: async (id, query, signal) =>
      fetchPage(`runs/${encodeUrlPart(id)}/steps`, buildListQuery(query, 'oldest-first'), decodeAttempt, signal),
    fetchStepDetails: async ({runId, ...query}, signal) => {
      const runParameters = runId === undefined ? [] : [['pipeline_run_id', runId] as const];
      const pairs = buildListQuery(query, 'oldest-first', [...runParameters, formatHydrateParameter(true)]);
      const response = await fetchPage(
        'steps',
        pairs,
        item => {
          const detail = decodeStepDetail(item);
          return detail && {id: detail.attempt.id, detail};
        },
        signal,
      );
      return response.ok
        ? {...response, value: {...response.value, items: response.value.items.map(({detail}) => detail)}}
        : response;
    },
    fetchStep: async (id, signal) =>
      fetchOne(
        `steps/${encodeUrlPart(id)}`,
        [formatHydrateParameter(true)],
        body => decodeStepDetail(decodeRecord(body)),
        signal,
      ),
    fetchStepLogs: async (id, query, signal) => fetchLogs(`steps/${encodeUrlPart(id)}/logs`, query, signal),
    fetchRunLogs: async (id, query, signal) => fetchLogs(`runs/${encodeUrlPart(id)}/logs`, query, signal),
    fetchQuestions: async (runId, projectId, signal) => {
      const runParameters = [['pipeline_run', runId] as const, formatHydrateParameter(true)];
      const query = buildListQuery({projectId, size: maxQuestions}, 'newest-first', runParameters);
      const response = await fetchPage('run_wait_conditions', query, decodeQuestion, signal);
      return response.ok ? {...response, value: response.value.items.toReversed()} : response;
    },
    fetchResourceRequest: async (id, signal) =>
      fetchOne(
        `resource_requests/${encodeUrlPart(id)}`,
        [formatHydrateParameter(false)],
        body => decodeResourceRequest(decodeRecord(body)),
        signal,
      ),
    fetchUser: async (id, signal) =>
      fetchOne(
        `users/${encodeUrlPart(id)}`,
        [formatHydrateParameter(false)],
        body => decodeNamed(body, keepId),
        signal,
      ),
    fetchStack: async (id, signal) =>
      fetchOne(
        `stacks/${encodeUrlPart(id)}`,
        [formatHydrateParameter(true)],
        body => decodeStack(decodeRecord(body)),
        signal,
      ),
    fetchPipelineSource: async (snapshotId, signal) =>
      fetchOne(
        `pipeline_snapshots/${encodeUrlPart(snapshotId)}`,
        // No step has this name, so the response does not contain the step configurations, which may be large.
        [formatHydrateParameter(true), ['step_configuration_filter', '-']],
        body => decodePipelineSource(decodeRecord(body)),
        signal,
      ),
    readEventStream: createEventStreamReader(send),
    fetchArtifactVersion: async (id, signal) =>
      fetchOne(
        `artifact_versions/${encodeUrlPart(id)}`,
        [formatHydrateParameter(true)],
        body => decodeArtifactVersionDetail(decodeRecord(body)),
        signal,
      ),
  };
};
