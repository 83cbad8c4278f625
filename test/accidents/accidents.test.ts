import assert from 'node:assert/strict';
import {afterAll, afterEach, describe, test} from 'vitest';
import type {Interference} from '../../src/demo/server.js';
import {latestAttempt} from '../../src/domain/step.js';
import {stepsOf} from '../../src/domain/step-table.js';
import {freshnessOf} from '../../src/store/freshness.js';
import {frameText} from '../support/frames.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

const second = 1000;

type Accident = {
  readonly name: string;
  /** What stands in the place of an answer, `undefined` for none; `nth` counts the requests from 0. */
  readonly answer: (nth: number) => Interference | undefined;
  /** What the header must say meanwhile. */
  readonly says: RegExp;
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
  {name: 'error 429 with Retry-After', answer: () => refusal(429, {'retry-after': '3'}), says: /429|busy|too many/i},
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

const recoveries: {readonly accident: string; readonly 'recovery in intervals': number; readonly requests: number}[] =
  [];

describe('accidents on the way to the server', () => {
  let demo: PolledDemo;
  afterEach(() => demo.stop());
  afterAll(() => console.table(recoveries));

  for (const {name, answer, says} of accidents) {
    test(`${name}: what was known stays, its age and why are told, and the end is the true one`, async () => {
      demo = await startPolledDemo({scenario: 'failure'});
      await demo.clock.advance(12 * second);
      const known = [...stepsOf(demo.state().watch!.table)].map(step => step.name);
      assert.equal(known.length, 9);

      let nth = -1;
      demo.server.interfere(() => {
        nth += 1;
        return answer(nth);
      });
      const asked = demo.server.requests.length;
      await demo.clock.advance(20 * second);
      const during = demo.server.requests.slice(asked);
      assert.deepEqual(
        [...stepsOf(demo.state().watch!.table)].map(step => step.name),
        known,
      );
      const [header = ''] = frameText(demo.state()).split('\n');
      assert.match(header, says);
      assert.ok(during.length <= 45, `${during.length} requests in 20 s`);
      assert.ok(
        mostWithin(
          during.map(({at}) => at),
          second,
        ) <= 5,
        'no burst',
      );

      demo.server.interfere(undefined);
      const from = demo.clock.now();
      while (freshnessOf(demo.state()).kind !== 'live' && demo.clock.now() - from < 60 * second) {
        await demo.clock.advance(100);
      }

      const intervals = (demo.clock.now() - from) / demo.state().session.intervalMs;
      recoveries.push({accident: name, 'recovery in intervals': intervals, requests: during.length});
      assert.ok(intervals <= 11, `fresh again after ${intervals} intervals`);

      await demo.clock.advance(60 * second);
      const {watch} = demo.state();
      assert.ok(watch?.overAt !== undefined, 'the end of the run was seen');
      const {dag} = await demo.fetchAll();
      const told = new Map([...stepsOf(watch.table)].map(step => [step.name, latestAttempt(step)?.statusWord]));
      assert.deepEqual(told, new Map(dag.steps.map(step => [step.name, step.status?.statusWord])));
    });
  }

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

const mostWithin = (instants: readonly number[], ms: number): number =>
  Math.max(0, ...instants.map((from, at) => instants.slice(at).filter(instant => instant - from < ms).length));
