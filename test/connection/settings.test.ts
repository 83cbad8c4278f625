import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Flags} from '../../src/connection/flags.js';
import {parseRunReference} from '../../src/connection/run-reference.js';
import {type ConnectionSettings, readConnectionSettings} from '../../src/connection/settings.js';
import type {World} from '../../src/connection/world.js';
import {
  aWorld,
  configPath,
  credentialsPath,
  noFlags,
  readRecordedConfig,
  readRecordedCredentials,
  recordedTokenUsableUntil,
} from './support/world.js';

const resolveSettings = async (world: World, flags: Partial<Flags> = {}): Promise<ConnectionSettings> => {
  const outcome = await readConnectionSettings(world, {...noFlags, ...flags});
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.problem.message);
  return outcome.value;
};

const loginFiles = {[configPath]: readRecordedConfig(), [credentialsPath]: readRecordedCredentials()};
const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

const revealGrant = ({identity}: ConnectionSettings): string | undefined => {
  const grant = identity.grant?.value;
  switch (grant?.kind) {
    case 'api-key':
      return grant.key.reveal();
    case 'password':
      return `${grant.username}:${grant.password.reveal()}`;
    default:
      return undefined;
  }
};

test('reads server, project, token and key from the files of `zenml login`', async () => {
  const settings = await resolveSettings(aWorld({files: loginFiles}));
  assert.deepEqual(settings.serverUrl, {value: 'http://127.0.0.1:8300', origin: configPath});
  assert.deepEqual(settings.project, {
    value: '675656a6-a27d-4d2b-9d13-5b649f209167',
    origin: configPath,
    isExplicit: false,
  });
  assert.deepEqual(settings.timeoutMs, {value: 30_000, origin: configPath});
  assert.deepEqual(settings.tls, {value: {isVerified: true}, origin: configPath});
  assert.equal(settings.identity.token?.origin, credentialsPath);
  assert.equal(
    Math.round(settings.identity.token!.value.usableUntil! / 1000),
    Math.round(recordedTokenUsableUntil / 1000),
  );
  assert.equal(revealGrant(settings), 'ZENKEY_REMOVED');
});

test('does not take a server with its own URL in `pro_api_url` for a Pro workspace', async () => {
  assert.equal((await resolveSettings(aWorld({files: loginFiles}))).identity.isPro, false);
  const cloud = readRecordedCredentials().replace(
    'pro_api_url: http://127.0.0.1:8300',
    'pro_api_url: https://cloudapi.zenml.io',
  );
  const pro = await resolveSettings(aWorld({files: {...loginFiles, [credentialsPath]: cloud}}));
  assert.equal(pro.identity.isPro, true);
});

test('a URL in the environment replaces the whole store of the file', async () => {
  const files = {
    [configPath]: readRecordedConfig().replace('verify_ssl: true', 'verify_ssl: false\n  api_key: ZENKEY_OF_FILE'),
  };
  const env = {ZENML_STORE_URL: 'https://other.example.com/'};
  const settings = await resolveSettings(aWorld({files, env}));
  assert.deepEqual(settings.serverUrl, {value: 'https://other.example.com', origin: 'ZENML_STORE_URL'});
  assert.deepEqual(settings.tls, {value: {isVerified: true}, origin: 'default'});
  assert.equal(settings.identity.grant, undefined);
  assert.equal(settings.identity.token, undefined);
});

test.each([
  ['a timeout in quotes', 'http_timeout: 30', 'http_timeout: "7"', {timeoutMs: 7000, isVerified: true}],
  ['0 as verify_ssl', 'verify_ssl: true', 'verify_ssl: 0', {timeoutMs: 30_000, isVerified: false}],
  ['1 as verify_ssl', 'verify_ssl: true', 'verify_ssl: 1', {timeoutMs: 30_000, isVerified: true}],
  ['a word as verify_ssl', 'verify_ssl: true', 'verify_ssl: "off"', {timeoutMs: 30_000, isVerified: false}],
])('reads %s, as ZenML does', async (_, recorded, written, expected) => {
  const files = {...loginFiles, [configPath]: readRecordedConfig().replace(recorded, written)};
  const {timeoutMs, tls} = await resolveSettings(aWorld({files}));
  assert.deepEqual({timeoutMs: timeoutMs.value, isVerified: tls.value.isVerified}, expected);
});

