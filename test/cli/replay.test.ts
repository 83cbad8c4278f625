import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {RunDocument} from '../../src/report/document.js';
import {type DemoServer, startDemoServer} from '../support/demo-server.js';
import {startTerminal} from '../support/pty.js';
import {startStoppedDemo} from '../support/server-clock.js';
import {type ProgramResult, runProgram, startProgram} from './support/program.js';

const folder = mkdtempSync(join(tmpdir(), 'zentop-recordings-'));
const getFilePath = (name: string): string => join(folder, name);
const wholeFile = getFilePath('whole.zentop.gz');

let server: DemoServer;
let liveResult: ProgramResult;
let liveState: RunDocument;
/** Nothing listens on this port. */
const nowhere = {url: 'http://127.0.0.1:9'} as DemoServer;

const replay = (...args: readonly string[]): Promise<ProgramResult> => runProgram(nowhere, ['replay', ...args]);
const parseDocument = ({output}: ProgramResult): RunDocument => JSON.parse(output) as RunDocument;
const withoutMoment = ({as_of, ...content}: RunDocument) => content;

const startScreen = (file: string, speed: string) =>
  startTerminal({
    command: process.execPath,
    args: [resolve('bin/zentop.js'), 'replay', file, '--speed', speed],
    cols: 100,
    rows: 30,
    cwd: folder,
    env: {ZENML_CONFIG_PATH: folder, HOME: folder},
  });

beforeAll(async () => {
  server = await startDemoServer({scenario: 'failure', speed: 20});
  liveResult = await runProgram(server, [server.runId, '--output', 'json', '--record', wholeFile]);
  liveState = parseDocument(await runProgram(server, [server.runId, '--once', '--output', 'json']));
});

afterAll(async () => {
  await server.close();
  rmSync(folder, {recursive: true});
});

