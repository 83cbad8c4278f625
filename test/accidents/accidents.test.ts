import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {Secret} from '../../src/connection/secret.js';
import {selectRunRows} from '../../src/store/runs/run-rows.js';
import type {Interference} from '../support/demo-server.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {isThorough} from '../support/test-mode.js';
import {assertFreshness, assertRecovery, headerOf, knownSteps} from './recovery.js';

const second = 1000;

type Accident = {
  readonly name: string;
  /** What stands in the place of an answer, `undefined` for none; `nth` counts the requests from 0. */
  readonly answer: (nth: number) => Interference | undefined;
  /** What the header must say meanwhile. */
  readonly says: RegExp;
  readonly isToldToWait?: boolean;
};

const html = '<!doctype html><title>502 Bad Gateway</title>';
const page = (status: number, body: string): Interference => ({
  kind: 'answer',
  status,
  body,
  headers: {'content-type': 'text/html'},
});
const refusal = (status: number, headers = {}): Interference => ({
  kind: 'answer',
  status,
  body: {detail: ['RuntimeError', 'something is wrong']},
  headers,
});

const accidents: readonly Accident[] = [
  {name: 'error 500', answer: () => refusal(500), says: /500/},
  {name: 'error 502 with a page of HTML', answer: () => page(502, html), says: /502/},
  {name: 'error 503', answer: () => refusal(503), says: /503/},
  {name: 'error 429 without Retry-After', answer: () => refusal(429), says: /429|busy|too many/i},
  {
    name: 'error 429 with Retry-After',
    answer: () => refusal(429, {'retry-after': '7'}),
    says: /429|busy|too many/i,
    isToldToWait: true,
  },
  {
    name: 'error 503 with Retry-After',
    answer: () => refusal(503, {'retry-after': '5'}),
    says: /503/,
    isToldToWait: true,
  },
  {
    name: 'a burst of 401',
    answer: () => ({kind: 'answer', status: 401, body: {detail: ['CredentialsNotValid', 'Authentication error']}}),
    says: /signed/,
  },
  {name: 'error 403', answer: () => refusal(403), says: /allowed|forbidden|may not/i},
  {
    name: 'a login page in place of the API',
    answer: () => page(200, '<html>Sign in</html>'),
    says: /web page|not ZenML|ZenML/i,
  },
  {name: 'connections that break off', answer: () => ({kind: 'drop'}), says: /reset|closed|broke|hung|cut|connection/i},
  {
    name: 'answers without sense',
    answer: () => ({kind: 'answer', status: 200, body: {items: 'none', nodes: 3, body: []}}),
    says: /read|answer|sense/i,
  },
  {name: 'every second answer lost', answer: nth => (nth % 2 === 0 ? refusal(502) : undefined), says: /./},
];

/** How far into a pause the fault ends, in milliseconds. */
const moments = isThorough ? [0, 300, 600, 900] : [300];