test('other variables override single fields of the file', async () => {
  const env = {ZENML_STORE_HTTP_TIMEOUT: '5', ZENML_STORE_VERIFY_SSL: 'false', ZENML_STORE_API_KEY: 'ZENKEY_ENV'};
  const settings = await resolveSettings(aWorld({files: loginFiles, env}));
  assert.equal(settings.serverUrl.origin, configPath);
  assert.deepEqual(settings.timeoutMs, {value: 5000, origin: 'ZENML_STORE_HTTP_TIMEOUT'});
  assert.deepEqual(settings.tls, {value: {isVerified: false}, origin: 'ZENML_STORE_VERIFY_SSL'});
  assert.deepEqual([revealGrant(settings), settings.identity.grant?.origin], ['ZENKEY_ENV', 'ZENML_STORE_API_KEY']);
});

test('ignores the stored token if a different key is set, and keeps it with the same key', async () => {
  const readTokenWithKey = async (key: string) =>
    (await resolveSettings(aWorld({files: loginFiles, env: {ZENML_STORE_API_KEY: key}}))).identity.token;
  assert.equal(await readTokenWithKey('ZENKEY_OTHER'), undefined);
  assert.equal((await readTokenWithKey('ZENKEY_REMOVED'))?.origin, credentialsPath);
});

test('takes user name and password from the environment, where the password may be missing', async () => {
  const env = {ZENML_STORE_URL: 'http://127.0.0.1:8300', ZENML_STORE_USERNAME: 'default'};
  assert.equal(revealGrant(await resolveSettings(aWorld({env}))), 'default:');
  assert.equal(revealGrant(await resolveSettings(aWorld({env: {...env, ZENML_STORE_PASSWORD: ' p '}}))), 'default: p ');
});

test('prefers a token in the environment to everything stored', async () => {
  const settings = await resolveSettings(aWorld({files: loginFiles, env: {ZENML_STORE_API_TOKEN: 'jwt'}}));
  assert.equal(settings.identity.token?.value.secret.reveal(), 'jwt');
  assert.equal(settings.identity.token?.value.usableUntil, undefined);
});

test('prefers --server and --api-key-file to environment and files', async () => {
  const world = aWorld({
    files: {...loginFiles, '/home/ada/code/pipelines/key.txt': ' ZENKEY_FLAG\n'},
    env: {ZENML_STORE_URL: 'http://env', ZENML_STORE_API_TOKEN: 'of env'},
  });
  const settings = await resolveSettings(world, {server: 'https://flag.example.com/api/v1', apiKeyFile: 'key.txt'});
  assert.deepEqual(settings.serverUrl, {value: 'https://flag.example.com', origin: '--server'});
  assert.equal(revealGrant(settings), 'ZENKEY_FLAG');
  assert.equal(settings.identity.token, undefined);
});

test('does not send a key or token of one server to another', async () => {
  const files = {
    ...loginFiles,
    [configPath]: readRecordedConfig().replace('type: rest', 'type: rest\n  api_key: ZENKEY_OF_FILE'),
  };
  const byFile = await resolveSettings(aWorld({files}), {server: 'https://other.example.com'});
  assert.deepEqual([byFile.identity.grant, byFile.identity.token], [undefined, undefined]);
  const env = {ZENML_STORE_URL: 'https://mine', ZENML_STORE_API_KEY: 'ZENKEY_ENV', ZENML_STORE_API_TOKEN: 'jwt'};
  const byVariable = await resolveSettings(aWorld({env}), {server: 'https://other.example.com'});
  assert.deepEqual([byVariable.identity.grant, byVariable.identity.token], [undefined, undefined]);
  const sameServer = await resolveSettings(aWorld({files}), {server: 'http://127.0.0.1:8300/'});
  assert.equal(revealGrant(sameServer), 'ZENKEY_OF_FILE');
  const unbound = await resolveSettings(aWorld({env: {ZENML_STORE_API_KEY: 'ZENKEY_ENV'}}), {server: 'https://other'});
  assert.equal(revealGrant(unbound), 'ZENKEY_ENV');
});

test('does not send a key in the environment, which replaces that of the configured server, to another server', async () => {
  const env = {ZENML_STORE_API_KEY: 'ZENKEY_ENV'};
  const credentials = `${readRecordedCredentials()}\nhttps://other.example.com:\n  api_key: ZENKEY_OTHER\n`;
  const world = aWorld({files: {...loginFiles, [credentialsPath]: credentials}, env});
  assert.equal(revealGrant(await resolveSettings(world)), 'ZENKEY_ENV');
  assert.equal(revealGrant(await resolveSettings(world, {server: 'https://other.example.com'})), 'ZENKEY_OTHER');
  assert.equal((await resolveSettings(world, {server: 'https://third.example.com'})).identity.grant, undefined);
});

