import assert from 'node:assert/strict';
import {afterAll, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {startProgram} from './support/program.js';

let server: DemoServer | undefined;
afterAll(() => server?.close());

// The log is polled every five seconds.
test('while following a log, reports once that the server does not respond, and once that it responds again', async () => {
  server = await startDemoServer({scenario: 'training'});
  const program = startProgram(server, ['logs', server.runId, 'build_features', '-f']);
  await program.waitForOutput(/./);
  server.interfere(() => ({kind: 'drop'}));
  await program.waitForOutput(/zentop: http\S+ does not respond: .+\. Retrying \(Ctrl-C to stop\)/);
  server.interfere(undefined);
  await program.waitForOutput(/zentop: http\S+ responds again\./);
  program.child.kill('SIGINT');
  const {errors} = await program.done;
  assert.equal(errors.trimEnd().split('\n').length, 2, errors);
});
