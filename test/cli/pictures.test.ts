import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {DemoServer} from '../support/demo-server.js';
import {startStoppedDemo} from '../support/server-clock.js';
import {runProgram} from './support/program.js';

let server: DemoServer;

beforeAll(async () => {
  server = await startStoppedDemo({scenario: 'training'}, 10 * 60_000);
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

describe.each(['timeline', 'graph'])('zentop %s in a pipe', {concurrent: true}, command => {
  test('has no colors, and rows of 100 cells at most', async () => {
    const {output} = await runProgram(server, [command, server.runId]);
    assert.ok(!output.includes('\u001b'));
    assert.ok(
      output.split('\n').every(line => line.length <= 100 || line.startsWith('critical path') || /^\S+ #\d/.test(line)),
    );
  });

  test('fits into 40 cells with --width 40', async () => {
    const {code, output} = await runProgram(server, [command, server.runId, '--width', '40']);
    assert.equal(code, 0);
    const rows = output.split('\n').filter(line => line.startsWith('   '));
    assert.ok(rows.length > 10 && rows.every(line => line.length <= 40), output);
    assert.match(output, command === 'timeline' ? /✗/ : /─✓/);
  });

  test('draws its rows in ASCII with NO_COLOR and --ascii', async () => {
    const {output} = await runProgram(server, [command, server.runId, '--ascii'], {NO_COLOR: '1'});
    assert.match(output, /^[\x20-\x7e\n]*$/);
    assert.match(output, command === 'timeline' ? /train_transformer .*=*x\.*=/ : /\+.* train_transformer/);
  });
});

describe('zentop timeline', {concurrent: true}, () => {
  test('prints the run on a time axis, with its critical path and what could be saved', async () => {
    const {code, output} = await runProgram(server, ['timeline', server.runId, '--width', '80']);
    assert.match(output, /^ {20,}0s +\d+s/m);
    assert.equal(code, 0);
    assert.match(output, /^ +parallel +[12]/m);
    assert.match(output, /train_transformer .*✗⋅*[━╺]/);
    assert.match(output, /critical path: \S+ > /);
    assert.match(output, /making \S+ instant saves at most/);
  });

  test('uses only ASCII with --ascii', async () => {
    const {output} = await runProgram(server, ['timeline', server.runId, '--ascii']);
    assert.match(output, /^[\x20-\x7e\n]*$/);
    assert.match(output, /=/);
  });

  test('rejects a width that has no room for bars', async () => {
    const {code, errors} = await runProgram(server, ['timeline', server.runId, '--width', '10']);
    assert.equal(code, 2);
    assert.match(errors, /--width must be a whole number from 40 to 1000/);
  });
});
