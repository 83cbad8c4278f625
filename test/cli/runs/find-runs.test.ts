import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Client, RunsQuery} from '../../../src/api/client.js';
import {fetchRunListing} from '../../../src/cli/runs/find-runs.js';
import type {Connection} from '../../../src/connection/open-connection.js';
import {succeedWith} from '../../../src/connection/problem.js';
import {toProjectId, toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import {never} from '../../api/recorded.js';
import {aDag, aDagStep, aRun, aServerInfo, at} from '../../support/builders.js';

const timing = {requestedAt: at(0), respondedAt: at(1), serverDateAt: undefined};
const all = {statuses: [], pipeline: undefined, user: undefined};

/** The newer runs have the higher numbers. */
const aListedRun = (number: number, changes: Partial<Run> = {}): Run =>
  aRun({id: toRunId(`run-${number}`), status: 'completed', createdAt: at(number), ...changes});

/** A connection to a server with these runs, newest first; `getPage` returns a page of those that pass the filters. */
const connect = (
  runs: readonly Run[],
  getPage = (found: readonly Run[], {page = 1, size}: RunsQuery) => found.slice((page - 1) * size, page * size),
) => {
  const queries: RunsQuery[] = [];
  const fetchRuns: Client['fetchRuns'] = async query => {
    queries.push(query);
    const {status, isInProgress} = query.filters ?? {};
    const found = runs.filter(
      run => (status === undefined || run.status === status) && (isInProgress === undefined || run.isInProgress),
    );
    const items = getPage(found, query);
    return {ok: true, value: {items, index: 1, pageCount: 1, total: found.length}, timing};
  };
  const fetchDag: Client['fetchDag'] = async () => {
    const steps = [
      aDagStep({name: 'failed', status: {status: 'failed', statusWord: 'failed'}}),
      aDagStep({name: 'other', status: {status: 'running', statusWord: 'running'}}),
    ];
    return {ok: true, value: aDag({steps}), timing};
  };
  const connection = {
    client: {fetchRuns, fetchDag},
    serverInfo: Promise.resolve({ok: true, value: aServerInfo({version: '0.98.0'}), timing}),
    findProject: async () => succeedWith({id: toProjectId('p'), name: 'default', origin: 'flag'}),
  } as unknown as Connection;
  return {connection, queries};
};

const listIds = async (connection: Connection, options: Parameters<typeof fetchRunListing>[1]) => {
  const listing = await fetchRunListing(connection, options, never);
  assert.ok(listing.ok);
  return listing.value.runs.map(({id}) => id);
};

describe('the listed runs', () => {
  test('begin with an old run that is still running', async () => {
    const {connection} = connect([aListedRun(3), aListedRun(2), aListedRun(1, {status: 'running'})]);
    assert.deepEqual(await listIds(connection, {...all, limit: 2}), ['run-1', 'run-3']);
  });

  test('begin with an old run that has failed while other steps are still running, also with --status failed', async () => {
    const failed = {status: 'failed'} as const;
    const {connection} = connect([
      aListedRun(3, failed),
      aListedRun(2, failed),
      aListedRun(1, {...failed, isInProgress: true}),
    ]);
    assert.deepEqual(await listIds(connection, {...all, limit: 2}), ['run-1', 'run-3']);
    assert.deepEqual(await listIds(connection, {...all, statuses: ['failed'], limit: 2}), ['run-1', 'run-3']);
  });

  test('are not searched for runs in progress if the wanted status rules them out', async () => {
    const {connection, queries} = connect([aListedRun(1)]);
    await listIds(connection, {...all, statuses: ['completed'], limit: 2});
    assert.equal(queries.length, 1);
  });

  test('reach the limit although a run moves to the next page while the pages are fetched', async () => {
    const runs = Array.from({length: 1500}, (_, index) => aListedRun(1500 - index));
    const {connection} = connect(runs, (found, {page = 1, size, filters}) => {
      // A run has started since the first page was fetched.
      const shift = filters?.isInProgress === true || page === 1 ? 0 : 1;
      return found.slice((page - 1) * size - shift, page * size - shift);
    });
    const ids = await listIds(connection, {...all, limit: 1000});
    assert.deepEqual(
      ids,
      runs.slice(0, 1000).map(({id}) => id),
    );
  });

  test('end if the server repeats a page', async () => {
    const runs = Array.from({length: 1500}, (_, index) => aListedRun(1500 - index));
    const {connection, queries} = connect(runs, (found, {size}) => found.slice(0, size));
    assert.equal((await listIds(connection, {...all, limit: 1000})).length, 500);
    assert.ok(queries.length <= 3, `${queries.length} requests`);
  });
});
