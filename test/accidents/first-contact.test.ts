import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {createHttpTransport} from '../../src/api/http-transport.js';
import type {Transport} from '../../src/api/transport.js';
import {type OpenedRun, openRun} from '../../src/cli/opening/open-run.js';
import {type Opening, startOpening} from '../../src/cli/opening/start-opening.js';
import type {Problem} from '../../src/connection/problem.js';
import type {World} from '../../src/connection/world.js';
import {formatFailure} from '../../src/format/failure-words.js';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {createHandClock, type HandClock} from '../support/hand-clock.js';
import {accidents} from './faults.js';

const second = 1000;
const latencyMs = 40;

let server: DemoServer;
let clock: HandClock;
let isHanging = false;
afterEach(() => server.close());

/** Starts to open the run of a demo server, with real HTTP and a clock that the test advances. */
const start = async (): Promise<Opening<OpenedRun>> => {
  const underWay = new Set<Promise<unknown>>();
  clock = createHandClock(undefined, async () => {
    while (underWay.size > 0) {
      await Promise.allSettled(underWay);
    }
  });
  server = await startDemoServer({scenario: 'failure', clock});
  const transport = createHttpTransport({
    serverUrl: server.url,
    now: clock.now,
    requestTimeoutMs: 30_000,
    version: 'test',
  });
  const wait = (ms: number): Promise<void> => new Promise(resolve => void clock.after(ms, resolve));
  const delayedTransport: Transport = async (request, signal) => {
    if (isHanging) {
      await wait(10 * second);
      return {ok: false, failure: {kind: 'timed-out', afterMs: 10 * second}};
    }

    const response = transport(request, signal);
    underWay.add(response);
    const result = await response.finally(() => underWay.delete(response));
    await wait(latencyMs);
    return result;
  };
  const world: World = {
    env: {ZENML_STORE_URL: server.url},
    homeFolder: '/nowhere',
    cwd: '/nowhere',
    platform: 'linux',
    now: clock.now,
    readText: async () => undefined,
    listFolder: async () => undefined,
    readModifiedAt: async () => undefined,
  };
  const time = {clock, random: () => 1, start: () => {}, replay: undefined};
  const connection = {server: undefined, project: undefined, apiKeyFile: undefined};
  return startOpening(
    (signal, {onConnection}) =>
      openRun(
        world,
        {run: server.runId, pipeline: undefined, connection},
        {openTransport: () => delayedTransport, time, onConnection},
        signal,
      ),
    {time, intervalMs: second, giveUpAfterMs: Number.POSITIVE_INFINITY},
  );
};

/** Returns an object to which the outcome of the opening is added as soon as it is known. */
const observe = (opening: Opening<OpenedRun>) => {
  const seen: {problem?: Problem; isOpen?: boolean} = {};
  void opening.outcome.then(outcome => Object.assign(seen, outcome.ok ? {isOpen: true} : {problem: outcome.problem}));
  return seen;
};

/** Failures that only a person can resolve: they are reported at once, in a sentence, instead of being retried. */
const namesOfFinalAccidents = new Set([
  'a burst of 401s',
  'error 403',
  'a login page in place of the API',
  'meaningless responses',
]);

const assertOpensInTime = async (opening: Opening<OpenedRun>, seen: ReturnType<typeof observe>): Promise<void> => {
  const announcedMs = Math.max(0, (opening.getState().pendingRetry?.retryAt ?? 0) - clock.now());
  await clock.advance(announcedMs + second);
  assert.equal(seen.isOpen, true, `not open ${announcedMs + second} ms later`);
};

describe('first contact', () => {
  for (const {name, respond, expected} of accidents) {
    const isFinal = namesOfFinalAccidents.has(name);
    const what = isFinal ? 'reports it at once' : 'retries without a burst, and opens the run as soon as possible';
    test(`${name}: ${what}`, async () => {
      const opening = await start();
      let nth = -1;
      server.interfere(() => {
        nth += 1;
        return respond(nth);
      });
      const seen = observe(opening);
      await clock.advance(20 * second);
      if (isFinal) {
        assert.equal(seen.problem?.exitCode, 4);
        assert.match(seen.problem.message, /^[A-Z“h].*\.$/);
        assert.ok(server.requests.length <= 5, `${server.requests.length} requests`);
        return;
      }

      assert.ok(server.requests.length <= 70, `${server.requests.length} requests in 20 s`);
      if (expected === undefined) {
        assert.equal(seen.isOpen, true, 'the run opened during the failure');
      } else {
        assert.match(formatFailure(opening.getState().pendingRetry!.failure), expected);
        server.interfere(undefined);
        await assertOpensInTime(opening, seen);
      }
    });
  }

  test('a server that hangs: retries, and opens the run when it responds', async () => {
    isHanging = true;
    const opening = await start();
    const seen = observe(opening);
    await clock.advance(21 * second);
    assert.match(formatFailure(opening.getState().pendingRetry!.failure), /timed out after 10s/);
    isHanging = false;
    await clock.advance(10 * second);
    await assertOpensInTime(opening, seen);
  });
});
