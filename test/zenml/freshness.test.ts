import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {type Exchange, startCountingProxy} from '../support/counting-proxy.js';
import {computeQuantile} from '../support/quantile.js';
import {buildSettings, watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {computeDelays, watchStatuses} from './support/sightings.js';
import {zenmlVersion} from './support/version.js';
import {createEndPattern} from './support/watched-run.js';

/** Counts and total kilobytes of the requests, by kind. */
const formatBreakdown = (exchanges: readonly Exchange[]): string => {
  const kinds = new Map<string, {count: number; bytes: number}>();
  for (const {method, path, responseBytes} of exchanges) {
    const [route = '', query = ''] = path.split('?');
    const names = [...new URLSearchParams(query).keys()].filter(name => !['project', 'sort_by', 'size'].includes(name));
    const kind = `${method} ${route.replace('/api/v1', '').replace(/[0-9a-f-]{36}/g, 'ID')} ${names.join(' ')}`.trim();
    const {count, bytes} = kinds.get(kind) ?? {count: 0, bytes: 0};
    kinds.set(kind, {count: count + 1, bytes: bytes + responseBytes});
  }
  return [...kinds]
    .sort(([, a], [, b]) => b.bytes - a.bytes)
    .map(([kind, {count, bytes}]) => `  ${String(count).padStart(4)} × ${kind}: ${Math.round(bytes / 1000)} kB`)
    .join('\n');
};

const countKilobytes = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((total, {responseBytes}) => total + responseBytes, 0) / 1000;

type StartedRun = {readonly names: readonly string[]; readonly id: string; readonly done: Promise<unknown>};

type Measurement = {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly changes: number;
  readonly requestsPerMinute: number;
  readonly kilobytesPerMinute: number;
  /** The part of `kilobytesPerMinute` that was spent on step rows, which are fetched repeatedly. */
  readonly rowKilobytesPerMinute: number;
  readonly breakdown: string;
};

describe(`how fresh the screen is, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  const startRun = async (steps: number, seconds: string): Promise<StartedRun> => ({
    names: Array.from({length: steps}, (_, index) => `stage_${String(index + 1).padStart(2, '0')}`),
    ...(await server.startRun('slow.py', ['--steps', String(steps), '--seconds', seconds])),
  });

  /** Watches a run through a proxy that counts, from the first frame with data until the end is shown. */
  const measure = async ({names, id, done}: StartedRun): Promise<Measurement> => {
    const proxy = await startCountingProxy(server.url);
    const terminal = watch(server, [id], buildSettings(server, {ZENML_STORE_URL: proxy.url}));
    try {
      const seen = watchStatuses(terminal, names);
      await terminal.waitFor('stage_01');
      const fromMs = performance.now();
      await terminal.waitFor(createEndPattern('completed'));
      const minutes = (performance.now() - fromMs) / 60_000;
      const sent = proxy.exchanges.filter(({atMs}) => atMs >= fromMs);
      await done;
      // A change before the first frame says nothing about freshness.
      const delays = computeDelays(await server.readTruth(id), seen)
        .filter(({name}) => name !== 'stage_01')
        .map(({ms}) => ms);
      return {
        p50Ms: Math.round(computeQuantile(delays, 0.5)),
        p95Ms: Math.round(computeQuantile(delays, 0.95)),
        changes: delays.length,
        requestsPerMinute: Math.round(sent.length / minutes),
        kilobytesPerMinute: Math.round(countKilobytes(sent) / minutes),
        rowKilobytesPerMinute: Math.round(
          countKilobytes(sent.filter(({path}) => /\/runs\/[^/]+\/steps\?/.test(path))) / minutes,
        ),
        breakdown: formatBreakdown(sent),
      };
    } finally {
      terminal.kill('SIGKILL');
      await proxy.stop();
    }
  };

  test('changes appear quickly, and a quiet run receives fewer step rows than a busy one', async () => {
    // Steps of different lengths, so that their ends do not coincide with the requests.
    const busyRun = await startRun(14, '6.3,7.1,5.7,8.3,6.9,5.1,7.7,8.9,6.0,7.4,5.4,8.0,6.6,9.2');
    const measuringBusy = measure(busyRun);
    const [busy, quiet] = await Promise.all([measuringBusy, startRun(2, '30,1').then(measure)]);
    for (const [name, {breakdown, ...numbers}] of Object.entries({busy, quiet})) {
      console.log(`freshness of a ${name} run: ${JSON.stringify(numbers)}\n${breakdown}`);
    }
    // Each of the 13 steps after the first starts and ends; four of these changes may go unseen.
    assert.ok(busy.changes >= 22, `only ${busy.changes} of 26 changes were seen`);
    assert.ok(busy.p50Ms > -100 && busy.p50Ms < 2500, `p50 ${busy.p50Ms} ms`);
    assert.ok(busy.p95Ms < 6000, `p95 ${busy.p95Ms} ms`);
    // With steps that start more than 3 s after the previous one, as on ZenML 0.84, the run itself is fetched in between, too.
    assert.ok(busy.requestsPerMinute <= 65, `${busy.requestsPerMinute} requests a minute`);
    assert.ok(busy.kilobytesPerMinute <= 195, `${busy.kilobytesPerMinute} kB a minute`);
    assert.ok(quiet.rowKilobytesPerMinute < busy.rowKilobytesPerMinute, 'a quiet run receives as many step rows');
  });
});
