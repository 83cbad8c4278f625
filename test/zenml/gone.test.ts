import assert from 'node:assert/strict';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {buildSettings, start, watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {zenmlVersion} from './support/version.js';

describe(`a run that is deleted while it is watched, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  test('is reported as gone on the screen and in plain output, and Esc returns to the list', async () => {
    const {id, child, done} = await server.startRun('slow.py', ['--steps', '3', '--seconds', '300']);
    const printing = start(server, [id, '--output', 'plain'], buildSettings(server));
    const terminal = watch(server, [id]);
    try {
      await terminal.waitFor(/stage_01 +running/);
      const response = await fetch(`${server.url}/api/v1/runs/${id}`, {method: 'DELETE'});
      assert.equal(response.status, 200);
      await terminal.waitFor(/this run no longer exists on the server/);
      const {code, output, errors} = await printing.done;
      assert.equal(code, 4);
      assert.match(
        output,
        /Z gone slow\S* no longer exists on the server; it was (running|initializing) when last seen\n$/,
      );
      assert.match(errors, /no longer exists on http/);
      terminal.type('\u001b');
      await terminal.waitFor(/No runs yet/);
    } finally {
      terminal.kill('SIGKILL');
      child.kill('SIGKILL');
      await done;
    }
  });
});