test('sends a key in the environment to the given server if ZenML only uses a local database', async () => {
  const files = {[configPath]: 'store:\n  type: sql\n  url: sqlite:////home/ada/zenml.db\n'};
  const world = aWorld({files, env: {ZENML_STORE_API_KEY: 'ZENKEY_ENV'}});
  assert.equal(revealGrant(await resolveSettings(world, {server: 'https://other.example.com'})), 'ZENKEY_ENV');
});

test('finds the credentials of a server with or without a trailing slash', async () => {
  const credentials = `${readRecordedCredentials()}\nhttps://other.example.com:\n  api_key: ZENKEY_OTHER\n`;
  const world = aWorld({files: {...loginFiles, [credentialsPath]: credentials}});
  assert.equal(revealGrant(await resolveSettings(world, {server: 'https://other.example.com/'})), 'ZENKEY_OTHER');
});

test('ignores the credentials on disk with DISABLE_CREDENTIALS_DISK_CACHING', async () => {
  const {identity} = await resolveSettings(
    aWorld({files: loginFiles, env: {DISABLE_CREDENTIALS_DISK_CACHING: 'True'}}),
  );
  assert.deepEqual([identity.grant, identity.token], [undefined, undefined]);
});

test('a token without an expiry never expires', async () => {
  const credentials = 'http://127.0.0.1:8300:\n  api_token:\n    access_token: jwt\n    leeway: 180\n';
  const {identity} = await resolveSettings(aWorld({files: {...loginFiles, [credentialsPath]: credentials}}));
  assert.equal(identity.token?.value.usableUntil, undefined);
});

test('skips only invalid logins', async () => {
  const credentials = `https://broken: 7\nhttps://odd:\n  api_token: [1]\n${readRecordedCredentials()}`;
  assert.equal(
    revealGrant(await resolveSettings(aWorld({files: {...loginFiles, [credentialsPath]: credentials}}))),
    'ZENKEY_REMOVED',
  );
});

test('uses the last of two identical keys in a file, as ZenML does', async () => {
  const files = {[configPath]: `${readRecordedConfig()}active_project_id: second\n`};
  assert.equal((await resolveSettings(aWorld({files}))).project?.value, 'second');
});

const projectSources = [
  ['--project', {flags: {project: 'fraud'}}],
  ['ZENML_ACTIVE_PROJECT_ID', {env: {ZENML_ACTIVE_PROJECT_ID: 'of-env'}}],
  [
    '/home/ada/code/.zen/config.yaml',
    {files: {'/home/ada/code/.zen/config.yaml': 'active_project_id: of-repository\n'}},
  ],
  [configPath, {}],
] as const;

test('takes the project from the flag, the variable, the nearest repository, then the global file', async () => {
  for (const [index, [origin]] of projectSources.entries()) {
    const sources = projectSources
      .slice(index)
      .map(([, source]) => source as {env?: object; files?: object; flags?: object});
    const files = Object.assign({}, loginFiles, ...sources.map(source => source.files ?? {})) as Record<string, string>;
    const env = Object.assign({}, ...sources.map(source => source.env ?? {})) as Record<string, string>;
    const flags = Object.assign({}, ...sources.map(source => source.flags ?? {})) as Partial<Flags>;
    const settings = await resolveSettings(aWorld({files, env}), flags);
    assert.equal(settings.project?.origin, origin);
    assert.equal(settings.project?.isExplicit, index < 2);
  }
});

test('uses only the repository in ZENML_REPOSITORY_PATH, whose directory may have another name', async () => {
  const files = {
    ...loginFiles,
    '/home/ada/code/.zen/config.yaml': 'active_project_id: above\n',
    '/srv/repo/.zen2/config.yaml': 'active_project_id: named\n',
  };
  const env = {ZENML_REPOSITORY_PATH: '/srv/repo', ZENML_REPOSITORY_DIRECTORY_NAME: '.zen2'};
  assert.equal((await resolveSettings(aWorld({files, env}))).project?.value, 'named');
  const withoutConfig = {ZENML_REPOSITORY_PATH: '/home/ada/code/pipelines'};
  assert.equal((await resolveSettings(aWorld({files, env: withoutConfig}))).project?.origin, configPath);
});

const folders = [
  ['linux', {}, '/home/ada/.config/zenml/config.yaml'],
  ['linux', {XDG_CONFIG_HOME: '/xdg'}, '/xdg/zenml/config.yaml'],
  ['darwin', {XDG_CONFIG_HOME: '/xdg'}, '/home/ada/Library/Application Support/zenml/config.yaml'],
  ['win32', {APPDATA: 'C:\\Users\\ada\\AppData\\Roaming'}, 'C:\\Users\\ada\\AppData\\Roaming\\zenml\\config.yaml'],
  ['linux', {ZENML_CONFIG_PATH: '/srv/zen', XDG_CONFIG_HOME: '/xdg'}, '/srv/zen/config.yaml'],
  ['linux', {ZENML_CONFIG_PATH: 'zen'}, '/home/ada/code/pipelines/zen/config.yaml'],
] as const;

