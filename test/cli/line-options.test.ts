import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {parseCommandLine} from '../../src/cli/commands/parse-command-line.js';

const watchOf = async (...args: readonly string[]) => {
  const invocation = await parseCommandLine(args, 80);
  assert.equal(invocation.command, 'watch');
  return invocation.command === 'watch' ? invocation.watch : undefined;
};

describe('the options of the modes without a screen', () => {
  test('retry a lost server for 15 minutes by default', async () => {
    assert.equal((await watchOf('latest'))?.giveUpAfterMs, 900_000);
    assert.equal((await watchOf('latest', '--give-up-after', '90s'))?.giveUpAfterMs, 90_000);
  });

  test('wait forever by default', async () => {
    assert.equal((await watchOf('latest'))?.timeoutMs, undefined);
    assert.equal((await watchOf('latest', '--timeout', '2h'))?.timeoutMs, 7_200_000);
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
