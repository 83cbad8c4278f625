import assert from 'node:assert/strict';
import {afterEach, beforeAll, describe, test} from 'vitest';
import {findLatestAttempt} from '../../src/domain/step.js';
import {iterateSteps} from '../../src/domain/step-table.js';
import {isReportComplete} from '../../src/report/completeness.js';
import {startOfRun} from '../support/builders.js';
import {type ClockProxy, type Clocks, startClockProxy} from '../support/clock-proxy.js';
import {type PolledDemo, startPolledDemo, watchSteps} from '../support/polled.js';
import type {Sight} from './list-reporter.js';

const second = 1000;

/** A change that was seen after more than this many milliseconds counts as missed. */
const missedAfterMs = 10 * second;

const trueClocks: Clocks = {getDate: at => at, getWrittenAt: at => at};

describe('watching a run of 14 steps while clocks differ', {timeout: 60_000}, () => {
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
    let endSeenAt = 0;
    let bytes = 0;
    // Check in each state whether the report would be complete, as scripts rely on that.
    demo.store.subscribe(() => {
      if (endSeenAt === 0 && isReportComplete(demo.state())) {
        endSeenAt = demo.clock.now();
        bytes = proxy.countBytes();
        const {run, table} = demo.state().openRun!;
        assert.equal(run?.status, 'completed');
        for (const step of iterateSteps(table)) {
          assert.match(findLatestAttempt(step)?.status ?? 'none', /^(?:completed|cached)$/, `${step.name} at the end`);
        }
      }
    });
    await demo.clock.advance(150 * second);
    const truth = (await demo.fetchAll()).attempts;
    const delays = truth.flatMap(({id, status, startedAt, endedAt}) => [
      ...(status === 'cached' ? [] : [(seenAt.get(id) ?? Number.POSITIVE_INFINITY) - startedAt!]),
      (seenAt.get(`${id} ${status === 'retried' ? 'retrying' : status}`) ??
        seenAt.get(`${id} ${status}`) ??
        Number.POSITIVE_INFINITY) - endedAt!,
    ]);
    const sortedDelays = delays.toSorted((a, b) => a - b);
    const runEndedAt = Math.max(...truth.map(row => row.endedAt ?? 0));
    assert.ok(
      endSeenAt > 0 && endSeenAt - runEndedAt < 20 * second,
      `the end was seen after ${endSeenAt - runEndedAt} ms`,
    );
    const requests = demo.server.requests.filter(({at}) => at < endSeenAt);
    return {
      changes: delays.length,
      missed: delays.filter(ms => ms > missedAfterMs).length,
      p50Ms: sortedDelays[Math.floor(sortedDelays.length / 2)]!,
      maxMs: sortedDelays.at(-1)!,
      requests: Math.round((requests.length / (endSeenAt - startOfRun)) * 60_000),
      kB: Math.round(bytes / 1000),
    };
  };

  let baseline: Sight;
  beforeAll(async () => {
    baseline = await watchRun(trueClocks);
    await demo.stop();
    await proxy.stop();
  });

  const shiftBy = (seconds: number) => (at: number) => at + seconds * second;
  const shiftFromHalfMinute = (seconds: number) => (at: number) =>
    at < startOfRun + 30 * second ? at : at + seconds * second;
  /** A row may have been written by either of two servers, one of which is 5 s behind. */
  const alternate = (at: number): number => (Math.floor(at) % 2 === 0 ? at : at - 5 * second);
  const keep = (at: number): number => at;

  const cases: readonly (Clocks & {readonly name: string})[] = [
    {name: 'correct clocks', ...trueClocks},
    ...[-60, 1, 2, 5, 60, 7200].map(seconds => ({
      name: `a proxy whose Date is ${seconds} s off`,
      getDate: shiftBy(seconds),
      getWrittenAt: keep,
    })),
    {name: 'a proxy whose Date jumps by two hours', getDate: shiftFromHalfMinute(7200), getWrittenAt: keep},
    {
      name: 'a server whose clock is set forward by an hour',
      getDate: shiftFromHalfMinute(3600),
      getWrittenAt: shiftFromHalfMinute(3600),
    },
    {
      name: 'a server whose clock is set back by half a minute',
      getDate: shiftFromHalfMinute(-30),
      getWrittenAt: shiftFromHalfMinute(-30),
    },
    {
      name: 'a server whose clock is set back by half a minute, behind a proxy with the correct time',
      getDate: keep,
      getWrittenAt: shiftFromHalfMinute(-30),
    },
    {
      name: 'a server whose clock is set back by an hour',
      getDate: shiftFromHalfMinute(-3600),
      getWrittenAt: shiftFromHalfMinute(-3600),
    },
    {
      name: 'a proxy whose Date jumps back by an hour',
      getDate: shiftFromHalfMinute(-3600),
      getWrittenAt: keep,
    },
    {
      name: 'a server whose clock is set back by an hour, behind a proxy with the correct time',
      getDate: keep,
      getWrittenAt: shiftFromHalfMinute(-3600),
    },
    {
      name: 'two alternating servers, 5 s apart',
      getDate: (at, nth) => (nth % 2 === 0 ? at : at - 5 * second),
      getWrittenAt: alternate,
    },
    {
      name: 'two alternating servers, 5 s apart, behind a proxy with the correct time',
      getDate: keep,
      getWrittenAt: alternate,
    },
  ];

  for (const {name, ...clocks} of cases) {
    test(`${name}: every change is seen in time`, async ({task}) => {
      const sight = await watchRun(clocks);
      task.meta.sight = sight;
      assert.ok(sight.changes > 25);
      assert.ok(sight.maxMs <= baseline.maxMs * 1.5, JSON.stringify({sight, baseline}));
      assert.equal(sight.missed, 0);
    });
  }
});
