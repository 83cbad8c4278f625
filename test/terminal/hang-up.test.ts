import assert from 'node:assert/strict';
import {test} from 'vitest';
import {isHangUpIgnored} from '../../src/terminal/hang-up.js';

const pipes = {isInputTty: false, isOutputFile: false, isErrorFile: false};

test.each([
  ['started by nohup', {_: '/usr/bin/nohup'}, pipes, true],
  ['started by a shell', {_: '/usr/bin/node'}, pipes, false],
  ['with all streams redirected to files', {}, {isInputTty: false, isOutputFile: true, isErrorFile: true}, true],
  ['with a terminal as input', {}, {isInputTty: true, isOutputFile: true, isErrorFile: true}, false],
  ['in a pipe', {}, pipes, false],
])('detects whether a program %s ignores SIGHUP', (_, env, streams, expected) => {
  assert.equal(isHangUpIgnored(env, streams), expected);
});
