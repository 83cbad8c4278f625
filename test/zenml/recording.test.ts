import assert from 'node:assert/strict';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {buildSettings, run} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {zenmlVersion} from './support/version.js';
import {fetchDocument} from './support/watched-run.js';

describe(`a recorded run, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'none'});
  }, 900_000);
  afterAll(() => server?.stop());

  test.each([
    ['slow.py', ['--steps', '3', '--seconds', '2'], 0],
    ['failure.py', ['--seconds', '2'], 1],
  ] as const)('%s: a replay ends in the same state, without the server', async (file, args, exitCode) => {
    const recording = join(server.createFolder('recordings'), `${file}.zentop.gz`);
    const {id, done} = await server.startRun(file, args);
    const live = await run(server, [id, '--output', 'json', '--record', recording]);
    await done;
    assert.deepEqual({code: live.code, errors: live.errors}, {code: exitCode, errors: ''});

    const elsewhere = buildSettings(server, {ZENML_STORE_URL: 'http://127.0.0.1:9'});
    const replayed = await run(server, ['replay', recording, '--once', '--output', 'json'], elsewhere);
    assert.equal(replayed.code, exitCode, replayed.errors);
    const {as_of: _then, ...actual} = JSON.parse(replayed.output);
    const {as_of: _now, ...expected} = await fetchDocument(server, [id]);
    assert.deepEqual(actual, expected);

    const printed = await run(server, ['replay', recording, '--output', 'json'], elsewhere);
    assert.equal(printed.code, exitCode, printed.errors);
    assert.equal((await run(server, ['replay', recording, '--output', 'json'], elsewhere)).output, printed.output);
    const parseEnd = (output: string) => JSON.parse(output.trim().split('\n').at(-1) ?? '');
    const {t: _t, ...last} = parseEnd(printed.output);
    const {t: _live, ...liveLast} = parseEnd(live.output);
    assert.deepEqual(last, liveLast);
  });
});
