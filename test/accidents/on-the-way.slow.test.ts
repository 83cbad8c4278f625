import assert from 'node:assert/strict';
import dns from 'node:dns';
import {afterEach, describe, test, vi} from 'vitest';
import {getShownTail} from '../../src/store/logs/shown-log.js';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import {selectRunRows} from '../../src/store/runs/run-rows.js';
import {type Fault, type FaultProxy, startFaultProxy} from '../support/fault-proxy.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {assertFreshness, assertRecovery, getHeader, getStepNames} from './recovery.js';
import {countKind, openLog, startPrinting} from './watching.js';

const second = 1000;
/** Timeouts in milliseconds of real time: short if the server is silent, otherwise long enough for a loaded machine. */
const silenceTimeoutMs = 1500;
const requestTimeoutMs = 30_000;

type Accident = {
  readonly name: string;
  readonly createFault: (nth: number) => Fault | undefined;
  /** How the header must describe the failure; `undefined` if the data must stay live. */
  readonly expected: RegExp | undefined;
  /** Whether a retry costs several requests, so that the next one comes later. */
  readonly hasLongPause?: boolean;
};

const buildJsonFault = (body: string): Fault => ({kind: 'response', status: 200, body});

const accidents: readonly Accident[] = [
  {name: 'slow responses', createFault: () => ({kind: 'late', ms: 50}), expected: undefined},
  {
    name: 'bodies that arrive in small pieces',
    createFault: () => ({kind: 'slow-body', pieces: 5, pauseMs: 10}),
    expected: undefined,
  },
  {name: 'connections that end without a response', createFault: () => ({kind: 'drop'}), expected: /connection reset/},
  {name: 'connections that are reset', createFault: () => ({kind: 'reset'}), expected: /connection reset/},
  {
    name: 'every third connection reset',
    createFault: nth => (nth % 3 === 0 ? {kind: 'reset'} : undefined),
    expected: undefined,
  },
  {name: 'bodies cut in the middle', createFault: () => ({kind: 'cut'}), expected: /connection reset|aborted/},
  {name: 'corrupt bodies', createFault: () => ({kind: 'mangle'}), expected: /unexpected response/},
  {
    name: 'truncated JSON with a matching length',
    createFault: () => buildJsonFault('{"items": [{"id": "'),
    expected: /unexpected response/,
  },
  {name: 'JSON of another type', createFault: () => buildJsonFault('[[[]]]'), expected: /unexpected response/},
  {name: 'bytes that are not HTTP', createFault: () => ({kind: 'garbage'}), expected: /not an HTTP server/},
  {
    name: 'a redirect loop',
    createFault: () => ({kind: 'response', status: 302, body: '', headers: {location: '/api/v1/info'}}),
    expected: /redirect loop/,
    hasLongPause: true,
  },
  {name: 'silence', createFault: () => ({kind: 'silence'}), expected: /timed out/},
  {
    name: 'bodies of 200 MB',
    createFault: () => ({kind: 'flood', bytes: 200 * 1024 * 1024}),
    expected: /response too large/,
  },
  {
    name: 'a clock that is an hour ahead',
    createFault: () => ({kind: 'skewed', ms: 3600 * second}),
    expected: undefined,
  },
  {
    name: 'a clock that is a day behind',
    createFault: () => ({kind: 'skewed', ms: -86_400 * second}),
    expected: undefined,
  },
];