for (const [platform, env, path] of folders) {
  test(`finds ZenML's configuration on ${platform} with ${JSON.stringify(env)} in ${path}`, async () => {
    const world = aWorld({platform, env, files: {[path]: readRecordedConfig()}});
    assert.equal((await resolveSettings(world)).serverUrl.origin, path);
  });
}

test('accepts a path or PEM text in verify_ssl', async () => {
  const files = {...loginFiles, '/home/ada/code/pipelines/ca.pem': pem};
  const byPath = await resolveSettings(aWorld({files, env: {ZENML_STORE_VERIFY_SSL: 'ca.pem'}}));
  assert.deepEqual(byPath.tls.value, {
    isVerified: true,
    ca: pem,
    caSources: ['/home/ada/code/pipelines/ca.pem'],
  });
  const byText = await resolveSettings(aWorld({files, env: {ZENML_STORE_VERIFY_SSL: pem.trim()}}));
  assert.deepEqual(byText.tls.value, {isVerified: true, ca: pem.trim(), caSources: ['verify_ssl']});
});

const parseRunUrl = (text: string) => {
  const reference = parseRunReference(text);
  assert.ok(reference.kind === 'url');
  return reference.url;
};
const runPath = 'runs/2d3bfbe2-dcaf-484d-94c9-8fd31c75af1e';

test('prefers the server of a run URL that `zenml login` knows to the configured one', async () => {
  const credentials = `${readRecordedCredentials()}\nhttps://other.example.com:\n  api_key: ZENKEY_OTHER\n`;
  const world = aWorld({files: {...loginFiles, [credentialsPath]: credentials}});
  const settings = await resolveSettings(world, {
    runUrl: parseRunUrl(`https://other.example.com/projects/p/${runPath}`),
  });
  assert.deepEqual(settings.serverUrl, {value: 'https://other.example.com', origin: 'the run URL'});
  assert.equal(revealGrant(settings), 'ZENKEY_OTHER');
});

test("finds the workspace's server for a Pro dashboard URL, by ID or name", async () => {
  const workspace = 'https://abc-zenml.cloudinfra.zenml.io';
  const credentials = `${workspace}:\n  api_token:\n    access_token: jwt\n  deployment_type: cloud\n  server_id: ab-12\n  server_name: prod\n`;
  const world = aWorld({files: {[configPath]: readRecordedConfig(), [credentialsPath]: credentials}});
  for (const word of ['ab-12', 'prod']) {
    const runUrl = parseRunUrl(`https://cloud.zenml.io/workspaces/${word}/projects/p/${runPath}`);
    assert.equal((await resolveSettings(world, {runUrl})).serverUrl.value, workspace);
  }
});

test('uses the server of an unknown run URL only if none is configured', async () => {
  const runUrl = parseRunUrl(`https://unknown.example.com/projects/p/${runPath}`);
  assert.equal((await resolveSettings(aWorld({files: loginFiles}), {runUrl})).serverUrl.value, 'http://127.0.0.1:8300');
  assert.equal((await resolveSettings(aWorld(), {runUrl})).serverUrl.value, 'https://unknown.example.com');
});

test('shows no secret when settings are printed', async () => {
  const files = {
    ...loginFiles,
    [credentialsPath]: readRecordedCredentials().replace('ZENKEY_REMOVED', 'MARKED_KEY').replace('eyJ', 'MARKED_TOKEN'),
  };
  const env = {ZENML_STORE_USERNAME: 'ada', ZENML_STORE_PASSWORD: 'MARKED_PASSWORD', ZENML_STORE_API_TOKEN: 'MARKED'};
  assert.doesNotMatch(JSON.stringify(await resolveSettings(aWorld({files, env}))), /MARKED/);
  assert.doesNotMatch(JSON.stringify(await resolveSettings(aWorld({files}))), /MARKED/);
});

test('reads an API key file with quotes or in UTF-16', async () => {
  for (const text of ['“ZENKEY_1”\n', '"ZENKEY_1"', Buffer.from('\ufeffZENKEY_1\r\n', 'utf16le').toString('utf8')]) {
    const settings = await resolveSettings(aWorld({files: {'/k': text}}), {
      server: 'https://h.example',
      apiKeyFile: '/k',
    });
    const grant = settings.identity.grant?.value;
    assert.equal(grant?.kind === 'api-key' && grant.key.reveal(), 'ZENKEY_1');
  }
});
