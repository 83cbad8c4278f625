import assert from 'node:assert/strict';
import {afterAll, afterEach, beforeAll, describe, test} from 'vitest';
import type {DemoServer} from '../support/demo-server.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {startStoppedDemo} from '../support/server-clock.js';
import {createFolder} from './support/watching.js';

let server: DemoServer;
let terminal: Terminal | undefined;

beforeAll(async () => {
  server = await startStoppedDemo({scenario: 'training'}, 40_000);
});
afterAll(() => server.close());
afterEach(() => terminal?.kill());

/** The built program on a run in progress, whose server's clock is stopped, in a terminal of this size. */
const open = async (cols: number, rows: number, args: readonly string[] = [], env: Record<string, string> = {}) => {
  const home = createFolder();
  const started = startTerminal({
    command: process.execPath,
    args: ['bin/zentop.js', server.runId, '--server', server.url, ...args],
    cols,
    rows,
    env: {HOME: home, ZENML_CONFIG_PATH: home, ...env},
  });
  terminal = started;
  await started.waitFor('train');
  return started;
};

const sizes = [
  [120, 30],
  [80, 24],
  [45, 20],
] as const;

describe.each(sizes)('in a terminal of %s by %s', (cols, rows) => {
  test('opens and zooms the timeline, switches to the graph, and closes it', async () => {
    const user = await open(cols, rows);
    user.type('t');
    await user.waitFor(/0s .*now/);
    user.type('g++');
    await user.waitFor(lines => lines.some(line => line.includes('‹')) || !lines.some(line => / 0s /.test(line)));
    user.type('0');
    await user.waitFor(/0s .*now/);
    user.type('D');
    await user.waitFor(/─╮/);
    user.type('h');
    user.type('D');
    await user.waitFor(lines => !lines.some(line => line.includes('─╮')));
    assert.ok(user.screen().every(line => line.length <= cols));
  });
});

test('a click selects a row of the timeline', async () => {
  const user = await open(80, 24, ['--mouse']);
  user.type('t');
  await user.waitFor(/0s .*now/);
  const row = user.screen().findIndex(line => line.includes('build_features'));
  user.type(`\x1b[<0;40;${row + 1}M\x1b[<0;40;${row + 1}m`);
  await user.waitFor(/› . build_features/);
});

test.each([
  ['--ascii', ['--ascii'], {}],
  ['NO_COLOR', [], {NO_COLOR: '1'}],
] as const)('draws waits and both kinds of bars in the timeline with %s', async (_name, args, env) => {
  const user = await open(80, 24, args, env);
  user.type('t');
  await user.waitFor(/0s .*now/);
  const text = user.screen().join('\n');
  assert.match(text, args.length > 0 ? /encode_merchants +\.*=+/ : /encode_merchants +⋅*[╺━]+/);
  assert.match(text, args.length > 0 ? /build_features +\.*-+/ : /build_features +⋅*[╶─]+/);
  if (args.length > 0) {
    assert.match(text, /^[\x20-\x7e\n]*$/);
  }
});
