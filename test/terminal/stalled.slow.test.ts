import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {StringDecoder} from 'node:string_decoder';
import {type IPty, spawn} from '@lydell/node-pty';
import {afterEach, beforeAll, test} from 'vitest';
import {buildWatcher, createFolder, findDifferences, getCells} from './support/watching.js';

const require = createRequire(import.meta.url);
const {Terminal: Xterm} = require('@xterm/headless') as typeof import('@xterm/headless');
const {Unicode11Addon} = require('@xterm/addon-unicode11') as typeof import('@xterm/addon-unicode11');

let program: string;
let child: IPty;

beforeAll(async () => {
  program = await buildWatcher('stalled');
});
afterEach(() => {
  child.kill('SIGKILL');
});

const waitUntil = async (isTrue: () => boolean, what: string) => {
  const giveUpAt = performance.now() + 90_000;
  while (!isTrue()) {
    if (performance.now() > giveUpAt) {
      throw new Error(`timed out waiting until ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};

/** A terminal that can stop reading, like one behind a dead connection. */
const start = async () => {
  const lifeFile = `${createFolder()}/life`;
  const model = new Xterm({cols: 120, rows: 40, allowProposedApi: true});
  model.loadAddon(new Unicode11Addon());
  model.unicode.activeVersion = '11';
  const {CI: _ci, ...environment} = process.env;
  child = spawn(process.execPath, [program], {
    cols: 120,
    rows: 40,
    env: {...environment, TERM: 'xterm-256color', COLORTERM: 'truecolor', TICK_MS: '5', LIFE: lifeFile},
    encoding: null,
  });
  const decoder = new StringDecoder('utf8');
  child.onData(chunk => model.write(decoder.write(Buffer.from(chunk))));
  const exit = new Promise<number>(resolve => child.onExit(({exitCode}) => resolve(exitCode)));
  const getText = () =>
    Array.from({length: 40}, (_, y) => model.buffer.active.getLine(y)?.translateToString(true)).join('\n');
  const getCell = (x: number, y: number) => model.buffer.active.getLine(y)?.getCell(x);
  const readLife = (): {ms: number; rss: number} => {
    try {
      return JSON.parse(readFileSync(lifeFile, 'utf8')) as {ms: number; rss: number};
    } catch {
      return {ms: 0, rss: 0}; // Read while it was being written.
    }
  };
  await waitUntil(() => getText().includes('q quit'), 'the first frame is drawn');
  return {model, cell: getCell, getText, readLife, exit};
};

/** Stops reading for two seconds of the program's run time, in which far more is drawn than the system buffers. */
const stallFor2s = async (readLife: () => {ms: number}) => {
  child.pause();
  await waitUntil(() => readLife().ms > 0, 'the program has started');
  const before = readLife().ms;
  await waitUntil(
    () => readLife().ms > before + 2000,
    'the program has run for two seconds while nothing reads its output',
  );
};

test('keeps running while nothing reads the terminal, and then draws one clean screen', async () => {
  const {model, cell: getCell, getText, readLife} = await start();
  await waitUntil(() => readLife().rss > 0, 'the program has started');
  const before = readLife().rss;
  await stallFor2s(readLife);
  assert.ok(readLife().rss - before < 60_000_000, 'frames are dropped, not buffered');
  child.write('p');
  child.resume();
  child.write('x');
  const hasShown = (key: string) => !model.modes.synchronizedOutputMode && getText().includes(`said key "${key}"`);
  await waitUntil(() => hasShown('x'), 'the key is shown');
  const cells = getCells({model, cell: getCell});
  child.write('ry');
  await waitUntil(() => hasShown('y'), 'the next key is shown');
  const differences = findDifferences(getCells({model, cell: getCell}), cells);
  assert.equal(differences.length, 1, `only the displayed key has changed: ${differences.join('; ')}`);
});

test('can be ended while nothing reads the terminal', async () => {
  const {readLife, exit} = await start();
  await stallFor2s(readLife);
  process.kill(child.pid, 'SIGTERM');
  assert.equal(await exit, 0);
});
