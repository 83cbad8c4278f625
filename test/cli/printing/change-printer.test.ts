import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {parseCommandLine} from '../../../src/cli/commands/parse-command-line.js';
import {createChangeFormatter} from '../../../src/cli/printing/change-formatter.js';
import {createChangePrinter} from '../../../src/cli/printing/change-printer.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, anAttempt} from '../../support/builders.js';
import {aSession, aWatchingState, reduceAll} from '../../support/watching.js';

const watchingState = aWatchingState({
  dag: aDag({steps: [aDagStep({name: 'trainer'})]}),
  attempts: [anAttempt({name: 'trainer', status: 'running'})],
  session: aSession({isScreenless: true}),
});
const since = watchingState.now;
const aLaterState = (seconds: number): State =>
  reduceAll(watchingState, {type: 'clock/ticked', now: since + seconds * 1000});

/** Collects what is printed while nothing happens, with the seconds after which it was printed. */
const collectLines = async (
  seconds: number,
  output: string,
  isTty: boolean,
): Promise<readonly (readonly [number, string])[]> => {
  const parsed = await parseCommandLine(['latest', '--output', output], 80);
  assert.ok(parsed.command === 'watch');
  const lines: [number, string][] = [];
  let now = 0;
  const printer = createChangePrinter(createChangeFormatter(parsed.watch, false), {
    isTty,
    write: text => {
      if (text !== '') {
        lines.push([now, text]);
      }
    },
  });
  for (now = 0; now <= seconds; now += 1) {
    printer.printChanges(aLaterState(now), 900_000);
  }
  return lines.filter(([second]) => second > 0);
};

describe('while nothing happens', () => {
  test('prints one heartbeat line per minute to a pipe', async () => {
    const lines = await collectLines(190, 'plain', false);
    assert.deepEqual(
      lines.map(([second]) => second),
      [60, 120, 180],
    );
    for (const [, text] of lines) {
      assert.match(text, /^\S+Z still running: 0\/1 done; running: trainer for .+\n$/);
    }
  });

  test.each([
    ['plain', true],
    ['json', false],
    ['quiet', false],
  ] as const)('prints nothing with --output %s (terminal: %s)', async (output, isTty) => {
    assert.deepEqual(await collectLines(190, output, isTty), []);
  });
});
