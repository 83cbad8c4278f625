import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Client} from '../../../src/api/client.js';
import {fetchPastRuns} from '../../../src/cli/opening/fetch-past-runs.js';
import {type RunId, toRunId} from '../../../src/domain/ids.js';
import {emptyStepTable} from '../../../src/domain/step-table.js';
import {aDag, aRun, at} from '../../support/builders.js';

const timing = {requestedAt: at(0), respondedAt: at(1), serverDateAt: undefined};
const run = aRun({createdAt: at(0), isDynamic: false});
const pastRuns = [2, 3, 4].map(number =>
  aRun({
    id: toRunId(`${number}1111111-1111-4111-8111-111111111111`),
    status: 'completed',
    createdAt: at(-100 * number),
    startedAt: at(-100 * number),
    endedAt: at(-50 * number),
  }),
);
const signal = new AbortController().signal;

test('the graphs of previous runs are requested together, and come back in the order of the runs', async () => {
  const requestedIds: RunId[] = [];
  const resolvers: (() => void)[] = [];
  const client = {
    fetchRuns: async () => ({ok: true, value: {items: pastRuns, index: 1, pageCount: 1, total: 3}, timing}),
    fetchDag: (id: RunId) => {
      requestedIds.push(id);
      return new Promise(resolve => resolvers.push(() => resolve({ok: true, value: aDag(), timing})));
    },
  } as unknown as Client;
  const fetched = fetchPastRuns(client, run, emptyStepTable, signal);
  await new Promise(setImmediate);
  assert.equal(requestedIds.length, 3);
  for (const resolveOne of resolvers.reverse()) {
    resolveOne();
  }

  assert.deepEqual(
    (await fetched).map(({id}) => id),
    pastRuns.map(({id}) => id),
  );
});

test('a previous run whose graph the server does not return is left out', async () => {
  const client = {
    fetchRuns: async () => ({ok: true, value: {items: pastRuns, index: 1, pageCount: 1, total: 3}, timing}),
    fetchDag: async (id: RunId) =>
      id === pastRuns[1]?.id
        ? {ok: false, failure: {kind: 'timed-out', afterMs: 1000}}
        : {ok: true, value: aDag(), timing},
  } as unknown as Client;
  const fetched = await fetchPastRuns(client, run, emptyStepTable, signal);
  assert.deepEqual(
    fetched.map(({id}) => id),
    [pastRuns[0]?.id, pastRuns[2]?.id],
  );
});
