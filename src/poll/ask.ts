import type {Answer} from '../api/answer.js';
import type {Client} from '../api/client.js';
import type {Instant} from '../domain/instant.js';
import type {News, Query} from '../store/query.js';

/** Rows that were written but not yet visible when we asked, and clocks that differ between replicas: asked for again. */
const overlapMs = 1000;

/** Asks the server what `query` says, and says what came as news. */
export const ask = async (client: Client, query: Query, signal: AbortSignal): Promise<Answer<News>> => {
  switch (query.kind) {
    case 'info':
      return as(await client.fetchServerInfo(signal), info => ({kind: 'info', info}));

    case 'run':
      return as(await client.fetchRun(query.runId, query.isHydrated, signal), run => ({
        kind: 'run',
        run,
        isHydrated: query.isHydrated,
      }));

    case 'other-run':
      return as(await client.fetchRun(query.runId, false, signal), run => ({kind: 'other-run', run}));

    case 'dag':
      return as(await client.fetchDag(query.runId, signal), dag => ({kind: 'dag', runId: query.runId, dag}));

    case 'planned':
      return as(await client.fetchPlannedSteps(query.snapshotId, signal), dag => ({
        kind: 'dag',
        runId: query.runId,
        dag,
      }));

    case 'steps': {
      const {runId, slice, size, projectId} = query;
      const answer = await client.fetchSteps(
        runId,
        {projectId, size, ...rowsOfSlice(slice, query.updatedSince)},
        signal,
      );
      return as(answer, page => ({kind: 'steps', runId, slice, page, size}));
    }

    case 'step':
      return as(await client.fetchStep(query.stepId, signal), detail => ({kind: 'step', detail}));
  }
};

const as = <T>(answer: Answer<T>, toNews: (value: T) => News): Answer<News> =>
  answer.ok ? {...answer, value: toNews(answer.value)} : answer;

type Slice = Extract<Query, {readonly kind: 'steps'}>['slice'];

const unfinished = ['running', 'retrying', 'provisioning', 'initializing', 'queued', 'stopping', 'cancelling'];

const rowsOfSlice = (slice: Slice, updatedSince: Instant | undefined) => {
  switch (slice) {
    case 'newest':
      return {sortBy: 'desc:updated'};

    case 'retried':
      return {sortBy: 'desc:updated', filters: {status: 'retried'}};

    case 'delta':
      return {
        sortBy: 'asc:updated',
        ...(updatedSince === undefined ? {} : {updatedSince: updatedSince - overlapMs}),
      };

    case 'live':
      return {sortBy: 'desc:updated', filters: {status: `oneof:${JSON.stringify(unfinished)}`}};
  }
};
