import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import type {Instant} from '../../src/domain/instant.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import {emptyStepTable, iterateSteps} from '../../src/domain/step-table.js';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import type {State} from '../../src/store/state.js';
import type {DemoRequest} from '../support/demo-server.js';
import {type PolledDemo, startPolledDemo, watchSteps} from '../support/polled.js';

const minute = 60_000;

/** Checks that the store contains what the server returns for all steps. */
const assertAgreement = async ({state, fetchAll}: PolledDemo): Promise<void> => {
  const {dag, attempts} = await fetchAll();
  const openRun = state().openRun!;
  const withoutLogSources = (table: typeof openRun.table) =>
    [...iterateSteps(table)].map(step => ({
      ...step,
      attempts: step.attempts.map(({logSources: _, ...attempt}) => attempt),
    }));
  assert.deepEqual(
    withoutLogSources(openRun.table),
    withoutLogSources(withDag(withAttempts(emptyStepTable, attempts), dag)),
  );
};

const computePercentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

const listAttempts = (state: State): readonly Attempt[] =>
  [...iterateSteps(state.openRun!.table)].flatMap(({attempts}) => attempts);

/** How many milliseconds after each start and each end the store knew of it. */
const computeDelays = (state: State, seenAt: ReadonlyMap<string, Instant>): readonly number[] =>
  listAttempts(state).flatMap(({id, status, startedAt, endedAt}) => {
    const offset = state.clockOffsetMs;
    const start = seenAt.get(id);
    const end = seenAt.get(`${id} ${status === 'retried' ? 'retrying' : status}`);
    return [
      ...(start === undefined || status === 'cached' ? [] : [start + offset - startedAt!]),
      ...(end === undefined || endedAt === undefined ? [] : [end + offset - endedAt]),
    ];
  });

const countBytes = (requests: readonly DemoRequest[]): number => requests.reduce((sum, {bytes}) => sum + bytes, 0);

/** Counts the requests and bytes of each minute. */
const countPerMinute = async (demo: PolledDemo, minutes: number) => {
  const counts: {requests: number; bytes: number}[] = [];
  for (let index = 0; index < minutes; index++) {
    const from = demo.server.requests.length;
    await demo.clock.advance(minute);
    const requests = demo.server.requests.slice(from);
    counts.push({requests: requests.length, bytes: countBytes(requests)});
  }
  return counts;
};

describe('a run watched to its end', () => {
  test.each([
    ['training', 0, 3],
    ['training', 300_000, 3],
    ['training', -86_400_700, 3],
    ['failure', 0, 3],
    ['mapped', 0, 5],
  ] as const)('%s: the store matches the server, whose clock is %i ms ahead', async (scenario, ahead, minutes) => {
    const demo = await startPolledDemo({scenario, serverAheadMs: ahead});
    await demo.clock.advance(minutes * minute);
    assert.equal(selectFreshness(demo.state()).kind, 'over');
    await assertAgreement(demo);
    assert.ok(Math.abs(demo.state().clockOffsetMs - ahead) < 1000, `${demo.state().clockOffsetMs} ms`);
    await demo.stop();
  });

  test('95% of all starts and ends are known within 1.5 s, half of them within 0.8 s', async () => {
    const demo = await startPolledDemo({scenario: 'training'});
    const seenAt = watchSteps(demo);
    await demo.clock.advance(3 * minute);
    const delays = computeDelays(demo.state(), seenAt);
    assert.ok(delays.length > 25, `${delays.length} changes`);
    assert.ok(computePercentile(delays, 0.5) <= 800, `p50 ${computePercentile(delays, 0.5)} ms`);
    assert.ok(computePercentile(delays, 0.95) <= 1500, `p95 ${computePercentile(delays, 0.95)} ms`);
    await demo.stop();
  });

  test('costs at most 75 requests a minute, and only one a minute once it is over', async () => {
    const demo = await startPolledDemo({scenario: 'training', size: {columns: 45, rows: 20}});
    const counts = await countPerMinute(demo, 60);
    for (const {requests} of counts) {
      assert.ok(requests <= 75, `${requests} requests in a minute`);
    }
    for (const {requests} of counts.slice(3)) {
      assert.equal(requests, 1);
    }
    await demo.stop();
  });

  test('transfers less when less happens', async () => {
    const busy = await startPolledDemo({scenario: 'training'});
    const quiet = await startPolledDemo({scenario: 'training', speed: 0.02});
    const [, busyMinute] = await countPerMinute(busy, 2);
    const quietMinutes = (await countPerMinute(quiet, 8)).slice(-3);
    for (const {requests, bytes} of quietMinutes) {
      assert.ok(requests <= 45, `${requests} requests in a quiet minute`);
      assert.ok(bytes < busyMinute!.bytes / 2, `${bytes} bytes in a quiet minute, ${busyMinute!.bytes} in a busy one`);
    }
    await busy.stop();
    await quiet.stop();
  });
});

