import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {parseCommandLine} from '../../src/cli/commands/parse-command-line.js';

const parseWatch = async (...args: readonly string[]) => {
  const invocation = await parseCommandLine(args, 80);
  assert.equal(invocation.command, 'watch');
  return invocation.command === 'watch' ? invocation.watch : undefined;
};

describe('a command line', () => {
  test('accepts options before the command', async () => {
    for (const line of [
      '--ascii demo failure',
      '--screen-reader demo failure',
      '--output=plain --theme mono demo failure',
    ]) {
      const invocation = await parseCommandLine(line.split(' '), 80);
      assert.ok(invocation.command === 'demo', line);
      assert.equal(invocation.scenario, 'failure');
    }

    assert.equal((await parseCommandLine(['--pipeline', 'demo'], 80)).command, 'watch');
  });

  test('shows the help of a command for `help COMMAND`', async () => {
    const [long, short] = [
      await parseCommandLine(['help', 'logs'], 80),
      await parseCommandLine(['logs', '--help'], 80),
    ];
    assert.ok(long.command === 'print');
    assert.deepEqual(long, short);
    assert.equal((await parseCommandLine(['help'], 80)).command, 'print');
  });

  test('uses the last value of a repeated option, and all values of --status', async () => {
    const line = '--server http://a --server http://b --project p --project q --pipeline x --pipeline y';
    const runs = await parseCommandLine(`runs ${line} --user a --user me`.split(' '), 80);
    assert.ok(runs.command === 'runs');
    assert.deepEqual(
      {...runs.connection, pipeline: runs.runs.pipeline, user: runs.runs.user},
      {server: 'http://b', project: 'q', apiKeyFile: undefined, pipeline: 'y', user: 'me'},
    );
    const filteredRuns = await parseCommandLine('runs --status failed --status running,queued'.split(' '), 80);
    assert.ok(filteredRuns.command === 'runs');
    assert.deepEqual(filteredRuns.runs.statuses, ['failed', 'running', 'queued']);
    const logs = await parseCommandLine('logs a b --attempt 1 --attempt 2'.split(' '), 80);
    assert.ok(logs.command === 'logs');
    assert.equal(logs.logs.attempt, 2);
    const watch = await parseWatch(
      ...'x --output plain --output json --on-end a --on-end b --record a --record b --interval 1 --interval 3'.split(
        ' ',
      ),
    );
    assert.deepEqual([watch?.output, watch?.onEnd, watch?.record?.path, watch?.intervalMs], ['json', ['b'], 'b', 3000]);
  });

  test('disables the colors of runs with --no-color, which logs accepts, too', async () => {
    const runs = await parseCommandLine(['runs', '--no-color'], 80);
    assert.ok(runs.command === 'runs');
    assert.equal(runs.hasColor, false);
    assert.equal((await parseCommandLine(['logs', 'a', 'b', '--no-color'], 80)).command, 'logs');
  });
});

describe('the options of the modes without a screen', () => {
  test('retry a lost server for 15 minutes by default', async () => {
    assert.equal((await parseWatch('latest'))?.giveUpAfterMs, 900_000);
    assert.equal((await parseWatch('latest', '--give-up-after', '90s'))?.giveUpAfterMs, 90_000);
  });

  test('wait forever by default', async () => {
    assert.equal((await parseWatch('latest'))?.timeoutMs, undefined);
    assert.equal((await parseWatch('latest', '--timeout', '2h'))?.timeoutMs, 7_200_000);
    assert.equal((await parseWatch('latest', '--timeout', '30d'))?.timeoutMs, 2_592_000_000);
  });

  test('are rejected with a sentence if they are invalid', async () => {
    for (const args of [
      ['--output', 'xml'],
      ['--timeout', 'soon'],
      ['--give-up-after', '-1'],
    ]) {
      const invocation = await parseCommandLine(['latest', ...args], 80);
      assert.equal(invocation.command, 'misuse');
      assert.match(invocation.command === 'misuse' ? invocation.message : '', /^\S.*\.$/);
    }
  });
});
