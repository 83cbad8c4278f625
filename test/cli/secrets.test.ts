import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, test} from 'vitest';
import {closeAfterAll} from '../support/closing.js';
import type {DemoServer} from '../support/demo-server.js';
import {mark, startSecretsProxy} from '../support/marked-secrets.js';
import {startStoppedDemo} from '../support/server-clock.js';
import {isThorough} from '../support/test-mode.js';
import {type ProgramResult, startProgram} from './support/program.js';

const apiKey = `ZENKEY_${mark}key`;
const password = `${mark}password`;
const username = 'ada';

const folder = mkdtempSync(join(tmpdir(), 'zentop-secrets-'));
const keep = closeAfterAll();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** A server with a run that has ended; it accepts the key and the password. */
const serve = () => keep(startStoppedDemo({scenario: 'failure', auth: {username, password, apiKey}}, 3_600_000));

/** Lets the server's errors repeat what was sent, as some servers do. */
const leakSecrets = (server: DemoServer): void =>
  server.interfere(({path}) =>
    path.includes('/login') || path.includes('/info')
      ? undefined
      : {
          kind: 'response',
          status: 500,
          body: {detail: ['RuntimeError', `the request contained api_key=${apiKey}`]},
        },
  );

/** Runs the program, and collects what `ps` would show about it. */
const runWith = async (server: DemoServer, args: readonly string[], env: Record<string, string>) => {
  const program = startProgram(server, args, env);
  const commands: string[] = [];
  const timer = setInterval(() => {
    try {
      commands.push(readFileSync(`/proc/${program.child.pid}/cmdline`, 'utf8'));
    } catch {
      // It has exited.
    }
  }, 50);
  const result = await program.done.finally(() => clearInterval(timer));
  return {...result, commands};
};

const assertNoSecret = ({output, errors, commands}: ProgramResult & {readonly commands: readonly string[]}): void => {
  for (const [what, text] of Object.entries({output, errors, commands: commands.join('\n')})) {
    assert.ok(!text.includes(mark), `${what} contains a secret:\n${text}`);
  }
};

const byKey = {ZENML_STORE_API_KEY: apiKey};
const byPassword = {ZENML_STORE_USERNAME: username, ZENML_STORE_PASSWORD: password};

const ways: readonly (readonly [what: string, args: (runId: string) => readonly string[]])[] = [
  ['doctor', () => ['doctor']],
  ['the bug report', () => ['doctor', '--report']],
  ['the settings', () => ['config']],
  ['the list of runs as a document', () => ['runs', '--output', 'json']],
  ['the completions of a shell', () => ['__complete', '--', 'logs', '']],
  ['the state as a document', id => [id, '--once', '--output', 'json']],
  ['plain lines', id => [id, '--output', 'plain']],
  ['lines of JSON', id => [id, '--output', 'json']],
  ['the list of runs', () => ['runs']],
  ['the log of a step', id => ['logs', id, 'convert_amounts']],
];

describe('secrets', () => {
  for (const [what, args] of ways) {
    test(`${what} contains none, however zentop signs in`, async () => {
      const server = await serve();
      for (const env of isThorough ? [byKey, byPassword] : [byKey]) {
        const result = await runWith(server, args(server.runId), env);
        assert.ok(result.output.length > 0, result.errors);
        assertNoSecret(result);
      }
    });
  }

  test('a recording contains none', async () => {
    const server = await serve();
    const file = join(folder, 'run.zentop');
    const result = await runWith(server, [server.runId, '--once', '--record', file], byKey);
    assertNoSecret(result);
    assert.ok(!readFileSync(file).includes(mark));
  });

  test('a rejected key or a secret in the URL is not repeated', async () => {
    const server = await serve();
    const result = await runWith(server, ['runs'], {ZENML_STORE_API_KEY: `${apiKey}wrong`});
    assert.notEqual(result.code, 0);
    assertNoSecret(result);
    const address = server.url.replace('http://', `http://ada:${password}@`);
    assertNoSecret(await runWith(server, ['doctor'], {...byKey, ZENML_STORE_URL: address}));
    assertNoSecret(await runWith(server, ['runs'], {ZENML_STORE_URL: address}));
  });

  test("ZenML's own files are never written, and their secrets are not shown", async () => {
    const server = await serve();
    const config = join(folder, 'config');
    mkdirSync(config);
    const files = {
      'config.yaml': `version: 0.98.0\nstore:\n  type: rest\n  url: ${server.url}\n  api_key: ${apiKey}\n`,
      'credentials.yaml': `${server.url}:\n  url: ${server.url}\n  api_key: ${apiKey}\n`,
    };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(config, name), text);
    }
    const readStamps = () =>
      [config, ...Object.keys(files).map(name => join(config, name))].map(path => statSync(path).mtimeMs);
    const before = readStamps();
    const env = {ZENML_CONFIG_PATH: config, ZENML_STORE_URL: ''};
    for (const args of [['doctor'], ['runs'], [server.runId, '--once']]) {
      assertNoSecret(await runWith(server, args, env));
    }
    assert.deepEqual(readStamps(), before);
    for (const [name, text] of Object.entries(files)) {
      assert.equal(readFileSync(join(config, name), 'utf8'), text);
    }
  });

  test('a secret in an error of the server is removed', async () => {
    const server = await serve();
    leakSecrets(server);
    for (const args of [['doctor'], ['runs'], [server.runId, '--once']]) {
      const result = await runWith(server, args, byKey);
      assert.ok((result.output + result.errors).length > 0);
      assertNoSecret(result);
    }
  });

  test('secrets in configurations, parameters and metadata are in no output', async () => {
    const server = await serve();
    const {proxy, countResponses} = await startSecretsProxy(server.url);
    const id = server.runId;
    for (const args of [
      [id, '--once', '--output', 'json'],
      [id, '--once'],
      [id, '--output', 'json'],
      [id, '--output', 'plain'],
      [id, '--screen-reader'],
      ['runs', '--output', 'json'],
    ]) {
      assertNoSecret(await runWith(server, args, {...byKey, ZENML_STORE_URL: proxy.url}));
    }

    assert.ok(countResponses() > 5, `${countResponses()} responses contained secrets`);
    await proxy.stop();
  });
});
