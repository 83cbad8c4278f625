import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterEach, test} from 'vitest';
import type {Terminal} from '../support/pty.js';
import {createFolder, startShell} from './support/watching.js';

const program = resolve('bin/zentop.js');
const breaker = pathToFileURL(resolve('test/terminal/support/break-on-signal.mjs')).href;

let shell: Terminal | undefined;
afterEach(() => shell?.kill('SIGKILL'));

for (const how of ['error', 'rejection']) {
  test(`restores the terminal and prints what to report after a crash (${how})`, async () => {
    const home = createFolder();
    shell = await startShell([100, 30], {HOME: home, ZENML_CONFIG_PATH: home, BREAK_BY: how});
    shell.type(`stty -a > ${home}/before; NODE_OPTIONS='--import ${breaker}' node ${program} demo & `);
    shell.type(`echo $! > ${home}/pid; fg > /dev/null; `);
    shell.type(`echo code=$?; stty -a > ${home}/after; diff ${home}/before ${home}/after && echo same line\r`);
    await shell.waitFor(/live|● \d/);
    process.kill(Number(readFileSync(`${home}/pid`, 'utf8')), 'SIGUSR2');
    await shell.waitFor(/^same line$/m);

    const screen = shell.screen().join('\n');
    assert.match(screen, /^code=70$/m);
    assert.match(screen, /^zentop crashed\. This is a bug in zentop; your run is not affected\./m);
    assert.match(screen, /^zentop \d+\.\d+\.\d+, Node v\d+\S+, linux$/m);
    assert.match(screen, /^Error: a fault .*of its own/m);
    assert.doesNotMatch(screen, /MARKEDSECRET/);
    const {model} = shell;
    assert.equal(model.buffer.active.type, 'normal');
    assert.equal(model.modes.mouseTrackingMode, 'none');
    assert.equal(model.modes.sendFocusMode, false);
    const bytes = shell.rawBytes().toString('utf8');
    assert.ok(bytes.lastIndexOf('\x1b[?25h') > bytes.lastIndexOf('\x1b[?25l'), 'the cursor is shown');
    const report = bytes.slice(bytes.indexOf('zentop crashed'));
    assert.doesNotMatch(report, /\x1b\[31m|\x1b\]0;title/);
  });
}
