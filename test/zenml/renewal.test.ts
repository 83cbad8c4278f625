import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, test, vi} from 'vitest';
import {type CountingProxy, startCountingProxy} from '../support/counting-proxy.js';
import {createShortLivedToken} from './support/account.js';
import {startHeldRun} from './support/held-run.js';
import {buildSettings, watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {zenmlVersion} from './support/version.js';
import {createEndPattern, fetchDocument} from './support/watched-run.js';

describe(`tokens that expire during a watch, on ZenML ${zenmlVersion}`, () => {
  let server: ZenmlServer;
  let proxy: CountingProxy;
  const getCredentials = () => server.credentials!;
  const listLogins = () => proxy.exchanges.filter(({path}) => path.endsWith('/login'));
  const listRefusals = () => proxy.exchanges.filter(({status}) => status === 401);

  beforeAll(async () => {
    // Without a configured secret, the server rejects every token that it issued before a restart.
    const env = {ZENML_SERVER_JWT_SECRET_KEY: undefined};
    server = await startZenmlServer({version: zenmlVersion, auth: 'password', jwtExpireMinutes: 1, env});
  }, 900_000);
  afterAll(() => server?.stop());
  beforeEach(async () => {
    proxy = await startCountingProxy(server.url);
  });
  afterEach(() => proxy.stop());

  test('a token that the server no longer accepts is renewed in memory, and the watch continues', async () => {
    const {username, password} = getCredentials();
    const folder = server.createFolder('short-lived');
    await server.logIn(proxy.url, folder);
    // The server accepts this token for about ten seconds; according to the file it lasts much longer.
    const token = await createShortLivedToken(server.url, username, password, 1);
    const file = join(folder, 'credentials.yaml');
    const written = readFileSync(file, 'utf8').replace(/access_token: .*/, `access_token: ${token}`);
    writeFileSync(
      file,
      written
        .replace(/expires_at: .*/, "expires_at: '2999-01-01T00:00:00Z'")
        .replace(/expires_in: .*/, 'expires_in: 3600'),
    );
    const loginsBefore = listLogins().length;
    const refusalsBefore = listRefusals().length;
    const {id, done, release} = await startHeldRun(server, 'refused', 2);
    const terminal = watch(server, [id], {ZENML_CONFIG_PATH: folder});
    try {
      await terminal.waitFor(/stage_01\s+running/);
      await vi.waitUntil(() => listRefusals().length > refusalsBefore, {timeout: 300_000});
      release();
      await terminal.waitFor(createEndPattern('completed'));
    } finally {
      terminal.kill('SIGKILL');
    }
    await done;
    // One sign-in, or two if a busy server responded too late to the first; never one for each rejected request.
    const signIns = listLogins().length - loginsBefore;
    assert.ok(signIns === 1 || signIns === 2, `${signIns} sign-ins`);
    assert.ok(readFileSync(file, 'utf8').includes(token));
  });

  test('a watch outlives its token', async () => {
    const settings = buildSettings(server, {ZENML_STORE_URL: proxy.url, ZENML_STORE_API_KEY: getCredentials().apiKey});
    const {id, done, release} = await startHeldRun(server, 'outlived', 2);
    const terminal = watch(server, [id], settings);
    try {
      await terminal.waitFor(/stage_01\s+running/);
      await vi.waitUntil(() => listLogins().length >= 2, {timeout: 300_000});
      release();
      await terminal.waitFor(createEndPattern('completed'));
    } finally {
      terminal.kill('SIGKILL');
    }
    await done;
    assert.ok(listLogins().length <= 4, `signed in ${listLogins().length} times`);
  });

  test('a server restarted during a run is found again, and the screen stays', async () => {
    const settings = buildSettings(server, {ZENML_STORE_URL: proxy.url, ZENML_STORE_API_KEY: getCredentials().apiKey});
    const {id, done, release} = await startHeldRun(server, 'restarted', 2);
    const terminal = watch(server, [id], settings);
    try {
      await terminal.waitFor(/stage_01\s+running/);
      const restarted = server.restart(4000);
      await terminal.waitFor('stale');
      assert.match(terminal.screen().join('\n'), /stage_01\s+running/);
      await restarted;
      await terminal.waitFor('live');
      release();
      await terminal.waitFor(createEndPattern('completed'));
    } finally {
      terminal.kill('SIGKILL');
    }
    await done;
    assert.equal((await fetchDocument(server, [id], settings)).run.status, 'completed');
  });
});
