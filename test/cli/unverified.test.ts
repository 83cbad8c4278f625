import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, test} from 'vitest';
import type {DemoServer} from '../support/demo-server.js';
import {type LocalServer, startTlsProxy} from '../support/local-server.js';
import {startStoppedDemo} from '../support/server-clock.js';
import {runProgram} from './support/program.js';

const certificate = {
  cert: readFileSync('test/fixtures/tls/cert.pem', 'utf8'),
  key: readFileSync('test/fixtures/tls/key.pem', 'utf8'),
};

let demo: DemoServer;
let secure: LocalServer;

/** The demo server behind TLS, with a self-signed certificate. */
beforeAll(async () => {
  demo = await startStoppedDemo({scenario: 'failure'}, 3_600_000);
  secure = await startTlsProxy(demo, certificate);
});
afterAll(async () => {
  await secure.close();
  await demo.close();
});

const run = (args: readonly string[], env: Record<string, string>) =>
  runProgram(demo, args, {ZENML_STORE_URL: secure.url, ...env});

const warning = /^zentop: TLS certificates are not verified \(verify_ssl in [^\n]*ZENML_STORE_VERIFY_SSL[^\n]*\)\.$/m;

const commands: readonly (readonly [what: string, args: () => readonly string[]])[] = [
  ['plain lines', () => [demo.runId, '--output', 'plain']],
  ['lines of JSON', () => [demo.runId, '--output', 'json']],
  ['nothing but the exit code', () => [demo.runId, '--output', 'quiet']],
  ['the state as a document', () => [demo.runId, '--once', '--output', 'json']],
  ['the list of runs', () => ['runs', '--output', 'json']],
  ['the log of a step', () => ['logs', demo.runId, 'convert_amounts']],
  ['an unknown run', () => ['00000000-0000-4000-8000-000000000000', '--once']],
];

describe('without verified certificates', () => {
  for (const [what, args] of commands) {
    test(`warns once on standard error, not on standard output: ${what}`, async () => {
      const {output, errors} = await run(args(), {ZENML_STORE_VERIFY_SSL: 'false'});
      assert.match(errors, warning);
      assert.equal(errors.split('not verified').length, 2, errors);
      assert.doesNotMatch(output, /verif/);
    });
  }

  test('doctor reports that the connection can be intercepted', async () => {
    const {output} = await run(['doctor'], {ZENML_STORE_VERIFY_SSL: 'false'});
    assert.match(output, /certificates +NOT VERIFIED \(the connection can be intercepted\)/);
  });
});

test('does not warn if certificates are verified, and does not trust an unknown one, whatever NODE_TLS_REJECT_UNAUTHORIZED is', async () => {
  const {code, errors} = await run(['runs'], {NODE_TLS_REJECT_UNAUTHORIZED: '0'});
  assert.equal(code, 4);
  assert.doesNotMatch(errors, /certificates are not verified/);
  assert.match(errors, /self-signed certificate/);
});