describe('a recording', {concurrent: true}, () => {
  test('does not affect the exit code or standard error, and is readable only by its owner', () => {
    assert.deepEqual({code: liveResult.code, errors: liveResult.errors}, {code: 1, errors: ''});
    assert.equal(statSync(wholeFile).mode & 0o777, 0o600);
    assert.match(gunzipSync(readFileSync(wholeFile)).toString(), /^\{"format":"zentop-recording\/1"/);
  });

  test('has the final state of the run, without a server', async () => {
    const result = await replay(wholeFile, '--once', '--output', 'json');
    assert.deepEqual({code: result.code, errors: result.errors}, {code: 1, errors: ''});
    assert.deepEqual(withoutMoment(parseDocument(result)), withoutMoment(liveState));
  });

  test('always replays the same lines, as they were printed live', async () => {
    const [first, second] = [await replay(wholeFile, '--output', 'json'), await replay(wholeFile, '--output', 'json')];
    assert.equal(first.code, 1);
    assert.equal(first.output, second.output);
    const getEnds = ({output}: ProgramResult) =>
      output
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as Record<string, unknown>)
        .filter(({type, to}) => type === 'end' || to === 'failed' || to === 'completed')
        // The time and the previous status depend on when the program polled.
        .map(({t, from, ...line}) => line)
        .sort((a, b) => String(a['name']).localeCompare(String(b['name'])));
    assert.deepEqual(getEnds(first), getEnds(liveResult));
  });

  test.each([0.5, 0.6, 0.7, 0.8, 0.9])(
    'that is truncated is printed as lines up to its final state (%d)',
    async part => {
      const lines = gunzipSync(readFileSync(wholeFile)).toString().split('\n');
      const file = getFilePath(`part-${part}.zentop`);
      // Nothing can be replayed before the steps are recorded, and how soon that is depends on the speed of the machine.
      const opening = Math.max(...['/dag', '/steps'].map(path => lines.findIndex(line => line.includes(path)))) + 1;
      assert.ok(opening > 0);
      const end = opening + Math.floor((lines.length - opening) * part);
      writeFileSync(file, `${lines.slice(0, end).join('\n')}\n`);
      const printedStatuses = new Map(
        (await replay(file, '--output', 'json')).output
          .trim()
          .split('\n')
          .map(line => JSON.parse(line) as {readonly type: string; readonly name: string; readonly to: string})
          .flatMap(({type, name, to}) => (type === 'step' ? [[name, to] as const] : [])),
      );
      const {steps, run} = parseDocument(await replay(file, '--once', '--output', 'json'));
      const words = steps.map(
        ({name, id, status}) => [name, id === null && !run.in_progress ? 'not run' : status] as const,
      );
      assert.deepEqual(printedStatuses, new Map(words));
    },
  );

  test('blames a recording that ends before its steps, not the server', async () => {
    const lines = gunzipSync(readFileSync(wholeFile)).toString().split('\n');
    const file = getFilePath('without-steps.zentop');
    const graphIndex = lines.findIndex(line => line.includes('/dag'));
    writeFileSync(file, `${lines.slice(0, graphIndex).join('\n')}\n`);
    const {code, errors} = await replay(file, '--once');
    assert.equal(code, 4);
    assert.match(errors, /^zentop: The recording is incomplete: it ends before the run's steps were recorded\.\n/);
  });

  test('reports that the recording ended before the run', async () => {
    const slowServer = await startDemoServer({scenario: 'training', speed: 3});
    const file = getFilePath('cut.zentop');
    const program = startProgram(slowServer, [slowServer.runId, '--output', 'plain', '--record', file]);
    await program.waitForOutput(/step \S+ .*completed/);
    program.child.kill('SIGINT');
    assert.equal((await program.done).code, 130);
    await slowServer.close();

    const result = await replay(file, '--output', 'plain');
    assert.equal(result.code, 4);
    assert.match(result.output, /step \S+ .*completed/);
    assert.match(result.errors, /^zentop: The recording ends here; the run was still running\.\n.*\n$/);
    const state = await replay(file, '--once', '--output', 'json');
    assert.equal(state.code, 0);
    assert.equal(parseDocument(state).run.status, 'running');

    const terminal = startScreen(file, '1000');
    await terminal.waitFor(/recording ends here/);
    terminal.type('g');
    terminal.type('\r');
    await terminal.waitFor(/operator|inputs|cache/);
    // Back to the list, and out.
    terminal.type('q');
    terminal.type('q');
    terminal.type('q');
    assert.equal((await terminal.exit).code, 0);
  });

  test('reports at the end that it is full, and can be replayed as far as it goes', async () => {
    const file = getFilePath('full.zentop');
    const {code, errors} = await runProgram(server, [server.runId, '--record', file, '--record-max', '60kb']);
    assert.equal(code, 1);
    assert.match(errors, /^zentop: Recording “.*” reached its limit of 60 KB.*\n.*--record-max/);
    assert.ok(statSync(file).size <= 60 * 1024);
    assert.equal((await replay(file, '--once')).code, 1);
  });

  test('does not overwrite another file', async () => {
    const file = getFilePath('mine.txt');
    writeFileSync(file, 'mine');
    const {code, output, errors} = await runProgram(server, [server.runId, '--once', '--record', file]);
    assert.deepEqual({code, output}, {code: 2, output: ''});
    assert.match(
      errors,
      /^zentop: “.*mine\.txt” already exists; zentop never overwrites a recording\.\nChoose another/,
    );
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  test('is reported as incomplete if it does not fit on the disk, with exit code 4', async () => {
    const trainingServer = await startStoppedDemo({scenario: 'training'}, 3_600_000);
    const file = getFilePath('disk-full.zentop');
    const program = [process.execPath, resolve('bin/zentop.js'), trainingServer.runId, '--once', '--record', file];
    const env = {...process.env, HOME: folder, ZENML_CONFIG_PATH: folder, ZENML_STORE_URL: trainingServer.url};
    const result = await new Promise<ProgramResult>(done => {
      // The shell counts in blocks of 512 or 1,024 bytes.
      execFile('sh', ['-c', 'ulimit -f 8; exec "$0" "$@"', ...program], {env}, (error, output, errors) => {
        done({code: error === null ? 0 : Number(error.code), output, errors});
      });
    });
    await trainingServer.close();
    assert.equal(result.code, 4, result.errors);
    assert.match(
      result.errors,
      /^zentop: Recording “.*disk-full\.zentop” stopped: file size limit exceeded\.\n.*--record\.\n$/,
    );
    assert.match(result.output, /deploy_canary +completed/);
  });

  test('is rejected before any request if it cannot be written', async () => {
    const {code, errors} = await runProgram(nowhere, ['latest', '--record', getFilePath('no/such/folder.gz')]);
    assert.equal(code, 2);
    assert.match(errors, /Cannot write “.*”: no such directory\.\n/);
  });

  test('is deleted if the server was unreachable', async () => {
    const file = getFilePath('nothing.gz');
    assert.equal((await runProgram(nowhere, ['latest', '--once', '--record', file])).code, 4);
    assert.equal(existsSync(file), false);
  });
});

describe('zentop replay', {concurrent: true}, () => {
  test.each([
    ['missing', undefined, /^zentop: File not found: .*missing\n.*--record/],
    ['foreign', '{"a": 1}\n', /^zentop: “.*foreign” is not a zentop recording\.\n/],
    ['newer', '{"format": "zentop-recording/7", "zentop": "8.0.1"}\n', /made by a newer zentop, 8\.0\.1\.\nReplay it/],
    [
      'empty',
      '{"format": "zentop-recording/1", "server": "http://x", "startedAt": "2026-01-01T00:00:00Z"}\n',
      /contains no run/,
    ],
    [
      'broken',
      '{"format": "zentop-recording/1", "server": "http://x", "startedAt": "2026-01-01T00:00:00Z"}\n{}\nx\n{}\n',
      /corrupt from line 3\.\n.*head -n 2/,
    ],
    // The line before contains nothing of the run, so there is no part to keep.
    [
      'broken-from-start',
      '{"format": "zentop-recording/1", "server": "http://x", "startedAt": "2026-01-01T00:00:00Z"}\nx\n{}\n',
      /corrupt from line 2\.\nRecord a run with/,
    ],
  ])('rejects an invalid recording (%s), with what is wrong and what to do', async (name, content, words) => {
    const file = getFilePath(name);
    if (content !== undefined) {
      writeFileSync(file, content);
    }
    const {code, output, errors} = await replay(file);
    assert.deepEqual({code, output}, {code: 2, output: ''});
    assert.match(errors, words);
    assert.equal(errors.trim().split('\n').length, 2);
  });

  test('rejects an invalid speed', async () => {
    const {code, errors} = await replay(wholeFile, '--speed', 'fast');
    assert.equal(code, 2);
    assert.match(errors, /Invalid value “fast” for --speed: expected a number between 0\.01 and 1000/);
  });
});

describe('a replay on the screen', () => {
  test('shows the run at the given speed, and reacts to keys', async () => {
    const terminal = startScreen(wholeFile, '2');
    await terminal.waitFor(/failed/);
    await terminal.waitFor(/MissingRateError/);
    terminal.type('k');
    terminal.type('\r');
    await terminal.waitFor(/Overview/);
    terminal.type('q');
    terminal.type('q');
    assert.equal((await terminal.exit).code, 0);
  });
});

describe('a screen that is recorded', () => {
  test('reports when the recording is full, keeps running, and reports it again at exit', async () => {
    // Slow enough that the run is in progress during the whole test.
    const slowServer = await startDemoServer({scenario: 'failure', speed: 0.2});
    const file = getFilePath('screen.zentop');
    const terminal = startTerminal({
      command: process.execPath,
      args: [
        resolve('bin/zentop.js'),
        slowServer.runId,
        '--server',
        slowServer.url,
        '--record',
        file,
        '--record-max',
        '30kb',
      ],
      cols: 120,
      rows: 30,
      cwd: folder,
      env: {ZENML_CONFIG_PATH: folder, HOME: folder},
    });
    await terminal.waitFor(/Recording .*reached its limit of 30 KB/);
    await terminal.waitFor(/live|ended/);
    terminal.type('q');
    assert.equal((await terminal.exit).code, 0);
    assert.match(terminal.screen().join('\n'), /zentop: Recording .* reached its limit/);
    await slowServer.close();
    assert.equal((await replay(file, '--output', 'quiet')).code, 4);
  });
});
