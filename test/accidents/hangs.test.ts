import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import {type Hold, type PolledDemo, startPolledDemo} from '../support/polled.js';
import {getHeader} from './recovery.js';
import {countKind, openLog, startPrinting} from './watching.js';

const second = 1000;
const timedOut = {kind: 'timed-out', afterMs: 30 * second} as const;

type Fault = {readonly name: string; readonly hold: (path: string) => Hold | undefined};

const faults: readonly Fault[] = [
  {name: 'a server that hangs', hold: () => ({ms: 30 * second, failure: timedOut})},
  {
    name: 'bodies that stall halfway',
    hold: () => ({ms: 20 * second, failure: {kind: 'unreachable', host: 'demo', reason: 'connection reset'}}),
  },
  {name: 'headers that arrive after 8 s', hold: () => ({ms: 8 * second})},
  {
    name: 'a list that hangs while other requests succeed',
    hold: path => (/steps$|runs$/.test(path) ? {ms: 30 * second, failure: timedOut} : undefined),
  },
];

type Watcher = {
  /** Where the fault must be reported; part of the name of the test. */
  readonly name: string;
  readonly isList?: boolean;
  readonly isScreenless?: boolean;
  /** Starts watching; the returned function says whether the fault has been reported. */
  readonly listen: (demo: PolledDemo) => () => boolean;
};

const watchFreshness = (demo: PolledDemo) => () => selectFreshness(demo.state()).kind === 'stale';

const watchers: readonly Watcher[] = [
  {name: 'on the screen of a run', listen: watchFreshness},
  {name: 'on the list of runs', isList: true, listen: watchFreshness},
  {
    name: 'on the log tab',
    listen: demo => {
      openLog(demo, 'train_gbm');
      return watchFreshness(demo);
    },
  },
  ...(['plain', 'json'] as const).map(output => ({
    name: `in ${output} output`,
    isScreenless: true,
    listen: (demo: PolledDemo) => {
      const getLines = startPrinting(demo, output);
      return () => countKind(getLines(), 'problem') > 0;
    },
  })),
];

describe('responses that arrive too late or never', {timeout: 60_000}, () => {
  let demo: PolledDemo;
  afterEach(() => demo.stop());

  for (const fault of faults) {
    for (const {name, isList = false, isScreenless = false, listen} of watchers) {
      test(`${fault.name}, ${name}: reported within a few seconds`, async ({task}) => {
        let slowestMs = 0;
        // The fault begins at different moments between two responses.
        for (const momentMs of [0, 250, 500, 750]) {
          let hold: Fault['hold'] | undefined;
          demo = await startPolledDemo({scenario: 'training', isList, isScreenless, hold: path => hold?.(path)});
          await demo.clock.advance(45 * second + momentMs);
          assert.equal(selectFreshness(demo.state()).kind, 'live');
          const hasReported = listen(demo);
          hold = fault.hold;
          const beganAt = demo.clock.now();
          while (!hasReported() && demo.clock.now() - beganAt < 60 * second) {
            await demo.clock.advance(100);
          }

          slowestMs = Math.max(slowestMs, demo.clock.now() - beganAt);
          const freshness = selectFreshness(demo.state());
          assert.ok(freshness.kind === 'stale');
          if (freshness.isOverdue) {
            assert.match(getHeader(demo), /no response for \d+s/);
          }

          hold = undefined;
          await demo.stop();
        }

        task.meta.noticedMs = slowestMs;
        const intervalMs = demo.state().session.intervalMs * (isList ? 2 : 1);
        assert.ok(slowestMs <= 2 * intervalMs + 3 * second, `reported after ${slowestMs} ms`);
      });
    }
  }

  test('while the server hangs, the screen keeps showing how old the data is', async () => {
    let isHanging = false;
    demo = await startPolledDemo({
      scenario: 'training',
      hold: () => (isHanging ? {ms: 10 * second, failure: {kind: 'timed-out', afterMs: 10 * second}} : undefined),
    });
    await demo.clock.advance(20 * second);
    isHanging = true;
    await demo.clock.advance(6 * second);
    for (let passed = 0; passed < 40; passed += 1) {
      const freshness = selectFreshness(demo.state());
      assert.equal(freshness.kind, 'stale', `after ${passed} s more: ${getHeader(demo)}`);
      assert.ok(freshness.kind === 'stale' && freshness.ageMs >= (passed + 4) * second);
      await demo.clock.advance(second);
    }
  });
});
