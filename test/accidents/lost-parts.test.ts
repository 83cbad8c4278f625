import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import {isGraphMissing, isReportComplete} from '../../src/report/completeness.js';
import {aRefusal} from '../support/builders.js';
import {type Hold, type PolledDemo, startPolledDemo} from '../support/polled.js';

const second = 1000;
const hang: Hold = {ms: 30 * second, failure: {kind: 'timed-out', afterMs: 30 * second}};

describe('one part of a run that never arrives', () => {
  let demo: PolledDemo;
  afterEach(() => demo.stop());

  /** Returns how long after the end of the run its report was complete, in milliseconds. */
  const measureReportDelay = async (hold: (path: string, passedMs: number) => Hold | undefined) => {
    let passedMs = 0;
    demo = await startPolledDemo({scenario: 'training', hold: path => hold(path, passedMs)});
    for (; !isReportComplete(demo.state()) && passedMs < 400 * second; passedMs += 500) {
      await demo.clock.advance(500);
    }

    assert.ok(isReportComplete(demo.state()));
    const {attempts} = await demo.fetchAll();
    return demo.clock.now() - Math.max(...attempts.map(({endedAt}) => endedAt ?? 0));
  };

  test('a graph that hangs delays the report of the end by a few seconds', async () => {
    const usualMs = await measureReportDelay(() => undefined);
    await demo.stop();
    const hungMs = await measureReportDelay((path, passedMs) =>
      /\/dag$/.test(path) && passedMs > 20 * second ? hang : undefined,
    );
    assert.equal(isGraphMissing(demo.state()), false);
    assert.ok(hungMs <= usualMs + 8 * second, `${hungMs} ms after the end instead of ${usualMs} ms`);
  });

  test('a graph that never arrived is missing from the report', async () => {
    const ms = await measureReportDelay(path => (/\/dag$/.test(path) ? hang : undefined));
    assert.ok(isGraphMissing(demo.state()));
    assert.ok(ms <= 20 * second, `${ms} ms after the end`);
  });

  test('a graph that fails immediately does not delay the report of the end for long', async () => {
    const failure = aRefusal(500);
    const ms = await measureReportDelay((path, passedMs) =>
      /\/dag$/.test(path) && passedMs > 20 * second ? {ms: 40, failure} : undefined,
    );
    assert.ok(ms <= 20 * second, `${ms} ms after the end`);
  });
});
