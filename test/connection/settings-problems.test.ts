import assert from 'node:assert/strict';
import {test} from 'vitest';
import {type Flags, noFlags} from '../../src/connection/flags.js';
import {readConnectionSettings} from '../../src/connection/settings.js';
import type {World} from '../../src/connection/world.js';
import {aWorld, configPath, credentialsPath, recordedConfig, recordedCredentials} from './support/world.js';

const problemOf = async (world: World, flags: Partial<Flags> = {}) => {
  const outcome = await readConnectionSettings(world, {...noFlags, ...flags});
  assert.ok(!outcome.ok, 'settings were found');
  const {what, way} = outcome.problem;
  for (const sentence of [what, way]) {
    assert.match(sentence, /^[A-Z“/`].*\.$/s, 'a whole sentence');
    assert.doesNotMatch(sentence, /\n|undefined|MARKED/);
  }

  return outcome.problem;
};

const loggedIn = {[configPath]: recordedConfig(), [credentialsPath]: recordedCredentials()};

test('without any configuration there are three ways out', async () => {
  const {what, way, exitCode} = await problemOf(aWorld());
  assert.match(what, /No ZenML server is configured: \/home\/ada\/\.config\/zenml\/config\.yaml does not exist/);
  assert.match(way, /`zenml login URL`.*`zentop --server URL`.*`zentop demo`/);
  assert.equal(exitCode, 4);
});

test('a configuration without a store names no server', async () => {
  const {what} = await problemOf(aWorld({files: {[configPath]: 'analytics_opt_in: true\n'}}));
  assert.match(what, /names none/);
});

const databases = [
  {files: {[configPath]: 'store:\n  type: sql\n  url: sqlite:////home/ada/zenml.db\n'}},
  {files: loggedIn, env: {ZENML_STORE_TYPE: 'sql'}},
  {files: loggedIn, env: {ZENML_STORE_URL: 'mysql://ada:MARKED@db/zenml'}},
];

for (const made of databases) {
  test(`a database of its own has no server to watch (${JSON.stringify(made.env ?? 'config.yaml')})`, async () => {
    assert.match((await problemOf(aWorld(made))).what, /there is no server to watch: run `zenml login --local`/);
  });
}

test('a store type without a URL is told', async () => {
  const {what} = await problemOf(aWorld({files: loggedIn, env: {ZENML_STORE_TYPE: 'rest'}}));
  assert.equal(what, 'The store of ZENML_STORE_TYPE has no URL.');
});

for (const path of [configPath, credentialsPath, '/home/ada/code/.zen/config.yaml']) {
  test(`broken YAML in ${path} is told with its place and without its text`, async () => {
    const files = {...loggedIn, [path]: 'store:\n  api_key: MARKED\n  "MARKED: {\n'};
    const {what} = await problemOf(aWorld({files}));
    assert.match(what, /is not valid YAML: the mistake is at line \d+, column \d+\./);
    assert.ok(what.startsWith(path), what);
  });
}

test('the place of a mistake is where it is', async () => {
  const files = {...loggedIn, [configPath]: 'store:\n  type: rest\n\turl: x\n'};
  assert.match((await problemOf(aWorld({files}))).what, /line 3, column 1\b/);
});

for (const path of [configPath, credentialsPath]) {
  test(`${path} that is a list is not taken`, async () => {
    const files = {...loggedIn, [path]: '- MARKED\n'};
    assert.match((await problemOf(aWorld({files}))).what, /does not hold ZenML's settings/);
  });

  test(`${path} that may not be read is told`, async () => {
    assert.match((await problemOf(aWorld({files: loggedIn, locked: [path]}))).what, /cannot be read/);
  });
}

const keyFiles = [
  ['none there', {}, [], /There is no API key file \/home\/ada\/code\/pipelines\/key/],
  ['empty', {'/home/ada/code/pipelines/key': ' \n'}, [], /is empty/],
  ['two words', {'/home/ada/code/pipelines/key': 'MARKED MARKED'}, [], /more than one word/],
  ['locked', {'/home/ada/code/pipelines/key': 'MARKED'}, ['/home/ada/code/pipelines/key'], /cannot be read/],
] as const;

for (const [name, files, locked, what] of keyFiles) {
  test(`an API key file, ${name}, is wrong usage`, async () => {
    const problem = await problemOf(aWorld({files: {...loggedIn, ...files}, locked}), {apiKeyFile: 'key'});
    assert.match(problem.what, what);
    assert.equal(problem.exitCode, 2);
  });
}

for (const server of ['zenml.example.com', 'https://ada:MARKED@zenml.example.com', 'https://']) {
  test(`--server ${server.replace('MARKED', '…')} is wrong usage`, async () => {
    const problem = await problemOf(aWorld(), {server});
    assert.match(problem.what, /--server/);
    assert.equal(problem.exitCode, 2);
  });
}

test('an address in a variable that is none is told with the name of the variable', async () => {
  const problem = await problemOf(aWorld({env: {ZENML_STORE_URL: 'ada:MARKED@zenml.example.com'}}));
  assert.match(problem.what, /ZENML_STORE_URL/);
  assert.equal(problem.exitCode, 4);
});

test('a certificate file that is missing or holds none is told', async () => {
  const files = {...loggedIn, '/ca.txt': 'nothing'};
  const env = (path: string) => ({ZENML_STORE_VERIFY_SSL: path});
  assert.match((await problemOf(aWorld({files, env: env('/none.pem')}))).what, /\/none\.pem .*cannot be read/);
  assert.match((await problemOf(aWorld({files, env: env('/ca.txt')}))).what, /\/ca\.txt .*holds no PEM certificate/);
});

for (const word of ['soon', '-1', '0', 'Infinity']) {
  test(`a timeout of ${word} is no number of seconds`, async () => {
    const env = {ZENML_STORE_HTTP_TIMEOUT: word};
    assert.match((await problemOf(aWorld({files: loggedIn, env}))).what, /ZENML_STORE_HTTP_TIMEOUT/);
  });
}
