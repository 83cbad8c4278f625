import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {parseCommandLine} from '../../src/cli/commands/parse-command-line.js';
import type {DemoServer} from '../support/demo-server.js';
import {runProgram} from './support/program.js';

describe('what cannot be asked', () => {
  test.each([
    ['--interval', '--interval takes a value.'],
    ['--interval 0', '--interval takes a length of time such as 2, 90s, 10m or 2h, not “0”.'],
    ['--interval x', '--interval takes a length of time such as 2, 90s, 10m or 2h, not “x”.'],
    ['--timeout 5x', '--timeout takes a length of time such as 2, 90s, 10m or 2h, not “5x”.'],
    ['--output xml', '--output is one of auto, tui, plain, json, quiet, not “xml”.'],
    ['--nonsense', 'Unknown argument: nonsense.'],
    ['a b', 'Unknown argument: b.'],
    ['logs a', 'Needed are 2 arguments, and there are 1.'],
    ['replay', 'An argument is missing.'],
    ['completion tcsh', 'SHELL is one of bash, zsh, fish, not “tcsh”.'],
    ['runs --limit 0', '--limit is a whole number from 1 to 10000.'],
    ['latest --record x --record-max 0', '--record-max takes a size such as 64MB or 1GB, not “0”.'],
  ])('%s: one sentence', async (line, what) => {
    assert.deepEqual(await parseCommandLine(line.split(' '), 80), {command: 'misuse', what});
  });

  test.each(['demo nope', 'demo large:x', 'runs --status bad'])('%s: a sentence, a way out and 2', async line => {
    const nowhere = {url: 'http://127.0.0.1:9'} as DemoServer;
    const {code, output, errors} = await runProgram(nowhere, line.split(' '));
    assert.deepEqual({code, output}, {code: 2, output: ''});
    assert.match(errors, /^zentop: .*\.\n.*\.\n$/);
  });
});

describe('help', () => {
  test.each(['', 'demo', 'replay', 'runs', 'logs', 'doctor', 'config', 'completion'])(
    'zentop %s --help: fits into 80 columns, has examples, and says of no switch that it is one',
    async command => {
      const asked = await parseCommandLine([...command.split(' ').filter(word => word !== ''), '--help'], 80);
      assert.ok(asked.command === 'print');
      assert.match(asked.text, /^Examples:\n {2}zentop/m);
      assert.doesNotMatch(asked.text, /\[boolean\]|\[default: false\]/);
      assert.ok(
        asked.text.split('\n').every(line => line.length <= 80),
        asked.text,
      );
    },
  );
});
