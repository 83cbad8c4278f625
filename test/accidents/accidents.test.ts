import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {Secret} from '../../src/connection/secret.js';
import {selectRunRows} from '../../src/store/runs/run-rows.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {isThorough} from '../support/test-mode.js';
import {accidents, createRefusal} from './faults.js';
import {assertFreshness, assertRecovery, getHeader, getStepNames} from './recovery.js';

const second = 1000;

/** How far into a pause between two requests the fault ends, in milliseconds. */
const moments = isThorough ? [0, 300, 600, 900] : [300];

describe('failures of the server', () => {
  let demo: PolledDemo;
  afterEach(() => demo.stop());

  for (const {name, respond, expected, hasRetryAfter = false} of accidents) {
    const shown = expected === undefined ? 'and stays live' : 'shows their age and the error, and recovers';
    test(`${name}: keeps the steps, ${shown}`, async context => {
      for (const moreMs of moments) {
        demo = await startPolledDemo({scenario: 'failure'});
        await demo.clock.advance(12 * second);
        const namesBefore = getStepNames(demo);
        assert.equal(namesBefore.length, 9);

        let nth = -1;
        demo.server.interfere(() => {
          nth += 1;
          return respond(nth);
        });
        const requestsBefore = demo.server.requests.length;
        await demo.clock.advance(20 * second + moreMs);
        const requests = demo.server.requests.slice(requestsBefore);
        assert.deepEqual(getStepNames(demo), namesBefore);
        if (expected === undefined) {
          assert.match(getHeader(demo), /● live/);
        } else {
          assert.match(getHeader(demo), / stale [23]\ds /);
          assert.match(getHeader(demo), expected);
        }

        assert.ok(requests.length <= 50, `${requests.length} requests in 20 s`);
        assert.ok(
          getMaxCountWithin(
            requests.map(({at}) => at),
            second,
          ) <= 8,
          'no burst: at most four requests, each sent again once',
        );

        demo.server.interfere(undefined);
        await assertRecovery(context, demo, {requests: requests.length, hasLongPause: hasRetryAfter});
        await demo.stop();
      }
    });
  }

  for (const [what, isRefused] of [
    ['every token is refused', (path: string) => !/\/(login|info)/.test(path)],
    ['every token and the password are refused', (path: string) => !path.includes('/info')],
  ] as const) {
    test(`a burst of 401s in which ${what}: does not sign in every second`, async context => {
      const [username, password] = ['ada', 'lovelace'];
      const auth = {username, password, apiKey: 'ZENKEY_1'};
      const grant = {kind: 'password', username, password: new Secret(password)} as const;
      demo = await startPolledDemo({scenario: 'failure', auth, grant});
      await demo.clock.advance(12 * second);
      const namesBefore = getStepNames(demo);
      assert.equal(namesBefore.length, 9);

      const body = {detail: ['CredentialsNotValid', 'Authentication error']};
      demo.server.interfere(({path}) => (isRefused(path) ? {kind: 'response', status: 401, body} : undefined));
      const requestsBefore = demo.server.requests.length;
      await demo.clock.advance(20 * second);
      const requests = demo.server.requests.slice(requestsBefore);
      assert.deepEqual(getStepNames(demo), namesBefore);
      assert.match(getHeader(demo), /signed out/);
      const signIns = requests.filter(({path}) => path.includes('/login')).length;
      assert.ok(signIns <= 4, `${signIns} sign-ins in 20 s`);
      demo.server.interfere(undefined);
      await assertRecovery(context, demo, {requests: requests.length});
    });
  }

  for (const {name, respond, hasRetryAfter = false} of accidents) {
    test(`${name}, on the list of runs: keeps the runs, and recovers as quickly as the screen of a run`, async context => {
      for (const moreMs of moments) {
        demo = await startPolledDemo({scenario: 'failure', isList: true});
        await demo.clock.advance(12 * second);
        const namesBefore = getRunNames(demo);
        assert.ok(namesBefore.length > 0);
        let nth = -1;
        demo.server.interfere(() => {
          nth += 1;
          return respond(nth);
        });
        const requestsBefore = demo.server.requests.length;
        await demo.clock.advance(20 * second + moreMs);
        assert.deepEqual(getRunNames(demo), namesBefore);
        const requests = demo.server.requests.length - requestsBefore;
        assert.ok(requests <= 50, `${requests} requests in 20 s`);
        demo.server.interfere(undefined);
        await assertFreshness(context, demo, {requests, hasLongPause: hasRetryAfter});
        await demo.stop();
      }
    });
  }

  test('during an outage of an hour, polls become rarer, and its end is seen when the next poll was announced', async context => {
    demo = await startPolledDemo({scenario: 'failure'});
    await demo.clock.advance(12 * second);
    demo.server.interfere(() => createRefusal(502));
    const perTenMinutes: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      const requestsBefore = demo.server.requests.length;
      await demo.clock.advance(600 * second);
      perTenMinutes.push(demo.server.requests.length - requestsBefore);
    }

    const [first = 0, ...laterCounts] = perTenMinutes;
    assert.ok(first <= 160, `${first} requests in the first ten minutes`);
    assert.ok(
      laterCounts.every(count => count < first && count <= 80),
      `${perTenMinutes}`,
    );
    demo.server.interfere(undefined);
    await assertRecovery(context, demo, {
      requests: perTenMinutes.reduce((sum, count) => sum + count),
      hasLongPause: true,
    });
  });

  test('after the machine wakes from sleep, a few requests fetch what was missed', async () => {
    demo = await startPolledDemo({scenario: 'failure'});
    await demo.clock.advance(12 * second);
    const requestsBefore = demo.server.requests.length;
    demo.clock.jump(3600 * second);
    await demo.clock.advance(10 * second);
    const requests = demo.server.requests.slice(requestsBefore);
    assert.ok(requests.length <= 20, `${requests.length} requests`);
    assert.equal(demo.state().openRun?.run?.status, 'failed');
    assert.ok(demo.state().openRun?.overAt !== undefined);
  });

  test('no request is sent after quitting', async () => {
    demo = await startPolledDemo({scenario: 'failure'});
    await demo.clock.advance(5 * second);
    await demo.stop();
    const requestsBefore = demo.server.requests.length;
    await demo.clock.advance(60 * second);
    assert.equal(demo.server.requests.length, requestsBefore);
    assert.equal(demo.clock.countTimers(), 0);
  });
});

const getRunNames = ({state}: PolledDemo): readonly string[] => selectRunRows(state()).rows.map(({name}) => name);

const getMaxCountWithin = (instants: readonly number[], ms: number): number =>
  Math.max(0, ...instants.map((from, index) => instants.slice(index).filter(instant => instant - from < ms).length));
