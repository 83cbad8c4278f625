import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {createServerClock} from '../support/server-clock.js';
import {runProgram} from './support/program.js';

let server: DemoServer;

beforeAll(async () => {
  const {clock, pass} = createServerClock();
  server = await startDemoServer({scenario: 'training', clock});
  pass(10 * 60_000);
});

afterAll(() => server.close());

describe('zentop graph', {concurrent: true}, () => {
  test('prints one step per line, with rails, status and duration', async () => {
    const {code, output} = await runProgram(server, ['graph', server.runId, '--width', '80']);
    assert.equal(code, 0);
    assert.match(output, /^ +│ ├─│─✓─╮ train_baseline +completed +9s$/m);
    assert.match(output, /^ +✓───────╯ evaluate +completed/m);
    assert.ok(
      output
        .split('\n')
        .slice(1)
        .every(line => line.length <= 80),
    );
  });

  test('uses only ASCII with --ascii', async () => {
    const {output} = await runProgram(server, ['graph', server.runId, '--ascii']);
    assert.match(output, /^[\x20-\x7e\n]*$/);
    assert.match(output, /\+---'/);
  });
});