/** Collects the kinds of freshness from now on. */
const watchFreshness = ({store}: PolledDemo): ReadonlySet<string> => {
  const kinds = new Set<string>();
  store.subscribe(() => kinds.add(selectFreshness(store.get()).kind));
  return kinds;
};

const isList = (path: string): boolean => /\/steps\?/.test(path);
const isDag = (path: string): boolean => /\/dag/.test(path);

describe('a run watched while its server fails', () => {
  test('does not report the errors that servers are known to return while a dynamic run grows', async () => {
    const demo = await startPolledDemo({scenario: 'mapped'});
    await demo.clock.advance(2000);
    const kinds = watchFreshness(demo);
    let count = 0;
    demo.server.interfere(({path}) => {
      count++;
      if (isList(path) && count % 5 === 0) {
        const detail = 'Unable to load the configuration for step x from the database.';
        return {kind: 'response', status: 400, body: ['ValueError', detail]};
      }
      return isDag(path) && count % 2 === 0
        ? {kind: 'response', status: 500, body: ['RuntimeError', "'NoneType' object has no attribute 'config'"]}
        : undefined;
    });
    await demo.clock.advance(5 * minute);
    assert.deepEqual([...kinds].sort(), ['live', 'over']);
    demo.server.interfere(undefined);
    await assertAgreement(demo);
    await demo.stop();
  });

  test.each<[string, Parameters<PolledDemo['server']['interfere']>[0]]>([
    ['drops connections', () => ({kind: 'drop'})],
    ['is down behind a proxy', () => ({kind: 'response', status: 502, body: '<html>Bad Gateway</html>'})],
    ['returns internal errors', () => ({kind: 'response', status: 500, body: 'Internal Server Error'})],
    ['has ended the session', () => ({kind: 'response', status: 401, body: {detail: 'Not authenticated'}})],
    ['sends truncated responses', () => ({kind: 'response', status: 200, body: '{"items": [{"id'})],
    ['limits the rate of requests', () => ({kind: 'response', status: 429, body: {detail: 'Slow down'}})],
  ])('if a server %s for 20 s, the screen keeps its data, marks it as stale and recovers', async (_, decide) => {
    const demo = await startPolledDemo({scenario: 'training'});
    await demo.clock.advance(20_000);
    const stepCount = demo.state().openRun!.table.structure.length;
    demo.server.interfere(decide);
    await demo.clock.advance(8000);
    assert.equal(selectFreshness(demo.state()).kind, 'stale');
    assert.equal(demo.state().openRun!.table.structure.length, stepCount);
    await demo.clock.advance(12_000);
    const from = demo.server.requests.length;
    demo.server.interfere(undefined);
    await demo.clock.advance(16_000);
    assert.equal(selectFreshness(demo.state()).kind, 'live');
    assert.ok(demo.server.requests.length - from < 40, 'a burst');
    await demo.clock.advance(2 * minute);
    await assertAgreement(demo);
    await demo.stop();
  });

  test('requests to an older server do not exclude rows, which it would misinterpret', async () => {
    const demo = await startPolledDemo({scenario: 'training'});
    demo.server.interfere(({path}) =>
      path === '/api/v1/info'
        ? {kind: 'response', status: 200, body: {version: '0.92.0', auth_scheme: 'NO_AUTH'}}
        : path.includes('notoneof')
          ? {kind: 'response', status: 200, body: {index: 1, max_size: 20, total_pages: 1, total: 0, items: []}}
          : undefined,
    );
    await demo.clock.advance(3 * minute);
    assert.ok(!demo.server.requests.some(({path}) => path.includes('notoneof')));
    await assertAgreement(demo);
    await demo.stop();
  });

  test('the started steps are shown even if the server has no /dag, which is requested only once', async () => {
    const demo = await startPolledDemo({scenario: 'training'});
    demo.server.interfere(({path}) =>
      isDag(path) ? {kind: 'response', status: 404, body: {detail: 'Not Found'}} : undefined,
    );
    await demo.clock.advance(3 * minute);
    assert.equal(demo.server.requests.filter(({path}) => isDag(path)).length, 1);
    assert.equal(selectFreshness(demo.state()).kind, 'over');
    demo.server.interfere(undefined);
    const {attempts} = await demo.fetchAll();
    assert.deepEqual(new Set(listAttempts(demo.state()).map(({id}) => id)), new Set(attempts.map(({id}) => id)));
    await demo.stop();
  });
});
