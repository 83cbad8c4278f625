import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {parseCommandLine} from '../../src/cli/commands/parse-command-line.js';
import type {DemoServer} from '../support/demo-server.js';
import {runProgram} from './support/program.js';

describe('a command line', () => {
  test.each([
    ['--interval', '--interval needs a value: --interval SECONDS.'],
    ['--theme', '--theme needs a value: auto, dark, light, sixteen, mono, deuteranopia, tritanopia.'],
    ['--interval x', 'Invalid duration “x” for --interval. Use seconds or a unit, e.g. 2, 90s, 10m, 2h.'],
    ['--timeout 5x', 'Invalid duration “5x” for --timeout. Use seconds or a unit, e.g. 2, 90s, 10m, 2h.'],
    ['--output xml', 'Invalid value “xml” for --output. Choose from: auto, tui, plain, json, quiet.'],
    ['--nonsense', 'Unknown option --nonsense.'],
    ['a b', 'Unexpected argument “b”.'],
    ['compltion bash', 'Unknown command “compltion”. Did you mean `zentop completion`?'],
    ['--api-key x', 'Unknown option --api-key. Put the key in a file and use --api-key-file FILE.'],
    ['runs --limit 5 --limit 0', '--limit must be a whole number from 1 to 10000.'],
    ['--ouput json', 'Unknown option --ouput. Did you mean --output?'],
    ['logs a', 'Missing argument STEP. Usage: zentop logs RUN STEP'],
    ['replay', 'Missing argument FILE. Usage: zentop replay FILE'],
    ['completion tcsh', 'Unsupported shell “tcsh”. Choose from: bash, zsh, fish.'],
    ['runs --limit 0', '--limit must be a whole number from 1 to 10000.'],
    ['--ascii=maybe', '--ascii does not take a value.'],
    ['--no-color=sometimes', '--no-color does not take a value.'],
    ['latest --once --follow', '--once and --follow cannot be combined.'],
    ['latest --record-max 5MB', '--record-max only works with --record FILE.'],
    ['latest --timeout 0', 'Invalid duration “0” for --timeout: expected more than 0 and at most 3650d.'],
    ['latest --timeout 99999d', 'Invalid duration “99999d” for --timeout: expected more than 0 and at most 3650d.'],
    ['latest --interval 0.1', 'Invalid duration “0.1” for --interval: expected 0.2s to 1h.'],
    ['latest --interval 0', 'Invalid duration “0” for --interval: expected 0.2s to 1h.'],
    ['latest --interval 2h', 'Invalid duration “2h” for --interval: expected 0.2s to 1h.'],
    ['--once runs --limit 5', 'Unknown option --once.'],
    ['latest --record x --record-max 0', 'Invalid size “0” for --record-max. Examples: 64MB, 1GB.'],
  ])('%s: %s', async (line, message) => {
    const invocation = await parseCommandLine(line.split(' '), 80);
    assert.ok(invocation.command === 'misuse');
    assert.equal(invocation.message, message);
  });

  test('the last value of a repeated option counts, even if it is 1', async () => {
    const parseLimit = async (line: string) => {
      const invocation = await parseCommandLine(line.split(' '), 80);
      assert.ok(invocation.command === 'runs', line);
      return invocation.runs.limit;
    };
    assert.equal(await parseLimit('runs --limit 2 --limit 1'), 1);
    assert.equal(await parseLimit('--limit=7 runs --limit 2 --limit=1 --status failed'), 1);
    assert.equal(await parseLimit('runs --limit 1 --limit 3'), 3);
  });

  test('rejects an empty value, such as that of an unset variable', async () => {
    for (const name of ['--on-end', '--pipeline', '--server', '--record']) {
      const invocation = await parseCommandLine(['latest', name, ''], 80);
      assert.ok(invocation.command === 'misuse');
      assert.match(invocation.message, new RegExp(`^${name} needs a value: ${name} [A-Z]+\\.$`));
    }
  });

  test.each([
    [[''], 'RUN is empty. Usage: zentop [RUN]'],
    [['logs', 'latest', ' '], 'STEP is empty. Usage: zentop logs RUN STEP'],
    [['replay', ''], 'FILE is empty. Usage: zentop replay FILE'],
  ])('rejects an empty argument, such as that of an unset variable: %s', async (args, message) => {
    const invocation = await parseCommandLine(args, 80);
    assert.ok(invocation.command === 'misuse');
    assert.equal(invocation.message, message);
  });

  test('accepts an empty answer', async () => {
    assert.equal((await parseCommandLine(['answer', 'latest', ''], 80)).command, 'answer');
  });

  test('names the help of the command, even if a switch comes first', async () => {
    const invocation = await parseCommandLine(['--ascii', 'demo', '--nonsense'], 80);
    assert.ok(invocation.command === 'misuse');
    assert.equal(invocation.hint, 'Run `zentop demo --help` for usage.');
  });

  test.each(['demo nope', 'demo large:x', 'runs --status bad'])(
    '%s: prints a sentence and a hint, and exits with 2',
    async line => {
      const nowhere = {url: 'http://127.0.0.1:9'} as DemoServer;
      const {code, output, errors} = await runProgram(nowhere, line.split(' '));
      assert.deepEqual({code, output}, {code: 2, output: ''});
      assert.match(errors, /^zentop: .*\.\n.*[.`]\n$/);
    },
  );
});

describe('help', () => {
  test.each(['', 'demo', 'replay', 'runs', 'logs', 'doctor', 'config', 'completion'])(
    'zentop %s --help: fits in 80 columns, has examples, and does not show the types of switches',
    async command => {
      const invocation = await parseCommandLine([...command.split(' ').filter(word => word !== ''), '--help'], 80);
      assert.ok(invocation.command === 'print');
      assert.match(invocation.text, /^Examples:\n {2}zentop/m);
      assert.doesNotMatch(invocation.text, /\[boolean\]|\[default: false\]/);
      assert.ok(
        invocation.text.split('\n').every(line => line.length <= 80),
        invocation.text,
      );
    },
  );

  test('shows a switch that is on by default in the form that turns it off', async () => {
    const invocation = await parseCommandLine(['--help'], 80);
    assert.ok(invocation.command === 'print');
    assert.match(invocation.text, /^ +--no-color +disable colors$/m);
    assert.doesNotMatch(invocation.text, /--(?:no-\w+: |color|alt-screen)/);
  });

  test('lists each choice of an argument once', async () => {
    const invocation = await parseCommandLine(['completion', '--help'], 80);
    assert.ok(invocation.command === 'print');
    assert.match(invocation.text, /\[choices: "bash", "zsh", "fish"\]/);
  });
});
