import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterEach, beforeEach, test} from 'vitest';
import {startDemoServer} from '../support/demo-server.js';
import {type FaultProxy, startFaultProxy} from '../support/fault-proxy.js';
import {startTerminal, type Terminal} from '../support/pty.js';
import {countSequence} from './support/watching.js';

let folder: string;
let terminal: Terminal;
let proxy: FaultProxy;
let closeDemo: () => Promise<void>;

beforeEach(async () => {
  const demo = await startDemoServer({scenario: 'failure'});
  closeDemo = demo.close;
  proxy = await startFaultProxy(demo.url);
  folder = mkdtempSync(join(tmpdir(), 'zentop-opening-'));
});

afterEach(async () => {
  terminal.kill();
  await proxy.stop();
  await closeDemo();
  rmSync(folder, {recursive: true, force: true});
});

const startWith = (env: Readonly<Record<string, string>>, ...args: readonly string[]): Terminal => {
  terminal = startTerminal({
    command: process.execPath,
    args: [resolve('bin/zentop.js'), ...args],
    cols: 80,
    rows: 12,
    cwd: folder,
    env: {HOME: folder, ZENML_CONFIG_PATH: folder, ZENML_STORE_URL: undefined, ZENML_STORE_API_KEY: undefined, ...env},
  });
  return terminal;
};

const start = (...args: readonly string[]): Terminal => startWith({}, '--server', proxy.url, ...args);

test.each([
  ['a run', ['latest']],
  ['the list of runs', []],
])('shows which server it is connecting to while it waits for %s, and quits on q', async (_, args) => {
  proxy.setFault(() => ({kind: 'silence'}));
  const zentop = start(...args);
  await zentop.waitFor(new RegExp(`connecting to ${proxy.url}`));
  await zentop.waitFor(/q quit/);
  zentop.type('q');
  assert.equal((await zentop.exit).code, 0);
});

test('says why it cannot connect, retries with r, and then shows the run', async () => {
  proxy.setFault(() => ({kind: 'response', status: 503, body: '{}', headers: {'retry-after': '300'}}));
  const zentop = start('latest');
  await zentop.waitFor(/retrying in (?:5m|4m)/);
  proxy.setFault(undefined);
  zentop.type('r');
  await zentop.waitFor(/convert_amounts/);
  zentop.type('q');
  assert.equal((await zentop.exit).code, 0);
});

test('Ctrl-C while connecting exits with code 130', async () => {
  proxy.setFault(() => ({kind: 'silence'}));
  const zentop = start('latest');
  await zentop.waitFor(/q quit/);
  zentop.type('\u0003');
  assert.equal((await zentop.exit).code, 130);
});

test('queries the terminal while the server works, and restores it if the run does not exist', async () => {
  const held: ServerResponse[] = [];
  let isHolding = true;
  const server = createServer((_, response) => (isHolding ? held.push(response) : refuse(response)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as AddressInfo;
  const id = '00000000-0000-4000-8000-000000000000';
  const zentop = startWith({}, id, '--server', `http://127.0.0.1:${port}`);
  while (countSequence(zentop, '\x1b]11;?') === 0 || held.length === 0) {
    await new Promise(settle => setTimeout(settle, 10));
  }

  isHolding = false;
  held.forEach(refuse);
  assert.equal((await zentop.exit).code, 4);
  assert.match(zentop.screen().join('\n'), new RegExp(`No run ${id} on http://127.0.0.1:${port}\\.`));
  assert.equal(zentop.model.buffer.active.type, 'normal');
  assert.equal(countSequence(zentop, '\x1b[23;2t'), 1, 'the title was restored once');
  assert.equal(zentop.model.modes.bracketedPasteMode, false);
  server.close();
});

const refuse = (response: ServerResponse): void => {
  response.writeHead(404, {'content-type': 'application/json'});
  response.end('{"detail":["KeyError","There is no such run."]}');
};

/**
 * The environment of a program whose name server never responds, and whose system lookup creates the file `called` and blocks a
 * thread forever. `port` is that of the name server.
 */
const createHangingDns = (port: number): Readonly<Record<string, string>> => {
  const [pipe, calledFile, preload] = ['pipe', 'called', 'preload.cjs'].map(name => join(folder, name));
  execFileSync('mkfifo', [pipe!]);
  const code = `const [dns, fs] = [require('node:dns'), require('node:fs')];
    dns.setServers(['127.0.0.1:${port}']);
    dns.lookup = () => {
      fs.writeFileSync(${JSON.stringify(calledFile)}, '');
      fs.open(${JSON.stringify(pipe)}, 'r', () => {});
    };`;
  writeFileSync(preload!, code);
  return {NODE_OPTIONS: `--require=${preload}`};
};

test.skipIf(process.platform === 'win32')('q exits even if the lookup of the host name hangs', async () => {
  const silent = createSocket('udp4');
  await new Promise<void>(settle => silent.bind(0, '127.0.0.1', settle));
  const zentop = startWith(createHangingDns(silent.address().port), 'latest', '--server', 'http://zenml.example.com');
  await zentop.waitFor(/q quit/);
  while (!existsSync(join(folder, 'called'))) {
    await new Promise(settle => setTimeout(settle, 50));
  }

  zentop.type('q');
  assert.equal((await zentop.exit).code, 0);
  silent.close();
});
