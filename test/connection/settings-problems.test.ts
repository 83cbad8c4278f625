import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Flags} from '../../src/connection/flags.js';
import {readConnectionSettings} from '../../src/connection/settings.js';
import type {World} from '../../src/connection/world.js';
import {
  aWorld,
  configPath,
  credentialsPath,
  noFlags,
  readRecordedConfig,
  readRecordedCredentials,
} from './support/world.js';

const findProblem = async (world: World, flags: Partial<Flags> = {}) => {
  const outcome = await readConnectionSettings(world, {...noFlags, ...flags});
  assert.ok(!outcome.ok, 'settings were found');
  const {message, hint} = outcome.problem;
  for (const sentence of [message, hint]) {
    assert.match(sentence, /^[A-Z“/`-].*[.?]$|^Make it readable: |^API key file not found: /s, 'is a whole sentence');
    assert.doesNotMatch(sentence, /\n|undefined|MARKED/);
  }

  return outcome.problem;
};

const loginFiles = {[configPath]: readRecordedConfig(), [credentialsPath]: readRecordedCredentials()};

test('suggests three remedies if there is no configuration', async () => {
  const {message, hint, exitCode} = await findProblem(aWorld());
  assert.match(message, /^No ZenML server configured \(\/home\/ada\/\.config\/zenml\/config\.yaml not found\)\.$/);
  assert.match(hint, /`zenml login URL`.*--server URL.*`zentop demo`/);
  assert.equal(exitCode, 4);
});

test('reports a configuration without a server', async () => {
  const {message} = await findProblem(aWorld({files: {[configPath]: 'analytics_opt_in: true\n'}}));
  assert.match(message, /has no server URL/);
});

test('reports an empty configuration as empty, not as missing', async () => {
  const {message} = await findProblem(aWorld({files: {[configPath]: ''}}));
  assert.match(message, /config\.yaml is empty\)\.$/);
});

test('rereads a file that is being written', async () => {
  const world = aWorld({files: loginFiles});
  const texts = ['', 'store:\n  url: "http'];
  const readText = async (path: string) => (path === configPath ? texts.shift() : undefined) ?? world.readText(path);
  const outcome = await readConnectionSettings({...world, readText}, noFlags);
  assert.ok(outcome.ok);
  assert.deepEqual(texts, []);
});

const databases = [
  {files: {[configPath]: 'store:\n  type: sql\n  url: sqlite:////home/ada/zenml.db\n'}},
  {files: loginFiles, env: {ZENML_STORE_TYPE: 'sql'}},
  {files: loginFiles, env: {ZENML_STORE_URL: 'mysql://ada:MARKED@db/zenml'}},
];

for (const parts of databases) {
  test(`reports a local database, which has no server (${JSON.stringify(parts.env ?? 'config.yaml')})`, async () => {
    assert.match((await findProblem(aWorld(parts))).message, /uses a local database .* no server to watch\.$/);
  });
}

test('reports a store type without a URL', async () => {
  const {message} = await findProblem(aWorld({files: loginFiles, env: {ZENML_STORE_TYPE: 'rest'}}));
  assert.equal(message, 'No server URL in ZENML_STORE_TYPE.');
});

for (const path of [configPath, credentialsPath, '/home/ada/code/.zen/config.yaml']) {
  test(`reports invalid YAML in ${path} with its position but without its text`, async () => {
    const files = {...loginFiles, [path]: 'store:\n  api_key: MARKED\n  "MARKED: {\n'};
    const {message} = await findProblem(aWorld({files}));
    assert.match(message, /is not valid YAML \(line \d+, column \d+\)\./);
    assert.ok(message.startsWith(path), message);
  });
}

test('reports the right position of invalid YAML', async () => {
  const files = {...loginFiles, [configPath]: 'store:\n  type: rest\n\turl: x\n'};
  assert.match((await findProblem(aWorld({files}))).message, /line 3, column 1\b/);
});

for (const path of [configPath, credentialsPath]) {
  test(`rejects a list in ${path}`, async () => {
    const files = {...loginFiles, [path]: '- MARKED\n'};
    assert.match((await findProblem(aWorld({files}))).message, /contains no ZenML settings/);
  });

  test(`reports that ${path} cannot be read`, async () => {
    assert.match((await findProblem(aWorld({files: loginFiles, locked: [path]}))).message, /Cannot read/);
  });
}

const keyFiles = [
  ['missing', {}, [], /API key file not found: \/home\/ada\/code\/pipelines\/key/],
  ['empty', {'/home/ada/code/pipelines/key': ' \n'}, [], /is empty/],
  ['not one word', {'/home/ada/code/pipelines/key': 'MARKED MARKED'}, [], /several words/],
  ['locked', {'/home/ada/code/pipelines/key': 'MARKED'}, ['/home/ada/code/pipelines/key'], /Cannot read/],
] as const;

for (const [name, files, locked, message] of keyFiles) {
  test(`treats an API key file that is ${name} as a usage error`, async () => {
    const problem = await findProblem(aWorld({files: {...loginFiles, ...files}, locked}), {apiKeyFile: 'key'});
    assert.match(problem.message, message);
    assert.equal(problem.exitCode, 2);
  });
}

for (const server of ['zenml.example.com', 'https://ada:MARKED@zenml.example.com', 'https://']) {
  test(`treats --server ${server.replace('MARKED', '…')} as a usage error`, async () => {
    const problem = await findProblem(aWorld(), {server});
    assert.match(problem.message, /--server/);
    assert.equal(problem.exitCode, 2);
  });
}

test('reports an invalid URL with the name of the variable that contains it', async () => {
  const problem = await findProblem(aWorld({env: {ZENML_STORE_URL: 'ada:MARKED@zenml.example.com'}}));
  assert.match(problem.message, /ZENML_STORE_URL/);
  assert.equal(problem.exitCode, 4);
});

test('reports a certificate file that is missing or contains none', async () => {
  const files = {...loginFiles, '/ca.txt': 'nothing'};
  const buildEnv = (path: string) => ({ZENML_STORE_VERIFY_SSL: path});
  assert.match((await findProblem(aWorld({files, env: buildEnv('/none.pem')}))).message, /Cannot read .*\/none\.pem/);
  assert.match(
    (await findProblem(aWorld({files, env: buildEnv('/ca.txt')}))).message,
    /\/ca\.txt .*contains no PEM certificate/,
  );
});

for (const word of ['soon', '-1', '0', 'Infinity']) {
  test(`rejects a timeout of ${word}`, async () => {
    const env = {ZENML_STORE_HTTP_TIMEOUT: word};
    assert.match((await findProblem(aWorld({files: loginFiles, env}))).message, /ZENML_STORE_HTTP_TIMEOUT/);
  });
}

test('rejects a word as the timeout in the file, and names the file', async () => {
  const files = {...loginFiles, [configPath]: readRecordedConfig().replace('http_timeout: 30', 'http_timeout: soon')};
  const {message} = await findProblem(aWorld({files}));
  assert.equal(message, `Invalid HTTP timeout “soon” in ${configPath}: expected a number of seconds.`);
});