describe('accidents on the way to the server', () => {
  let demo: PolledDemo;
  afterEach(() => demo.stop());

  for (const {name, answer, says, isToldToWait = false} of accidents) {
    test(`${name}: what was known stays, its age and why are told, and the end is the true one`, async context => {
      for (const moreMs of moments) {
        demo = await startPolledDemo({scenario: 'failure'});
        await demo.clock.advance(12 * second);
        const known = knownSteps(demo);
        assert.equal(known.length, 9);

        let nth = -1;
        demo.server.interfere(() => {
          nth += 1;
          return answer(nth);
        });
        const asked = demo.server.requests.length;
        await demo.clock.advance(20 * second + moreMs);
        const during = demo.server.requests.slice(asked);
        assert.deepEqual(knownSteps(demo), known);
        assert.match(headerOf(demo), says);
        assert.ok(during.length <= 50, `${during.length} requests in 20 s`);
        assert.ok(
          mostWithin(
            during.map(({at}) => at),
            second,
          ) <= 5,
          'no burst',
        );

        demo.server.interfere(undefined);
        await assertRecovery(context, demo, {requests: during.length, isToldToWait});
        await demo.stop();
      }
    });
  }

  for (const [what, isRefused] of [
    ['every token is refused', (path: string) => !/\/(login|info)/.test(path)],
    ['every token, and the password too, is refused', (path: string) => !path.includes('/info')],
  ] as const) {
    test(`a burst of 401 in which ${what}: we are not signed in again each second`, async context => {
      const [username, password] = ['ada', 'lovelace'];
      const auth = {username, password, apiKey: 'ZENKEY_1'};
      const grant = {kind: 'password', username, password: new Secret(password)} as const;
      demo = await startPolledDemo({scenario: 'failure', auth, grant});
      await demo.clock.advance(12 * second);
      const known = knownSteps(demo);
      assert.equal(known.length, 9);

      const body = {detail: ['CredentialsNotValid', 'Authentication error']};
      demo.server.interfere(({path}) => (isRefused(path) ? {kind: 'answer', status: 401, body} : undefined));
      const asked = demo.server.requests.length;
      await demo.clock.advance(20 * second);
      const during = demo.server.requests.slice(asked);
      assert.deepEqual(knownSteps(demo), known);
      assert.match(headerOf(demo), /signed/);
      const signIns = during.filter(({path}) => path.includes('/login')).length;
      assert.ok(signIns <= 4, `${signIns} times signed in within 20 s`);
      demo.server.interfere(undefined);
      await assertRecovery(context, demo, {requests: during.length});
    });
  }

  for (const {name, answer, isToldToWait = false} of accidents) {
    test(`on the list of runs, ${name}: what was known stays and is fresh again as soon`, async context => {
      for (const moreMs of moments) {
        demo = await startPolledDemo({scenario: 'failure', isList: true});
        await demo.clock.advance(12 * second);
        const known = rowsOf(demo);
        assert.ok(known.length > 0);
        let nth = -1;
        demo.server.interfere(() => {
          nth += 1;
          return answer(nth);
        });
        const asked = demo.server.requests.length;
        await demo.clock.advance(20 * second + moreMs);
        assert.deepEqual(rowsOf(demo), known);
        const requests = demo.server.requests.length - asked;
        assert.ok(requests <= 50, `${requests} requests in 20 s`);
        demo.server.interfere(undefined);
        await assertFreshness(context, demo, {requests, isToldToWait});
        await demo.stop();
      }
    });
  }

  test('an outage of an hour is asked after ever more rarely, and the end is seen within seconds', async context => {
    demo = await startPolledDemo({scenario: 'failure'});
    await demo.clock.advance(12 * second);
    demo.server.interfere(() => refusal(502));
    const perTenMinutes: number[] = [];
    for (let tenth = 0; tenth < 6; tenth += 1) {
      const asked = demo.server.requests.length;
      await demo.clock.advance(600 * second);
      perTenMinutes.push(demo.server.requests.length - asked);
    }

    const [first = 0, ...others] = perTenMinutes;
    assert.ok(first <= 160, `${first} requests in the first ten minutes`);
    assert.ok(
      others.every(count => count < first && count <= 80),
      `${perTenMinutes}`,
    );
    demo.server.interfere(undefined);
    await assertRecovery(context, demo, {
      requests: perTenMinutes.reduce((sum, count) => sum + count),
      isToldToWait: true,
    });
  });

  test('a machine that slept asks once for what it missed, and not for every second of it', async () => {
    demo = await startPolledDemo({scenario: 'failure'});
    await demo.clock.advance(12 * second);
    const asked = demo.server.requests.length;
    demo.clock.jump(3600 * second);
    await demo.clock.advance(10 * second);
    const after = demo.server.requests.slice(asked);
    assert.ok(after.length <= 20, `${after.length} requests`);
    assert.equal(demo.state().watch?.run?.status, 'failed');
    assert.ok(demo.state().watch?.overAt !== undefined);
  });

  test('nothing is asked after leaving', async () => {
    demo = await startPolledDemo({scenario: 'failure'});
    await demo.clock.advance(5 * second);
    await demo.stop();
    const asked = demo.server.requests.length;
    await demo.clock.advance(60 * second);
    assert.equal(demo.server.requests.length, asked);
    assert.equal(demo.clock.timers(), 0);
  });
});

const rowsOf = ({state}: PolledDemo): readonly string[] => selectRunRows(state()).rows.map(({name}) => name);

const mostWithin = (instants: readonly number[], ms: number): number =>
  Math.max(0, ...instants.map((from, at) => instants.slice(at).filter(instant => instant - from < ms).length));
