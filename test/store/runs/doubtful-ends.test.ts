import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {fetchRunWithEnd} from '../../../src/cli/runs/fetch-run-with-end.js';
import {toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import {isRowInProgress} from '../../../src/domain/run-row.js';
import {fetchListingNews} from '../../../src/poll/fetch-listing-news.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {ListingQuery} from '../../../src/store/runs/listing.js';
import {createInitialState, type State} from '../../../src/store/state.js';
import {createReplayingClient, never, readRecording} from '../../api/recorded.js';
import {aServerInfo} from '../../support/builders.js';
import {createListArrival} from '../../support/run-lists.js';
import {aSession, createArrival, reduceAll} from '../../support/watching.js';

const id = toRunId('1');
const recordedAt = Date.parse('2026-11-24T09:00:00Z');

const readFailedRun = async (version: string): Promise<Run> => {
  const run = await createReplayingClient(readRecording(version, 'run_fail')).client.fetchRun(id, true, never);
  assert.ok(run.ok);
  assert.deepEqual([run.value.status, run.value.isInProgress], ['failed', true]);
  return run.value;
};

/** The list on the screen before and after the graph of the run arrives, as recorded on a server of version `recordedVersion`. */
const getListsAroundGraph = async (
  run: Run,
  version: string,
  recordedVersion: string,
): Promise<readonly [before: State, after: State]> => {
  const before = reduceAll(
    createInitialState(aSession(), {now: recordedAt, size: {columns: 120, rows: 30}, runId: undefined}),
    createArrival('info', {kind: 'info', info: aServerInfo({version})}, recordedAt),
    createListArrival([run]),
  );
  const needs = getNeeds(before).filter(({query}) => query.kind === 'run-progress');
  assert.equal(needs.length, 1, 'nothing is requested besides the graph that is fetched for the progress');
  const {client} = createReplayingClient(readRecording(recordedVersion, 'dag_fail'), {status: 503, body: ''});
  const news = await fetchListingNews(client, needs[0]!.query as ListingQuery, never);
  assert.ok(news.ok);
  return [before, reduceAll(before, createArrival(needs[0]!.key, news.value, recordedAt))];
};

const getRow = (state: State, run: Run) => state.runs.rowsById.get(run.id)!;

describe('the end of a failed run that its server still reports as in progress', () => {
  test.each([
    ['0.85.0', '0.85.0'],
    ['0.90.0', '0.90.0'],
    ['0.92.0', '0.92.0'],
    ['0.98.0', '0.92.0'],
  ])(
    'is the same on the screen as in the output of `zentop runs`, on a server of version %s',
    async (version, recordedVersion) => {
      const run = await readFailedRun(recordedVersion);
      const [before, after] = await getListsAroundGraph(run, version, recordedVersion);
      const {client} = createReplayingClient(readRecording(recordedVersion, 'dag_fail'));
      const listedRun = await fetchRunWithEnd(client, run, {server: aServerInfo({version}), now: recordedAt}, never);
      const row = getRow(after, run);
      assert.deepEqual([row.isInProgress, row.endedAt], [false, listedRun.endedAt]);
      assert.ok((row.endedAt ?? 0) > (run.endedAt ?? 0), 'later than the first failure');
      assert.ok(
        isRowInProgress(getRow(before, run)) || getRow(before, run).endedAt === undefined,
        'no wrong end is shown in the meantime',
      );
    },
  );

  test('is kept when the list returns the run again', async () => {
    const run = await readFailedRun('0.92.0');
    const [, known] = await getListsAroundGraph(run, '0.92.0', '0.92.0');
    const again = reduceAll(known, createListArrival([{...run, tags: ['checked']}], {subset: 'delta'}));
    assert.deepEqual(getRow(again, run).tags, ['checked']);
    assert.equal(getRow(again, run).endedAt, getRow(known, run).endedAt);
  });
});
