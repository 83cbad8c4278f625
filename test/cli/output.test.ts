import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {describe, test} from 'vitest';
import {createFolder} from '../terminal/support/watching.js';

const program = `${process.execPath} ${resolve('bin/zentop.js')}`;

/** Runs a line in a shell, in which `zentop` is the built program, without any configuration. */
const runInShell = (line: string) => {
  const home = createFolder();
  const {status, stdout, stderr} = spawnSync('sh', ['-c', line.replace('zentop', program)], {
    cwd: home,
    env: {PATH: process.env['PATH'], NODE_OPTIONS: process.env['NODE_OPTIONS'], HOME: home, ZENML_CONFIG_PATH: home},
    encoding: 'utf8',
  });
  return {status, stdout, stderr};
};

describe('output', () => {
  test.each(['config --keys', '--help', 'doctor', 'completion bash', 'demo failure --once'])(
    'zentop %s: exits silently if the output is closed',
    args => {
      assert.equal(runInShell(`zentop ${args} | true`).stderr, '');
      assert.equal(runInShell(`zentop ${args} | head -n 1`).stderr, '');
    },
  );

  test.skipIf(!existsSync('/dev/full')).each([
    ['config', 4],
    ['--help', 4],
    ['demo --once --output json', 4],
    ['demo --output plain --timeout 30s', 4],
  ])('zentop %s: reports that the disk is full, and fails', (args, code) => {
    const {status, stderr} = runInShell(`zentop ${args} > /dev/full`);
    assert.match(stderr, /^zentop: Cannot write output: ENOSPC.*\.\n.+\n$/);
    assert.equal(status, code);
  });

  test('a closed standard error does not matter', () => {
    assert.equal(runInShell('zentop config 2>&-').status, 0);
    const {stdout} = runInShell('(zentop runs 2>&1; echo $? > status) | true; cat status');
    assert.equal(stdout, '4\n', 'no server is configured');
  });
});
