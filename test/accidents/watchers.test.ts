import assert from 'node:assert/strict';
import {afterEach, describe, test} from 'vitest';
import type {LogTail} from '../../src/domain/log/tail.js';
import {findLatestAttempt} from '../../src/domain/step.js';
import {iterateSteps} from '../../src/domain/step-table.js';
import {findShownLog, getShownTail} from '../../src/store/logs/shown-log.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';
import {isThorough} from '../support/test-mode.js';
import {accidents} from './faults.js';
import {assertFreshness, getHeader} from './recovery.js';
import {countKind, openLog, startPrinting} from './watching.js';

const second = 1000;

/** With `npm test`, every fourth accident represents the others. */
const chosenAccidents = isThorough ? accidents : accidents.filter((_, nth) => nth % 4 === 1);

describe('failures of the server, in printed lines and on the log tab', () => {
  let demo: PolledDemo;
  afterEach(() => demo.stop());

  for (const {name, respond, expected, hasRetryAfter = false} of chosenAccidents) {
    /** Lets the fault last for 20 s; returns how many requests were sent in that time. */
    const fail = async (): Promise<number> => {
      let nth = -1;
      demo.server.interfere(() => {
        nth += 1;
        return respond(nth);
      });
      const before = demo.server.requests.length;
      await demo.clock.advance(20 * second);
      return demo.server.requests.length - before;
    };

    for (const output of ['plain', 'json'] as const) {
      const reported =
        expected === undefined
          ? 'the end of the run is reported once'
          : 'the problem, its end and the end of the run are each reported once';
      test(`${name}, in ${output} output: ${reported}`, async context => {
        demo = await startPolledDemo({scenario: 'failure', isScreenless: true});
        const getLines = startPrinting(demo, output);
        await demo.clock.advance(12 * second);
        const requests = await fail();
        assert.ok(expected === undefined || countKind(getLines(), 'problem') === 1, 'the problem is reported');
        demo.server.interfere(undefined);
        await assertFreshness(context, demo, {requests, hasLongPause: hasRetryAfter});
        await demo.clock.advance(60 * second);
        const lines = getLines();
        assert.ok(countKind(lines, 'problem') <= 1, lines.filter(line => line.includes('problem')).join('\n'));
        assert.equal(countKind(lines, 'recovered'), countKind(lines, 'problem'));
        assert.equal(countKind(lines, 'end'), 1);
        for (const step of iterateSteps(demo.state().openRun!.table)) {
          const word = findLatestAttempt(step)?.statusWord;
          const last = lines.findLast(line =>
            line.includes(output === 'json' ? `"name":"${step.name}"` : ` step ${step.name} `),
          );
          assert.ok(word === undefined || last?.includes(word), `${step.name} is ${word}: ${last}`);
        }
      });
    }

    const shown = expected === undefined ? 'stays live' : 'shows the error';
    test(`${name}, on the log tab: keeps the log, ${shown}, and has the whole log in the end`, async context => {
      demo = await startPolledDemo({scenario: 'failure'});
      await demo.clock.advance(12 * second);
      const runningStep = [...iterateSteps(demo.state().openRun!.table)].find(
        step => findLatestAttempt(step)?.status === 'running',
      );
      assert.ok(runningStep !== undefined);
      openLog(demo, runningStep.name);
      await demo.clock.advance(6 * second);
      const {key} = findShownLog(demo.state().openRun!)!;
      const countLinesOf = ({lines}: LogTail): number => lines.end - lines.first;
      const linesBefore = countLinesOf(getShownTail(demo.state().openRun!));
      assert.ok(linesBefore > 0);
      const requests = await fail();
      // If another attempt has started meanwhile, its log is shown instead, which may not have been loaded yet.
      const keptTail = demo.state().openRun!.logs.tailsByKey.get(key);
      assert.ok(keptTail !== undefined && countLinesOf(keptTail) >= linesBefore);
      assert.match(getHeader(demo), expected ?? /● live/);
      demo.server.interfere(undefined);
      await assertFreshness(context, demo, {requests, hasLongPause: hasRetryAfter});
      await demo.clock.advance(60 * second);
      const {id} = findLatestAttempt(
        [...iterateSteps(demo.state().openRun!.table)].find(({name: step}) => step === runningStep.name)!,
      )!;
      const log = (await (await fetch(`${demo.server.url}/api/v1/steps/${id}/logs?source=step`)).json()) as unknown[];
      const count = countLinesOf(getShownTail(demo.state().openRun!));
      assert.ok(count >= log.length, `${count} lines of ${log.length} entries`);
    });
  }
});
