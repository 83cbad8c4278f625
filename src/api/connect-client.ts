import type {Run} from '../domain/run.js';
import {isRunOver} from '../domain/run.js';
import {urlPart} from '../domain/url-part.js';
import type {Answer} from './answer.js';
import {createAsk, isSuccess, type Question, readAnswer} from './ask.js';
import type {Client} from './client.js';
import type {Credentials} from './credentials.js';
import {artifactVersionDetailOf} from './decode/artifact.js';
import {attemptOf} from './decode/attempt.js';
import {dagOf} from './decode/dag.js';
import {jsonRecord} from './decode/json.js';
import {plannedDagOf} from './decode/planned-steps.js';
import {runOf} from './decode/run.js';
import {currentUserOf, pipelineOf, projectOf, serverInfoOf} from './decode/server.js';
import {stepDetailOf} from './decode/step-detail.js';
import {record} from './decode/wire.js';
import {createFetchLogs} from './fetch-logs.js';
import {createFetchPage} from './fetch-page.js';
import {listQuery} from './list-query.js';
import type {Transport} from './transport.js';

export type ClientOptions = {
  /** For its reader; where requests go is the transport's knowledge. */
  readonly serverUrl: string;
  readonly transport: Transport;
  readonly credentials: Credentials;
};

/** More projects than this are told by name, not picked from a list. */
const mostProjects = 1000;

/**
 * Servers before 0.85 ignore the filter `in_progress=true` and answer with every run. The total is left as they count it.
 */
const asFiltered = (runs: readonly Run[], filters: Readonly<Record<string, string>> = {}): readonly Run[] =>
  filters['in_progress'] === 'true' ? runs.filter(run => !isRunOver(run)) : runs;

const hydrate = (isHydrated: boolean) => ['hydrate', String(isHydrated)] as const;
const part = urlPart;

/** The client of a server, speaking over `transport` with `credentials`. */
export const createClient = ({serverUrl, transport, credentials}: ClientOptions): Client => {
  const ask = createAsk(transport, credentials);
  const fetchPage = createFetchPage(ask);
  const fetchLogs = createFetchLogs(ask);

  const fetchOne = async <T>(
    path: string,
    query: NonNullable<Question['query']>,
    decode: (value: unknown) => T | undefined,
    signal: AbortSignal,
  ): Promise<Answer<T>> => readAnswer(path, await ask({path, query}, signal), decode);

  /** An action answers `null`, or nothing at all. */
  const act = async (question: Question, signal: AbortSignal): Promise<Answer<undefined>> => {
    const result = await ask(question, signal);
    if (result.ok && isSuccess(result.value) && result.value.body === '') {
      return {ok: true, value: undefined, timing: result.value.timing};
    }

    const answer = readAnswer(question.path, result, () => true);
    return answer.ok ? {...answer, value: undefined} : answer;
  };

  return {
    serverUrl,
    fetchServerInfo: async signal => {
      const answer = await fetchOne('info', [], body => ({info: serverInfoOf(body)}), signal);
      if (!answer.ok) {
        return answer;
      }

      const {info} = answer.value;
      return info === undefined
        ? {ok: false, failure: {kind: 'not-zenml', contentType: 'application/json'}}
        : {...answer, value: info};
    },
    fetchCurrentUser: async signal => fetchOne('current-user', [], currentUserOf, signal),
    fetchProjects: async signal => {
      const query = listQuery({projectId: undefined, size: mostProjects}, 'asc:created');
      const answer = await fetchPage('projects', query, projectOf, signal);
      return answer.ok ? {...answer, value: answer.value.items} : answer;
    },
    fetchProject: async (nameOrId, signal) =>
      fetchOne(`projects/${part(nameOrId)}`, [hydrate(false)], body => projectOf(record(body)), signal),
    fetchRuns: async (query, signal) => {
      const pairs = listQuery(query, 'desc:created', [hydrate(query.isHydrated ?? false)]);
      const answer = await fetchPage('runs', pairs, runOf, signal);
      return answer.ok
        ? {...answer, value: {...answer.value, items: asFiltered(answer.value.items, query.filters)}}
        : answer;
    },
    fetchRun: async (id, isHydrated, signal) =>
      fetchOne(`runs/${part(id)}`, [hydrate(isHydrated)], body => runOf(record(body)), signal),
    fetchRunWithStepMetadata: async (id, signal) =>
      fetchOne(
        `runs/${part(id)}`,
        [hydrate(true), ['include_full_metadata', 'true']],
        body => {
          const run = runOf(record(body));
          return run && {run, metadata: jsonRecord(record(record(body)['metadata'])['run_metadata'])};
        },
        signal,
      ),
    fetchDag: async (id, signal) => fetchOne(`runs/${part(id)}/dag`, [], dagOf, signal),
    fetchPlannedSteps: async (snapshotId, signal) =>
      fetchOne(`pipeline_deployments/${part(snapshotId)}`, [hydrate(true)], plannedDagOf, signal),
    fetchSteps: async (id, query, signal) =>
      fetchPage(`runs/${part(id)}/steps`, listQuery(query, 'asc:created'), attemptOf, signal),
    fetchStepDetails: async ({runId, ...query}, signal) => {
      const ofRun = runId === undefined ? [] : [['pipeline_run_id', runId] as const];
      const pairs = listQuery(query, 'asc:created', [...ofRun, hydrate(true)]);
      const answer = await fetchPage(
        'steps',
        pairs,
        item => {
          const detail = stepDetailOf(item);
          return detail && {id: detail.attempt.id, detail};
        },
        signal,
      );
      return answer.ok
        ? {...answer, value: {...answer.value, items: answer.value.items.map(({detail}) => detail)}}
        : answer;
    },
    fetchStep: async (id, signal) =>
      fetchOne(`steps/${part(id)}`, [hydrate(true)], body => stepDetailOf(record(body)), signal),
    fetchStepLogs: async (id, query, signal) => fetchLogs(`steps/${part(id)}/logs`, query, signal),
    fetchRunLogs: async (id, query, signal) => fetchLogs(`runs/${part(id)}/logs`, query, signal),
    fetchArtifactVersion: async (id, signal) =>
      fetchOne(`artifact_versions/${part(id)}`, [hydrate(true)], body => artifactVersionDetailOf(record(body)), signal),
    fetchPipelineId: async (name, projectId, signal) => {
      const query = listQuery({projectId, size: 1, filters: {name: `equals:${name}`}}, 'desc:created');
      const answer = await fetchPage('pipelines', query, pipelineOf, signal);
      return answer.ok ? {...answer, value: answer.value.items[0]?.id} : answer;
    },
    stopRun: async (id, isGraceful, signal) =>
      act({method: 'POST', path: `runs/${part(id)}/stop`, query: [['graceful', String(isGraceful)]]}, signal),
    refreshRun: async (id, signal) => {
      const path = `runs/${part(id)}/refresh`;
      const answer = await act({method: 'POST', path}, signal);
      // Up to 0.83 the same is a GET.
      return !answer.ok && answer.failure.kind === 'no-route' ? act({path}, signal) : answer;
    },
  };
};
