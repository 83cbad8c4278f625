import assert from 'node:assert/strict';
import {afterEach, beforeAll, describe, test} from 'vitest';
import type {Instant} from '../../src/domain/instant.js';
import {findLatestAttempt} from '../../src/domain/step.js';
import {iterateSteps} from '../../src/domain/step-table.js';
import {isReportComplete} from '../../src/report/progress.js';
import {startOfRun} from '../support/builders.js';
import {type ClockProxy, type Clocks, startClockProxy} from '../support/clock-proxy.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import type {Sight} from './list-reporter.js';

const second = 1000;

/** Statuses that each step was seen to have, and when first, by our clock. */
const watchSteps = ({store, clock}: PolledDemo): ReadonlyMap<string, Instant> => {
  const seenAt = new Map<string, Instant>();
  store.subscribe(() => {
    for (const {attempts} of iterateSteps(store.get().watch!.table)) {
      for (const {id, status} of attempts) {
        for (const key of [id, `${id} ${status}`]) {
          seenAt.set(key, seenAt.get(key) ?? clock.now());
        }
      }
    }
  });
  return seenAt;
};

/** A change that was on the screen later than this was missed, in milliseconds. */
const missedAfterMs = 10 * second;

const trueClocks: Clocks = {dateAt: at => at, writtenAt: at => at};

describe('clocks that differ, of a run of 14 steps watched to its end', {timeout: 60_000}, () => {
  let demo: PolledDemo;
  let proxy: ClockProxy;
  afterEach(async () => {
    await demo.stop();
    await proxy.stop();
  });

  const watchRun = async (clocks: Clocks): Promise<Sight> => {
    demo = await startPolledDemo({
      scenario: 'training',
      via: async url => {
        proxy = await startClockProxy(url, clocks);
        return proxy.url;
      },
    });
    const seenAt = watchSteps(demo);
    let endedAt = 0;
    let bytes = 0;
    // What is told at the end is looked at in each state on the way, as a script would.
    demo.store.subscribe(() => {
      if (endedAt === 0 && isReportComplete(demo.state())) {
        endedAt = demo.clock.now();
        bytes = proxy.bytes();
        const {run, table} = demo.state().watch!;
        assert.equal(run?.status, 'completed');
        for (const step of iterateSteps(table)) {
          assert.match(findLatestAttempt(step)?.status ?? 'none', /^(?:completed|cached)$/, `${step.name} at the end`);
        }
      }
    });
    await demo.clock.advance(150 * second);
    const truth = (await demo.fetchAll()).attempts;
    const delays = truth.flatMap(({id, status, startedAt, endedAt: stepEndedAt}) => [
      ...(status === 'cached' ? [] : [(seenAt.get(id) ?? Number.POSITIVE_INFINITY) - startedAt!]),
      (seenAt.get(`${id} ${status === 'retried' ? 'retrying' : status}`) ??
        seenAt.get(`${id} ${status}`) ??
        Number.POSITIVE_INFINITY) - stepEndedAt!,
    ]);
    const sorted = delays.toSorted((a, b) => a - b);
    const runEndedAt = Math.max(...truth.map(row => row.endedAt ?? 0));
    assert.ok(endedAt > 0 && endedAt - runEndedAt < 20 * second, `the end is told after ${endedAt - runEndedAt} ms`);
    const asked = demo.server.requests.filter(({at}) => at < endedAt);
    return {
      changes: delays.length,
      missed: delays.filter(ms => ms > missedAfterMs).length,
      p50Ms: sorted[Math.floor(sorted.length / 2)]!,
      maxMs: sorted.at(-1)!,
      requests: Math.round((asked.length / (endedAt - startOfRun)) * 60_000),
      kB: Math.round(bytes / 1000),
    };
  };

  let straight: Sight;
  beforeAll(async () => {
    straight = await watchRun(trueClocks);
    await demo.stop();
    await proxy.stop();
  });

  const by = (seconds: number) => (at: number) => at + seconds * second;
  const fromHalfMinute = (seconds: number) => (at: number) =>
    at < startOfRun + 30 * second ? at : at + seconds * second;
  /** Which of two servers writes a row is a matter of chance. */
  const turns = (at: number): number => (Math.floor(at) % 2 === 0 ? at : at - 5 * second);
  const asItIs = (at: number): number => at;

  /** `largestMs`: how late a change may be seen; where nothing is said, half as long again as with the right time. */
  const cases: readonly (Clocks & {readonly name: string; readonly largestMs?: number})[] = [
    {name: 'the right time', ...trueClocks},
    ...[-60, 1, 2, 5, 60, 7200].map(seconds => ({
      name: `a proxy whose Date is ${seconds} s off`,
      dateAt: by(seconds),
      writtenAt: asItIs,
    })),
    {name: 'a proxy whose Date jumps by two hours', dateAt: fromHalfMinute(7200), writtenAt: asItIs},
    {
      name: 'a server whose clock is set forward by an hour',
      dateAt: fromHalfMinute(3600),
      writtenAt: fromHalfMinute(3600),
    },
    {
      name: 'a server whose clock is put back by half a minute',
      dateAt: fromHalfMinute(-30),
      writtenAt: fromHalfMinute(-30),
      largestMs: 10 * second,
    },
    {name: 'the same behind a proxy', dateAt: asItIs, writtenAt: fromHalfMinute(-30), largestMs: 60 * second},
    {
      name: 'a server whose clock is put back by an hour',
      dateAt: fromHalfMinute(-3600),
      writtenAt: fromHalfMinute(-3600),
      largestMs: 60 * second,
    },
    {
      name: 'two servers that take turns, 5 s apart',
      dateAt: (at, nth) => (nth % 2 === 0 ? at : at - 5 * second),
      writtenAt: turns,
    },
    {name: 'the same two behind a proxy', dateAt: asItIs, writtenAt: turns, largestMs: 10 * second},
  ];

  for (const {name, largestMs, ...clocks} of cases) {
    test(name, async ({task}) => {
      const sight = await watchRun(clocks);
      task.meta.sight = sight;
      assert.ok(sight.changes > 25);
      assert.ok(sight.maxMs <= (largestMs ?? straight.maxMs * 1.5), JSON.stringify({sight, straight}));
      assert.equal(largestMs === undefined ? sight.missed : 0, 0);
    });
  }
});
