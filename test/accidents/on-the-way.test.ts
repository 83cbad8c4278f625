import assert from 'node:assert/strict';
import {afterAll, afterEach, describe, test} from 'vitest';
import {latestAttempt} from '../../src/domain/step.js';
import {stepsOf} from '../../src/domain/step-table.js';
import {freshnessOf} from '../../src/store/freshness.js';
import {type Fault, type FaultProxy, startFaultProxy} from '../support/fault-proxy.js';
import {frameText} from '../support/frames.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

const second = 1000;
/** Short, so that silence costs the test little; by the wall's clock. */
const requestTimeoutMs = 400;

type Accident = {
  readonly name: string;
  readonly fault: (nth: number) => Fault | undefined;
  /** What the header must say meanwhile; `undefined`: nothing, as the screen stays right. */
  readonly says: RegExp | undefined;
};

const json = (body: string): Fault => ({kind: 'answer', status: 200, body});

const accidents: readonly Accident[] = [
  {name: 'answers that come late', fault: () => ({kind: 'late', ms: 50}), says: undefined},
  {name: 'bodies that come in drops', fault: () => ({kind: 'slow-body', pieces: 5, pauseMs: 10}), says: undefined},
  {name: 'connections that end without an answer', fault: () => ({kind: 'drop'}), says: /connection was cut/},
  {name: 'connections that are reset', fault: () => ({kind: 'reset'}), says: /connection was cut/},
  {
    name: 'every third connection reset',
    fault: nth => (nth % 3 === 0 ? {kind: 'reset'} : undefined),
    says: undefined,
  },
  {name: 'bodies cut in the middle', fault: () => ({kind: 'cut'}), says: /connection was cut|aborted/},
  {name: 'bodies mangled in the middle', fault: () => ({kind: 'mangle'}), says: /not understood/},
  {name: 'truncated JSON that calls itself whole', fault: () => json('{"items": [{"id": "'), says: /not understood/},
  {name: 'JSON of another kind', fault: () => json('[[[]]]'), says: /not understood/},
  {name: 'bytes that are no HTTP', fault: () => ({kind: 'garbage'}), says: /does not speak HTTP/},
  {name: 'silence', fault: () => ({kind: 'silence'}), says: /timed out/},
  {name: 'bodies of 200 MB', fault: () => ({kind: 'flood', bytes: 200 * 1024 * 1024}), says: /answer over 64/},
  {name: 'a clock that is an hour ahead', fault: () => ({kind: 'skewed', ms: 3600 * second}), says: undefined},
  {name: 'a clock that is a day behind', fault: () => ({kind: 'skewed', ms: -86_400 * second}), says: undefined},
];

type Recovery = {
  readonly accident: string;
  readonly 'recovery in intervals': number;
  readonly 'said on the screen': number;
  readonly requests: number;
};
const recoveries: Recovery[] = [];

describe('accidents on the way, through a proxy that causes them', () => {
  let demo: PolledDemo;
  let proxy: FaultProxy;
  afterEach(async () => {
    await demo.stop();
    await proxy.stop();
  });
  afterAll(() => console.table(recoveries));

  const start = async (): Promise<void> => {
    demo = await startPolledDemo({
      scenario: 'failure',
      requestTimeoutMs,
      via: async url => {
        proxy = await startFaultProxy(url);
        return proxy.url;
      },
    });
    await demo.clock.advance(12 * second);
    assert.equal(known().length, 9);
  };
  const known = () => [...stepsOf(demo.state().watch!.table)].map(step => step.name);
  const header = () => frameText(demo.state()).split('\n')[0] ?? '';

  /** The fault has just ended: fresh again when the screen said so, and what is shown in the end is the truth. */
  const recovers = async (accident: string, requests: number): Promise<void> => {
    const freshness = freshnessOf(demo.state());
    const saidMs = freshness.kind === 'stale' ? freshness.retryInMs : 0;
    const {intervalMs} = demo.state().session;
    const from = demo.clock.now();
    while (freshnessOf(demo.state()).kind !== 'live' && demo.clock.now() - from < 60 * second) {
      await demo.clock.advance(100);
    }

    const tookMs = demo.clock.now() - from;
    recoveries.push({
      accident,
      'recovery in intervals': tookMs / intervalMs,
      'said on the screen': Math.round(saidMs / 100) / 10,
      requests,
    });
    assert.ok(tookMs <= saidMs + intervalMs, `fresh after ${tookMs} ms; the screen said ${saidMs} ms`);
    await demo.clock.advance(60 * second);
    const {watch} = demo.state();
    assert.ok(watch?.overAt !== undefined, 'the end of the run was seen');
    const {dag} = await demo.fetchAll();
    assert.deepEqual(
      new Map([...stepsOf(watch.table)].map(step => [step.name, latestAttempt(step)?.statusWord])),
      new Map(dag.steps.map(step => [step.name, step.status?.statusWord])),
    );
  };

  for (const {name, fault, says} of accidents) {
    test(`${name}: what was known stays, its age and why are told, and it is right again when it said so`, async () => {
      await start();
      const before = known();
      proxy.befall(fault);
      await demo.clock.advance(20 * second);
      assert.deepEqual(known(), before);
      if (says === undefined) {
        assert.equal(freshnessOf(demo.state()).kind, 'live', header());
      } else {
        assert.match(header(), says);
        assert.match(header(), / (?:1\d|2\d)s /, 'the age is told');
        // Each request may be sent twice: a connection that was kept may have been closed meanwhile.
        assert.ok(proxy.count() <= 40, `${proxy.count()} requests in 20 s`);
      }

      assert.ok(proxy.mostAtOnce() <= 2, `${proxy.mostAtOnce()} at once`);
      const asked = proxy.count();
      proxy.befall(undefined);
      await recovers(name, asked);
    });
  }

  test('a server that restarts: nobody listens for a while, then the truth is there again', async () => {
    await start();
    const before = known();
    await proxy.close();
    await demo.clock.advance(20 * second);
    assert.deepEqual(known(), before);
    assert.match(header(), /nothing listens there/);
    await proxy.open();
    await recovers('a restart of the server', 0);
  });

  test('a server that comes back as another version is known as such', async () => {
    await start();
    assert.equal(demo.state().server?.version, '0.98.0');
    await proxy.close();
    // After so long an outage everything is asked again.
    await demo.clock.advance(40 * second);
    proxy.befall(() => ({kind: 'version', version: '0.99.1'}));
    await proxy.open();
    await recovers('a restart as another version', 0);
    assert.equal(demo.state().server?.version, '0.99.1');
  });

  test('a machine that slept for eight hours is right again with its next look', async () => {
    await start();
    demo.clock.jump(8 * 3600 * second);
    await recovers('eight hours of sleep', 0);
  });
});
