import assert from 'node:assert/strict';
import {test} from 'vitest';
import {checkConnection} from '../../src/connection/check-connection.js';
import type {Finding} from '../../src/connection/finding.js';
import type {Flags} from '../../src/connection/flags.js';
import {closeAfterEach} from '../support/closing.js';
import {createTransport, getRecordedProject, never, type ServerState, startRecordedServer} from './support/server.js';
import {
  aWorld,
  configPath,
  credentialsPath,
  type FakeWorld,
  noFlags,
  readRecordedConfig,
  readRecordedCredentials,
} from './support/world.js';

const keep = closeAfterEach();
const start = (state?: ServerState) => keep(startRecordedServer(state));

const report = async (world: FakeWorld, flags: Partial<Flags> = {}) => {
  const findings = await checkConnection(world, {...noFlags, ...flags}, createTransport(world), never);
  assert.doesNotMatch(JSON.stringify(findings), /MARKED|undefined/);
  const findFinding = (label: string): Finding => {
    const found = findings.find(finding => finding.label === label);
    assert.ok(found, `no ${label}`);
    return found;
  };
  return {findings, findFinding};
};

const markKey = (text: string) =>
  text.replace('ZENKEY_REMOVED', 'MARKED_KEY').replace('SIGNATURE-REMOVED', 'MARKED_TOKEN');

test('reports every setting on a working machine, and where the server comes from', async () => {
  const server = await start({requiresSignIn: true, key: 'MARKED_KEY'});
  const config = readRecordedConfig(server.url).replace(
    /active_project_id: .*/,
    `active_project_id: ${getRecordedProject().id}`,
  );
  const files = {[configPath]: config, [credentialsPath]: markKey(readRecordedCredentials(server.url))};
  const {findings, findFinding} = await report(aWorld({files}));
  assert.deepEqual(
    findings.map(({label, isOk}) => [label, isOk]),
    [
      'config',
      'credentials',
      'repository',
      'server',
      'certificates',
      'timeout',
      'proxy',
      'version',
      'auth scheme',
      'sign-in',
      'project',
    ].map(label => [label, true]),
  );
  assert.deepEqual([findFinding('server').value, findFinding('server').origin], [server.url, configPath]);
  assert.equal(findFinding('credentials').value, '1 server');
  assert.equal(findFinding('version').value, '0.98.0, server “default”, local deployment');
  assert.equal(findFinding('auth scheme').value, 'OAUTH2_PASSWORD_BEARER');
  assert.equal(findFinding('sign-in').value, 'as default, with a token valid until 2026-11-24 07:24 UTC');
  assert.equal(findFinding('project').value, `default (${getRecordedProject().id})`);
});

test('reports a missing project together with the one used instead', async () => {
  const server = await start();
  const {findFinding} = await report(aWorld({files: {[configPath]: readRecordedConfig(server.url)}}));
  assert.equal(findFinding('project').value, `default (the project from ${configPath} does not exist)`);
  assert.equal(findFinding('project').origin, 'the only project');
  assert.equal(findFinding('sign-in').value, 'as default (no sign-in needed)');
});

test('reports where a rejected key comes from and what to do', async () => {
  const server = await start({requiresSignIn: true, key: 'another'});
  const env = {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'MARKED_KEY'};
  const {findFinding} = await report(aWorld({env}));
  const {value, origin, isOk, hint} = findFinding('sign-in');
  assert.match(value, /rejected the credentials: .*error decoding API key\.$/);
  assert.deepEqual([origin, isOk], ['ZENML_STORE_API_KEY', false]);
  assert.match(hint ?? '', /^Check ZENML_STORE_API_KEY/);
  assert.equal(findFinding('version').isOk, true);
});

test('reports the settings even if the server is unreachable', async () => {
  const server = await start();
  await server.close();
  const {findFinding} = await report(aWorld(), {server: server.url});
  assert.equal(findFinding('server').origin, '--server');
  for (const label of ['version', 'sign-in', 'project']) {
    assert.match(findFinding(label).value, /^Cannot reach /);
    assert.equal(findFinding(label).isOk, false);
  }
});

test('reports a broken file once, next to the intact ones', async () => {
  const files = {[configPath]: readRecordedConfig(), [credentialsPath]: 'MARKED: {\n'};
  const {findings, findFinding} = await report(aWorld({files}));
  assert.equal(findFinding('config').isOk, true);
  assert.match(findFinding('credentials').value, /is not valid YAML \(line/);
  assert.equal(findings.filter(({isOk}) => !isOk).length, 1);
});

test('reports that no server is configured', async () => {
  const {findings, findFinding} = await report(aWorld());
  assert.equal(findFinding('config').value, 'not found');
  assert.match(findFinding('server').hint ?? '', /zenml login/);
  assert.deepEqual(
    findings.map(({label}) => label),
    ['config', 'credentials', 'repository', 'server'],
  );
});

test('reports an empty configuration file as empty', async () => {
  const {findFinding} = await report(aWorld({files: {[configPath]: ''}}));
  assert.equal(findFinding('config').value, 'empty');
  assert.match(findFinding('server').value, /config\.yaml is empty\)\.$/);
});

test('reports a proxy without its password', async () => {
  const env = {HTTPS_PROXY: 'http://ada:MARKED@proxy.example.com:3128', ZENML_STORE_URL: 'https://zenml.invalid'};
  const world = aWorld({env});
  const response = {ok: false, failure: {kind: 'timed-out', afterMs: 1000}} as const;
  const findings = await checkConnection(world, noFlags, () => async () => response, never);
  assert.doesNotMatch(JSON.stringify(findings), /MARKED/);
  assert.equal(findings.find(({label}) => label === 'proxy')?.value, 'http://***@proxy.example.com:3128');
});

test('names the certificate authorities that are trusted', async () => {
  const pem = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n';
  const server = await start();
  const diagnose = async (env: Readonly<Record<string, string>>, systemCas?: readonly string[]) => {
    const parts = {files: {'/ca.pem': pem, '/extra.pem': pem}, env: {ZENML_STORE_URL: server.url, ...env}};
    const {findFinding} = await report(aWorld(systemCas === undefined ? parts : {...parts, systemCas}));
    return findFinding('certificates').value;
  };
  assert.equal(await diagnose({}), 'CAs built into Node.js');
  assert.equal(await diagnose({}, []), 'CAs built into Node.js', 'the system has none');
  assert.equal(await diagnose({}, ['PEM']), "CAs built into Node.js + the system's CAs");
  assert.equal(
    await diagnose({REQUESTS_CA_BUNDLE: '/ca.pem', NODE_EXTRA_CA_CERTS: '/extra.pem'}),
    'CAs built into Node.js + CAs in /ca.pem + CAs in /extra.pem',
  );
  assert.equal(
    await diagnose({REQUESTS_CA_BUNDLE: '/ca.pem', SSL_CERT_FILE: '/ca.pem', NODE_EXTRA_CA_CERTS: '/ca.pem'}),
    'CAs built into Node.js + CAs in /ca.pem',
    'several variables name the same file',
  );
});

test.each([
  ['http://proxy:port', /^HTTPS_PROXY is not a valid proxy URL\.$/],
  ['socks5://proxy:1080', /^HTTPS_PROXY names a SOCKS proxy/],
])('reports that the proxy %s cannot be used, instead of connecting', async (value, expected) => {
  const world = aWorld({env: {ZENML_STORE_URL: 'https://zenml.example.com', HTTPS_PROXY: value}});
  const {findFinding} = await report(world);
  assert.match(findFinding('server').value, expected);
  assert.equal(findFinding('server').isOk, false);
});
