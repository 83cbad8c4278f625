import assert from 'node:assert/strict';
import {test} from 'vitest';
import {startProgram} from '../cli/support/program.js';

test('an unknown host is reported in two lines, with the exit code of an unreachable server', async () => {
  const server = {url: 'http://zentop.invalid'} as Parameters<typeof startProgram>[0];
  const {code, output, errors} = await startProgram(server, ['runs']).done;
  assert.equal(code, 4);
  assert.equal(output, '');
  assert.match(errors, /^zentop: Cannot reach http:\/\/zentop\.invalid: (?:no such host|host name lookup failed)\./);
  assert.equal(errors.trim().split('\n').length, 2);
});
