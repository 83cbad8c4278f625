import assert from 'node:assert/strict';
import {afterEach, describe, test, vi} from 'vitest';
import {getKeyBytes} from './key-bytes.js';
import {startTerminal} from './pty.js';

const start = (script: string) => startTerminal({command: process.execPath, args: ['-e', script], cols: 40, rows: 6});

afterEach(() => vi.unstubAllEnvs());

describe('a pseudo-terminal', () => {
  test('shows what a program draws, cell by cell', async () => {
    const terminal = start(String.raw`process.stdout.write('\x1b[2J\x1b[3;5H\x1b[31m漢x\x1b[0m')`);
    assert.deepEqual(await terminal.exit, {code: 0, signal: undefined});
    assert.equal(terminal.screen()[2], '    漢x');
    assert.equal(terminal.cell(4, 2)?.getWidth(), 2);
    assert.equal(terminal.cell(6, 2)?.getChars(), 'x');
    assert.equal(terminal.cell(6, 2)?.getFgColor(), 1);
    assert.ok(terminal.rawBytes().includes('漢x'));
  });

  test('passes keys and sizes to the program', async () => {
    const terminal = start(`
      process.stdin.setRawMode(true);
      process.stdin.on('data', bytes => console.log('got ' + JSON.stringify(bytes.toString())));
      process.stdout.on('resize', () => console.log(process.stdout.columns + 'x' + process.stdout.rows));
      console.log('ready');
    `);
    await terminal.waitFor('ready');
    terminal.type(getKeyBytes('ctrl-d') + getKeyBytes('G'));
    await terminal.waitFor(String.raw`got "\u0004G"`);
    terminal.resize(50, 8);
    await terminal.waitFor(/^50x8$/m);
    terminal.kill('SIGTERM');
    assert.equal((await terminal.exit).signal, 15);
  });

  test('hides the variables of a build machine from the program', async () => {
    vi.stubEnv('CI', 'true');
    vi.stubEnv('GITHUB_ACTIONS', 'true');
    const terminal = startTerminal({
      command: process.execPath,
      args: ['-p', `['CI', 'GITHUB_ACTIONS'].map(name => name in process.env).join()`],
      cols: 40,
      rows: 6,
    });
    await terminal.waitFor('false,false');
  });

  test('reports the screen when a program ends before the awaited text', async () => {
    const terminal = start(`console.log('only this'); process.exitCode = 3`);
    await assert.rejects(terminal.waitFor('something else'), /ended with code 3[\s\S]*something else[\s\S]*only this/);
  });

  test('shows a frame only when it is complete', async () => {
    const terminal = start(String.raw`
      process.stdin.setRawMode(true);
      process.stdin.once('data', () => { process.stdout.write(' whole\x1b[?2026l'); process.exit() });
      process.stdout.write('\x1b[?2026hhalf');
    `);
    const shown = terminal.waitFor('half');
    while (!terminal.screen()[0]?.includes('half')) {
      await new Promise(resolve => terminal.model.onWriteParsed(resolve));
    }

    terminal.type('x');
    assert.equal((await shown)[0], 'half whole');
  });

  test('responds to queries for the cursor position', async () => {
    const terminal = start(String.raw`
      process.stdin.setRawMode(true);
      process.stdin.once('data', bytes => { console.log(JSON.stringify(bytes.toString())); process.exit() });
      process.stdout.write('\x1b[2;7H\x1b[6n');
    `);
    await terminal.waitFor(String.raw`"\u001b[2;7R"`);
  });
});
