import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, test} from 'vitest';
import {type CountingProxy, startCountingProxy} from '../support/counting-proxy.js';
import {buildSettings, run} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {zenmlVersion} from './support/version.js';
import {assertAgreement, watchRun} from './support/watched-run.js';

const stages = ['stage_01', 'stage_02', 'stage_03'];
const shortRun = ['--steps', '3', '--seconds', '2'];

describe(`signing in to ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let proxy: CountingProxy;
  const getCredentials = () => server.credentials!;
  const getLogins = () => proxy.exchanges.filter(({path}) => path.endsWith('/login'));

  beforeAll(async () => {
    server = await startZenmlServer({version: zenmlVersion, auth: 'password'});
  }, 900_000);
  afterAll(() => server?.stop());
  beforeEach(async () => {
    proxy = await startCountingProxy(server.url);
  });
  afterEach(() => proxy.stop());

  test('each process exchanges an API key for a token once, and never sends the key in place of the token', async () => {
    const settings = buildSettings(server, {ZENML_STORE_URL: proxy.url, ZENML_STORE_API_KEY: getCredentials().apiKey});
    const watched = await watchRun(server, 'slow.py', shortRun, stages, 'completed', settings);
    assertAgreement(watched);
    // One process shows the screen, the other prints the document.
    assert.equal(getLogins().length, 2);
    assert.ok(proxy.exchanges.length > 10);
    assert.ok(proxy.exchanges.every(({authorization}) => !authorization?.includes(getCredentials().apiKey)));
  });

  test('a user name and a password work as well', async () => {
    const {username, password} = getCredentials();
    const settings = buildSettings(server, {ZENML_STORE_USERNAME: username, ZENML_STORE_PASSWORD: password});
    assertAgreement(await watchRun(server, 'slow.py', shortRun, stages, 'completed', settings));
  });

  test('the configuration of `zenml login` is found and left unchanged', async () => {
    const folder = server.createFolder('logged-in');
    await server.logIn(proxy.url, folder);
    const readFiles = () => ['config.yaml', 'credentials.yaml'].map(name => readFileSync(join(folder, name), 'utf8'));
    const before = readFiles();
    const settings = {ZENML_CONFIG_PATH: folder};
    assertAgreement(await watchRun(server, 'slow.py', shortRun, stages, 'completed', settings));
    assert.deepEqual(readFiles(), before);
    const {code, output, errors} = await run(server, ['doctor'], settings);
    assert.equal(code, 0, errors);
    assert.ok(output.includes(proxy.url));
    assert.ok(!`${output}${errors}`.includes(getCredentials().apiKey));
  });

  test('a wrong key is reported with a remedy, but without quoting the key', async () => {
    const settings = buildSettings(server, {ZENML_STORE_API_KEY: 'ZENKEY_nobody-knows-this'});
    const {code, output, errors} = await run(server, ['latest', '--once', '--output', 'json'], settings);
    assert.equal(code, 4);
    assert.equal(output, '');
    assert.match(errors, /zenml login/);
    assert.doesNotMatch(errors, /nobody-knows-this|\n\s+at /);
  });
});
