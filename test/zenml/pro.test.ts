import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, test} from 'vitest';
import {type CountingProxy, startCountingProxy} from '../support/counting-proxy.js';
import {getKeyBytes} from '../support/key-bytes.js';
import {type LocalServer, sendJson, startLocalServer} from '../support/local-server.js';
import type {Environment} from './support/child.js';
import {type ControlPlane, proKey, startControlPlane} from './support/control-plane.js';
import {run, watch} from './support/program.js';
import {startZenmlServer, type ZenmlServer} from './support/server.js';
import {zenmlVersion} from './support/version.js';
import {createEndPattern, fetchDocument} from './support/watched-run.js';

// The environment variables of a Pro server change from release to release, so only one release is tested.
describe.skipIf(zenmlVersion !== '0.98.0')('workspaces of ZenML Pro', () => {
  let plane: ControlPlane;
  let prod: ZenmlServer;
  let staging: ZenmlServer;
  let proxy: CountingProxy;
  let foreign: LocalServer;
  let keyLogin: Environment;
  let deviceLogin: Environment;
  const getSignIns = () => proxy.exchanges.filter(({path}) => path === '/api/v1/login');

  beforeAll(async () => {
    plane = await startControlPlane();
    const start = (name: string) =>
      startZenmlServer({version: zenmlVersion, auth: 'pro', jwtExpireMinutes: 1, env: plane.addWorkspace(name)});
    prod = await start('prod');
    staging = await start('staging');
    proxy = await startCountingProxy(prod.url);
    plane.setUrl('prod', proxy.url);
    plane.setUrl('staging', staging.url);
    foreign = await startLocalServer(({url}, response) =>
      url === '/api/v1/info'
        ? sendJson(response, 200, {
            id: 'f',
            version: '0.98.0',
            auth_scheme: 'EXTERNAL',
            deployment_type: 'cloud',
            pro_api_url: plane.url,
          })
        : sendJson(response, 401, {detail: 'Not authenticated'}),
    );
    // The last login is to prod, which is therefore the configured server.
    const logIn = async (name: string, args: readonly string[], input?: string): Promise<Environment> => {
      const settings = {ZENML_CONFIG_PATH: prod.createFolder(name), ZENML_PRO_API_URL: plane.url, BROWSER: 'true'};
      for (const workspace of ['staging', 'prod']) {
        await prod.runZenml(['login', workspace, ...args], settings, input);
        if (name === 'by-key') {
          for (const project of workspace === 'prod' ? ['training'] : ['churn', 'fraud']) {
            await prod.runZenml(['project', 'register', project, '--set'], settings);
          }
        }
      }
      return settings;
    };
    keyLogin = await logIn('by-key', ['--api-key'], `${proKey}\n`);
    deviceLogin = await logIn('by-device', ['--pro']);
  }, 900_000);
  afterAll(async () => {
    await Promise.all([proxy?.stop(), foreign?.close(), plane?.close(), prod?.stop(), staging?.stop()]);
  });

  test.each(['key', 'device'] as const)('a login that ZenML’s client made by %s is found', async by => {
    const settings = by === 'key' ? keyLogin : deviceLogin;
    const {code, output, errors} = await run(prod, ['doctor'], settings);
    assert.equal(code, 0, output + errors);
    assert.match(output, /workspace +acme › prod/);
    // The token of the workspace may have expired since the login; it lives for a minute.
    assert.match(output, /sign-in +as ada, with (?:a ZenML Pro token|the ZenML Pro session)/);
  });

  test('tokens are renewed while watching, by key and by device, and the stored keys and URLs stay the same', async () => {
    const files = [keyLogin, deviceLogin].map(({ZENML_CONFIG_PATH = ''}) =>
      join(ZENML_CONFIG_PATH, 'credentials.yaml'),
    );
    const before = files.map(file => readFileSync(file, 'utf8'));
    const env = {...keyLogin, ZENML_STORE_URL: undefined, ZENML_STORE_API_KEY: undefined};
    const pipeline = prod.runPipeline('slow.py', ['--steps', '3', '--seconds', '40'], env);
    const terminals = [keyLogin, deviceLogin].map(settings => watch(prod, [], settings));
    try {
      for (const terminal of terminals) {
        await terminal.waitFor(/slow_pipeline/, {timeoutMs: 60_000});
        terminal.type(getKeyBytes('enter'));
        await terminal.waitFor(/stage_01/, {timeoutMs: 30_000});
      }
      const countBefore = getSignIns().length;
      for (const terminal of terminals) {
        await terminal.waitFor(createEndPattern('completed'), {timeoutMs: 200_000});
      }
      // Two programs, each through three expiries; the pipeline itself signs in, too.
      const count = getSignIns().length - countBefore;
      assert.ok(count >= 6, `${count} sign-ins`);
      assert.ok(getSignIns().every(({status}) => status === 200));
      for (const terminal of terminals) {
        assert.match(terminal.screen()[0] ?? '', /acme › prod/);
      }
    } finally {
      for (const terminal of terminals) {
        terminal.kill('SIGKILL');
      }
    }
    await pipeline.done;
    assert.deepEqual(
      files.map(file => readFileSync(file, 'utf8').match(/api_key:.*|pro_api_url:.*/g)),
      before.map(text => text.match(/api_key:.*|pro_api_url:.*/g)),
    );
  });

  test('a run links to the dashboard of its workspace', async () => {
    const {run: latest, project} = await fetchDocument(prod, ['latest'], keyLogin);
    assert.equal(latest.url, `https://dashboard.example.com/workspaces/prod/projects/${project.id}/runs/${latest.id}`);
  });

  test('S lists the workspaces by name, but not the control plane, and switches to one', async () => {
    const terminal = watch(prod, [], keyLogin);
    try {
      await terminal.waitFor(/acme › prod › training/, {timeoutMs: 30_000});
      terminal.type(getKeyBytes('S'));
      const menu = (await terminal.waitFor(/acme › staging/)).join('\n');
      assert.match(menu, /acme › prod {2}here/);
      assert.ok(!menu.includes(plane.url));
      terminal.type(getKeyBytes(menu.indexOf('acme › staging') > menu.indexOf('acme › prod') ? 'j' : 'k'));
      terminal.type(getKeyBytes('enter'));
      await terminal.waitFor(/zentop {2}project {2}of acme › staging[\s\S]*fraud/, {timeoutMs: 30_000});
      terminal.type(getKeyBytes('G'));
      terminal.type(getKeyBytes('enter'));
      await terminal.waitFor(/zentop {2}acme › staging › (?:fraud|churn)/, {timeoutMs: 30_000});
    } finally {
      terminal.kill('SIGKILL');
    }
  });

  test('a server that claims to belong to the control plane gets no credentials', async () => {
    const {code, errors} = await run(prod, ['runs', '--server', foreign.url], keyLogin);
    assert.equal(code, 4);
    assert.match(errors, new RegExp(`zenml login ${foreign.url}`));
    assert.ok(foreign.seen.length > 0);
    assert.ok(foreign.seen.every(({headers, body}) => headers.authorization === undefined && body === ''));
  });
});