describe('failures between zentop and the server', () => {
  let demo: PolledDemo;
  let proxy: FaultProxy;
  afterEach(async () => {
    await demo.stop();
    await proxy.stop();
    vi.restoreAllMocks();
  });

  const start = async ({
    host = '127.0.0.1',
    isList = false,
    isScreenless = false,
    isSilent = false,
  } = {}): Promise<void> => {
    demo = await startPolledDemo({
      scenario: 'failure',
      isList,
      isScreenless,
      requestTimeoutMs: isSilent ? silenceTimeoutMs : requestTimeoutMs,
      via: async url => {
        proxy = await startFaultProxy(url);
        return proxy.url.replace('127.0.0.1', host);
      },
    });
    await demo.clock.advance(12 * second);
    assert.ok(isList || getStepNames(demo).length === 9);
  };

  for (const {name, createFault, expected, hasLongPause = false} of accidents) {
    const shown =
      expected === undefined ? 'and stays live' : 'shows their age and the error, and recovers at the announced time';
    test(`${name}: keeps the steps, ${shown}`, async context => {
      await start({isSilent: name === 'silence'});
      const namesBefore = getStepNames(demo);
      proxy.setFault(createFault);
      await demo.clock.advance(20 * second);
      assert.deepEqual(getStepNames(demo), namesBefore);
      if (expected === undefined) {
        assert.equal(selectFreshness(demo.state()).kind, 'live', getHeader(demo));
      } else {
        assert.match(getHeader(demo), expected);
        assert.match(getHeader(demo), / [123]\ds /, 'the age is shown');
        assert.ok(proxy.getRequestCount() <= 30, `${proxy.getRequestCount()} requests in 20 s`);
      }

      // Two requests of the poller, and the event stream.
      assert.ok(proxy.getMaxConcurrent() <= 3, `${proxy.getMaxConcurrent()} at once`);
      const requests = proxy.getRequestCount();
      proxy.setFault(undefined);
      await assertRecovery(context, demo, {requests, hasLongPause});
    });
  }

  // `hangs.test.ts` covers silence for all watchers.
  for (const {name, createFault, expected, hasLongPause = false} of accidents.filter(
    ({name: other}) => other !== 'silence',
  )) {
    test(`${name}, on the list of runs: keeps the runs and recovers at the announced time`, async context => {
      await start({isList: true});
      const countBefore = selectRunRows(demo.state()).rows.length;
      proxy.setFault(createFault);
      await demo.clock.advance(20 * second);
      assert.equal(selectRunRows(demo.state()).rows.length, countBefore);
      const requests = proxy.getRequestCount();
      proxy.setFault(undefined);
      await assertFreshness(context, demo, {requests, hasLongPause});
    });

    test(`${name}, on the log tab: keeps the log and recovers at the announced time`, async context => {
      await start();
      openLog(demo, 'convert_amounts');
      await demo.clock.advance(6 * second);
      const countLines = () => getShownTail(demo.state().openRun!).lines.end;
      const countBefore = countLines();
      proxy.setFault(createFault);
      await demo.clock.advance(20 * second);
      assert.ok(countBefore > 0 && countLines() >= countBefore);
      const requests = proxy.getRequestCount();
      proxy.setFault(undefined);
      await assertRecovery(context, demo, {requests, hasLongPause});
    });

    const events = expected === undefined ? 'only the end of the run' : 'the problem, its end and the end of the run';
    for (const output of ['plain', 'json'] as const) {
      test(`${name}, in ${output} output: reports ${events}`, async context => {
        await start({isScreenless: true});
        const getLines = startPrinting(demo, output);
        proxy.setFault(createFault);
        await demo.clock.advance(20 * second);
        assert.equal(countKind(getLines(), 'problem') > 0, expected !== undefined);
        const requests = proxy.getRequestCount();
        proxy.setFault(undefined);
        await assertRecovery(context, demo, {requests, hasLongPause});
        assert.equal(countKind(getLines(), 'recovered'), expected === undefined ? 0 : 1);
        assert.equal(countKind(getLines(), 'end'), 1);
      });
    }
  }

  test('a server restart: keeps the steps and recovers', async context => {
    await start();
    const namesBefore = getStepNames(demo);
    await proxy.close();
    await demo.clock.advance(20 * second);
    assert.deepEqual(getStepNames(demo), namesBefore);
    assert.match(getHeader(demo), /connection refused/);
    await proxy.open();
    await assertRecovery(context, demo, {requests: 0});
  });

  for (const downMs of [2 * second, 40 * second]) {
    test(`a server that comes back with another version after ${downMs / second} s: the version is noticed`, async context => {
      await start();
      assert.equal(demo.state().server?.version, '0.98.0');
      await proxy.close();
      await demo.clock.advance(downMs);
      proxy.setFault(() => ({kind: 'version', version: '0.99.1'}));
      await proxy.open();
      await demo.clock.advance(8 * second);
      assert.equal(demo.state().server?.version, '0.99.1');
      await assertRecovery(context, demo, {requests: 0});
    });
  }

  test('a server that is upgraded between two requests: the version is noticed within ten minutes', async () => {
    await start({isList: true});
    proxy.setFault(() => ({kind: 'version', version: '0.99.1'}));
    await demo.clock.advance(600 * second);
    assert.equal(demo.state().server?.version, '0.99.1');
  });

  test('a failing name server: keeps the steps and recovers', async context => {
    let isFailing = false;
    const lookup = dns.lookup as (...args: readonly unknown[]) => void;
    vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...args: readonly unknown[]) => {
      const callback = args.at(-1) as (error: Error) => void;
      if (host !== 'zenml.test') {
        lookup(host, ...args);
      } else if (isFailing) {
        callback(Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), {code: 'EAI_AGAIN'}));
      } else {
        lookup('127.0.0.1', ...args);
      }
    }) as typeof dns.lookup);
    await start({host: 'zenml.test'});
    const namesBefore = getStepNames(demo);
    isFailing = true;
    // Open connections need no lookup, so end them, as a network change does.
    await proxy.close();
    await proxy.open();
    proxy.setFault(undefined);
    await demo.clock.advance(20 * second);
    assert.deepEqual(getStepNames(demo), namesBefore);
    assert.match(getHeader(demo), /host name lookup failed/);
    assert.equal(proxy.getRequestCount(), 0);
    isFailing = false;
    await assertRecovery(context, demo, {requests: 0});
  });

  test('a machine that slept for eight hours: recovers within one poll interval', async context => {
    await start();
    demo.clock.jump(8 * 3600 * second);
    await assertRecovery(context, demo, {requests: 0});
  });
});
