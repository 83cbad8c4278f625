import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {startUserProgram} from '../../../src/cli/watching/user-program.js';

/** The problem that is reported after starting the program; never resolves if there is none. */
const startFailingProgram = (program: string, variables: Readonly<Record<string, string>> = {}): Promise<string> =>
  new Promise(resolve => startUserProgram('--on-end', [program], variables, resolve));

describe('a program that cannot be started is reported and does not crash zentop', () => {
  test.each([
    ['is missing', '/no-such-folder/program', /^--on-end: could not start \/no-such-folder\/program: .*ENOENT/],
    ['is below a file', `${process.execPath}/program`, /^--on-end: could not start .*: .*ENOTDIR/],
  ])('if it %s', async (_, program, problem) => {
    assert.match(await startFailingProgram(program), problem);
  });

  test('if its environment is too large', async () => {
    const variables = {ZENTOP_FAILED_STEPS: 'x'.repeat(4_000_000)};
    assert.match(await startFailingProgram(process.execPath, variables), /^--on-end: could not start .*: .*E2BIG/);
  });
});

test('a program that fails is reported with its exit code', async () => {
  const problem = await new Promise<string>(resolve =>
    startUserProgram('--on-end', [process.execPath, '-e', 'process.exit(3)'], {}, resolve),
  );
  assert.match(problem, /^--on-end: .* exited with code 3$/);
});
