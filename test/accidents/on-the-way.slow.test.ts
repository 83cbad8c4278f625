import assert from 'node:assert/strict';
import dns from 'node:dns';
import {afterEach, describe, test, vi} from 'vitest';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import {type Fault, type FaultProxy, startFaultProxy} from '../support/fault-proxy.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {assertRecovery, headerOf, knownSteps} from './recovery.js';

const second = 1000;
/** Of the machine's clock. Short where the server is silent; elsewhere a loaded machine must not run into it. */
const silenceTimeoutMs = 1500;
const requestTimeoutMs = 30_000;

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

describe('accidents on the way, through a proxy that causes them', () => {
  let demo: PolledDemo;
  let proxy: FaultProxy;
  afterEach(async () => {
    await demo.stop();
    await proxy.stop();
    vi.restoreAllMocks();
  });

  const start = async ({host = '127.0.0.1', isList = false, isSilent = false} = {}): Promise<void> => {
    demo = await startPolledDemo({
      scenario: 'failure',
      isList,
      requestTimeoutMs: isSilent ? silenceTimeoutMs : requestTimeoutMs,
      via: async url => {
        proxy = await startFaultProxy(url);
        return proxy.url.replace('127.0.0.1', host);
      },
    });
    await demo.clock.advance(12 * second);
    assert.ok(isList || knownSteps(demo).length === 9);
  };

  for (const {name, fault, says} of accidents) {
    test(`${name}: what was known stays, its age and why are told, and it is right again when it said so`, async context => {
      await start({isSilent: name === 'silence'});
      const before = knownSteps(demo);
      proxy.befall(fault);
      await demo.clock.advance(20 * second);
      assert.deepEqual(knownSteps(demo), before);
      if (says === undefined) {
        assert.equal(selectFreshness(demo.state()).kind, 'live', headerOf(demo));
      } else {
        assert.match(headerOf(demo), says);
        assert.match(headerOf(demo), / (?:1\d|2\d)s /, 'the age is told');
        assert.ok(proxy.count() <= 30, `${proxy.count()} requests in 20 s`);
      }

      assert.ok(proxy.mostAtOnce() <= 2, `${proxy.mostAtOnce()} at once`);
      const asked = proxy.count();
      proxy.befall(undefined);
      await assertRecovery(context, demo, {requests: asked});
    });
  }

  test('a server that restarts: nobody listens for a while, then the truth is there again', async context => {
    await start();
    const before = knownSteps(demo);
    await proxy.close();
    await demo.clock.advance(20 * second);
    assert.deepEqual(knownSteps(demo), before);
    assert.match(headerOf(demo), /nothing listens there/);
    await proxy.open();
    await assertRecovery(context, demo, {requests: 0});
  });

  for (const awayMs of [2 * second, 40 * second]) {
    test(`a server that comes back as another version after ${awayMs / second} s is known as such`, async context => {
      await start();
      assert.equal(demo.state().server?.version, '0.98.0');
      await proxy.close();
      await demo.clock.advance(awayMs);
      proxy.befall(() => ({kind: 'version', version: '0.99.1'}));
      await proxy.open();
      await demo.clock.advance(8 * second);
      assert.equal(demo.state().server?.version, '0.99.1');
      await assertRecovery(context, demo, {requests: 0});
    });
  }

  test('a server that was replaced between two looks is known as what it is after ten minutes', async () => {
    await start({isList: true});
    proxy.befall(() => ({kind: 'version', version: '0.99.1'}));
    await demo.clock.advance(600 * second);
    assert.equal(demo.state().server?.version, '0.99.1');
  });

  test('a name server that is gone: the name cannot be looked up for a while', async context => {
    let isGone = false;
    const lookup = dns.lookup as (...args: readonly unknown[]) => void;
    vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: readonly unknown[]) => {
      const told = rest.at(-1) as (error: Error) => void;
      if (host !== 'zenml.test') {
        lookup(host, ...rest);
      } else if (isGone) {
        told(Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), {code: 'EAI_AGAIN'}));
      } else {
        lookup('127.0.0.1', ...rest);
      }
    }) as typeof dns.lookup);
    await start({host: 'zenml.test'});
    const before = knownSteps(demo);
    isGone = true;
    // What is connected needs no name: connections end, too, when a machine changes its network.
    await proxy.close();
    await proxy.open();
    proxy.befall(undefined);
    await demo.clock.advance(20 * second);
    assert.deepEqual(knownSteps(demo), before);
    assert.match(headerOf(demo), /the name could not be looked up/);
    assert.equal(proxy.count(), 0);
    isGone = false;
    await assertRecovery(context, demo, {requests: 0});
  });

  test('a machine that slept for eight hours is right again with its next look', async context => {
    await start();
    demo.clock.jump(8 * 3600 * second);
    await assertRecovery(context, demo, {requests: 0});
  });
});
