import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {createServerClock} from '../support/server-clock.js';
import {startProgram} from './support/program.js';

let server: DemoServer | undefined;
afterEach(() => server?.close());

// The log is polled every five seconds.
test('while following a log, reports once that the server does not respond, and once that it responds again', async () => {
  server = await startDemoServer({scenario: 'training'});
  const program = startProgram(server, ['logs', server.runId, 'build_features', '-f']);
  await program.waitForOutput(/./);
  server.interfere(() => ({kind: 'drop'}));
  await program.waitForOutput(/zentop: http\S+ is not responding: .+\. Retrying \(Ctrl-C to stop\)/);
  server.interfere(undefined);
  await program.waitForOutput(/zentop: http\S+ responds again\./);
  program.child.kill('SIGINT');
  const {errors} = await program.done;
  assert.equal(errors.trimEnd().split('\n').length, 2, errors);
});

test('follows a step from attempt to attempt, and exits with its status', async () => {
  const {clock, pass} = createServerClock();
  const demo = await startDemoServer({scenario: 'failure', clock});
  server = demo;
  const hasStarted = async (): Promise<boolean> => {
    const response = await fetch(`${demo.url}/api/v1/runs/${demo.runId}/steps?project=${demo.projectId}&size=100`);
    const {items} = (await response.json()) as {items: readonly {name: string}[]};
    return items.some(({name}) => name === 'convert_amounts');
  };
  while (!(await hasStarted())) {
    pass(1000);
  }

  // The first lines reach the server five seconds after the start.
  pass(7000);
  const program = startProgram(demo, ['logs', demo.runId, 'convert_amounts', '-f']);
  await program.waitForOutput(/^converting/m);
  // The first attempt takes 9 s, and the second one starts 3 s later.
  pass(13_000);
  await program.waitForOutput(/^converting[\s\S]*^converting/m);
  pass(3_600_000);
  const {code, output} = await program.done;
  assert.equal(code, 1);
  assert.equal(output.match(/^converting/gm)?.length, 2);
});
