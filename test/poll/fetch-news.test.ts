import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Client, StepsQuery} from '../../src/api/client.js';
import {isFinished, statuses} from '../../src/domain/status.js';
import {fetchNews} from '../../src/poll/fetch-news.js';
import {aRun} from '../support/builders.js';

test('requests the rows of every status that is not finished, and of no other', async () => {
  const queries: StepsQuery[] = [];
  const client = {
    fetchSteps: async (_runId: string, query: StepsQuery) => {
      queries.push(query);
      return {ok: true, value: {items: [], index: 1, pageCount: 1, total: 0}};
    },
  } as unknown as Client;
  const {id: runId, projectId} = aRun();
  const query = {
    kind: 'steps',
    subset: 'live',
    runId,
    projectId,
    size: 100,
    updatedSince: undefined,
    exceptIds: [],
  } as const;

  await fetchNews(client, query, new AbortController().signal);
  assert.deepEqual(queries[0]?.filters, {status: {oneOf: statuses.filter(status => !isFinished(status))}});
});
