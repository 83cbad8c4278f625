import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, test} from 'vitest';
import {checkConnection} from '../../src/connection/check-connection.js';
import {explainFailure} from '../../src/connection/explain-failure.js';
import {openConnection} from '../../src/connection/open-connection.js';
import {closeAfterEach} from '../support/closing.js';
import {type LocalServer, sendJson, startLocalServer} from '../support/local-server.js';
import {createTransport, never} from './support/server.js';
import {aWorld, configPath, credentialsPath, type FakeWorld, noFlags} from './support/world.js';

const minute = 60_000;
const proToken = 'eyJ-control-plane';
const proKey = 'ZENPROKEY_abcdef';

const keep = closeAfterEach();
const start = (...args: Parameters<typeof startLocalServer>) => keep(startLocalServer(...args));

/** A workspace that issues tokens valid for an hour to anyone who has a token of the control plane, as ZenML Pro does. */
const startWorkspace = async (info: object = {}): Promise<LocalServer> => {
  let tokenCount = 0;
  return start(({url, headers, body}, response) => {
    if (url === '/api/v1/info') {
      sendJson(response, 200, {
        id: 'ws',
        version: '0.98.0',
        auth_scheme: 'EXTERNAL',
        deployment_type: 'cloud',
        ...info,
      });
    } else if (url === '/api/v1/login') {
      if (headers.authorization === undefined) {
        sendJson(response, 200, {authorization_url: 'https://login.example.com'});
      } else if (headers.authorization === `Bearer ${proToken}` && body === 'grant_type=zenml-external') {
        tokenCount += 1;
        sendJson(response, 200, {access_token: `workspace-${tokenCount}`, expires_in: 3600, token_type: 'bearer'});
      } else {
        sendJson(response, 401, {detail: ['AuthorizationException', 'bad token']});
      }
    } else if (headers.authorization === `Bearer workspace-${tokenCount}` && tokenCount > 0) {
      sendJson(response, 200, {id: 'u', name: 'ada', body: {active: true, is_service_account: false}});
    } else {
      sendJson(response, 401, {detail: ['CredentialsNotValid', 'expired']});
    }
  });
};

/** A control plane in miniature: exchanges API keys for tokens. */
const startControlPlane = async (certificate?: Parameters<typeof startLocalServer>[1]): Promise<LocalServer> =>
  start(({url, headers, body}, response) => {
    const isRight =
      url === '/auth/login' && headers.authorization === `Bearer ${proKey}` && body === `password=${proKey}`;
    sendJson(response, isRight ? 200 : 401, isRight ? {access_token: proToken, expires_in: 3600} : {detail: 'no'});
  }, certificate);

const readPem = (name: string): string => readFileSync(`test/fixtures/tls/${name}.pem`, 'utf8');

type Session = {readonly by: 'token' | 'key'; readonly expiresAt?: string};

/** The files of `zenml login` to a workspace, whose own token has expired. */
const aProWorld = (
  workspaceUrl: string,
  proUrl: string,
  {by, expiresAt = '2027-01-01T00:00:00Z'}: Session,
): FakeWorld =>
  aWorld({
    files: {
      [configPath]: `store:\n  type: rest\n  url: ${workspaceUrl}\n`,
      [credentialsPath]: `${proUrl}:
  url: ${proUrl}
  pro_api_url: ${proUrl}
  ${by === 'key' ? `api_key: ${proKey}` : `api_token:\n    access_token: ${proToken}\n    expires_at: '${expiresAt}'`}
${workspaceUrl}:
  url: ${workspaceUrl}
  deployment_type: cloud
  pro_api_url: ${proUrl}
  organization_name: acme
  workspace_name: prod
  workspace_id: 5e9c7c1e-0000-4000-8000-000000000000
  api_token:
    access_token: workspace-0
    expires_at: '2026-11-24T06:00:00Z'
`,
    },
  });

const open = async (world: FakeWorld, server?: string) => {
  const outcome = await openConnection(world, {...noFlags, server}, createTransport(world), never);
  assert.ok(outcome.ok);
  return outcome.value;
};

const fetchUser = async ({client}: Awaited<ReturnType<typeof open>>): Promise<string> => {
  const user = await client.fetchCurrentUser(never);
  return user.ok ? user.value.name : user.failure.kind;
};

describe('the token of a ZenML Pro workspace', () => {
  test.each(['token', 'key'] as const)(
    'is renewed each time it expires, with the %s of the control plane',
    async by => {
      const [workspace, controlPlane] = await Promise.all([startWorkspace(), startControlPlane()]);
      const world = aProWorld(workspace.url, controlPlane.url, {by});
      const connection = await open(world);
      for (let expiry = 0; expiry < 3; expiry++) {
        assert.equal(await fetchUser(connection), 'ada');
        assert.equal(await fetchUser(connection), 'ada');
        world.moveClockTo(world.now() + 58 * minute);
      }
      assert.equal(workspace.seen.filter(({url}) => url === '/api/v1/login').length, 3);
      assert.equal(controlPlane.seen.length, by === 'key' ? 3 : 0);
    },
  );

  test('is renewed with a control plane whose certificate is trusted by REQUESTS_CA_BUNDLE', async () => {
    const controlPlane = await startControlPlane({cert: readPem('good'), key: readPem('good-key')});
    const workspace = await startWorkspace();
    const world = aProWorld(workspace.url, controlPlane.url, {by: 'key'});
    assert.equal(await fetchUser(await open(world)), 'untrusted');
    world.write('/ca.pem', readPem('ca'));
    assert.equal(await fetchUser(await open({...world, env: {REQUESTS_CA_BUNDLE: '/ca.pem'}})), 'ada');
  });

  test('is renewed with the control plane in ZENML_PRO_API_URL if the file names none', async () => {
    const [workspace, controlPlane] = await Promise.all([startWorkspace(), startControlPlane()]);
    const world = aProWorld(workspace.url, controlPlane.url, {by: 'token'});
    const text = (await world.readText(credentialsPath)) ?? '';
    world.write(credentialsPath, text.replace(/(deployment_type: cloud\n) {2}pro_api_url: .*\n/, '$1'));
    assert.equal(await fetchUser(await open(world)), 'not-signed-in');
    assert.equal(await fetchUser(await open({...world, env: {ZENML_PRO_API_URL: controlPlane.url}})), 'ada');
  });

  test('is not renewed through a malformed proxy, which is reported', async () => {
    const workspace = await startWorkspace();
    const world = aProWorld(workspace.url, 'https://cloud.example.com', {by: 'key'});
    const {client} = await open({...world, env: {HTTPS_PROXY: 'http://proxy:port'}});
    const user = await client.fetchCurrentUser(never);
    assert.ok(!user.ok && user.failure.kind === 'unreachable');
    assert.equal(user.failure.reason, 'HTTPS_PROXY is not a valid proxy URL.');
  });

  test('cannot be renewed once the session with the control plane has expired', async () => {
    const [workspace, controlPlane] = await Promise.all([startWorkspace(), startControlPlane()]);
    const world = aProWorld(workspace.url, controlPlane.url, {by: 'token', expiresAt: '2026-11-24T06:20:00Z'});
    const {client} = await open(world);
    const user = await client.fetchCurrentUser(never);
    assert.ok(!user.ok && user.failure.kind === 'not-signed-in');
    assert.match(user.failure.detail, /the ZenML Pro session has expired/);
  });

  test('is renewed with what `zenml login` writes to credentials.yaml in another window', async () => {
    const [workspace, controlPlane] = await Promise.all([startWorkspace(), startControlPlane()]);
    const world = aProWorld(workspace.url, controlPlane.url, {by: 'token', expiresAt: '2026-11-24T06:20:00Z'});
    const connection = await open(world);
    assert.equal(await fetchUser(connection), 'not-signed-in');
    const fresh = await aProWorld(workspace.url, controlPlane.url, {by: 'token'}).readText(credentialsPath);
    world.write(credentialsPath, fresh ?? '');
    assert.equal(await fetchUser(connection), 'ada');
  });
});

describe('a failure of the control plane is not attributed to the workspace', () => {
  const explain = async (controlPlaneUrl: string) => {
    const workspace = await startWorkspace();
    const {client, explainContext} = await open(aProWorld(workspace.url, controlPlaneUrl, {by: 'key'}));
    const user = await client.fetchCurrentUser(never);
    assert.ok(!user.ok);
    const {message, hint} = explainFailure(user.failure, explainContext);
    return [message, hint].map(text => text.replaceAll(workspace.url, 'WORKSPACE').replaceAll(controlPlaneUrl, 'PRO'));
  };

  const wrongUrlHint = `Check the URL of the control plane (from ${credentialsPath}), or run \`zenml login WORKSPACE\` again.`;

  test.each([
    [404, 'Not Found', 'PRO does not respond like a ZenML Pro control plane.'],
    [404, ['KeyError', 'no such account'], 'PRO does not respond like a ZenML Pro control plane.'],
    [503, 'starting', 'PRO returned error 503: starting.'],
  ])('if it returns %i and %o', async (status, detail, expected) => {
    const controlPlane = await start((_, response) => sendJson(response, status, {detail}));
    const [message, hint] = await explain(controlPlane.url);
    assert.equal(message, expected);
    assert.equal(hint, status === 503 ? 'Try again. If it persists, check the server log.' : wrongUrlHint);
  });

  test('if it redirects to another server', async () => {
    const location = 'https://cloud.example.com/auth/login';
    const controlPlane = await start((_, response) => response.writeHead(301, {location}).end());
    assert.deepEqual(await explain(controlPlane.url), [`PRO redirects to ${location}.`, wrongUrlHint]);
  });

  test.each([401, 403])('if it rejects the key with %i; the hint is to sign in to the workspace', async status => {
    const controlPlane = await start((_, response) => sendJson(response, status, {detail: 'no such key'}));
    assert.deepEqual(await explain(controlPlane.url), [
      'PRO rejected the credentials: no such key.',
      'The session may have been revoked. Run `zenml login WORKSPACE --refresh`.',
    ]);
  });

  test('if it cannot be reached', async () => {
    const controlPlane = await startLocalServer(() => undefined);
    await controlPlane.close();
    assert.deepEqual(await explain(controlPlane.url), [
      'Cannot reach PRO: connection refused.',
      `Check that the server is running and the URL (from ${credentialsPath}) is right. Start a local server with \`zenml login --local\`.`,
    ]);
  });
});

test('a server that only claims to belong to the control plane never gets its token', async () => {
  const [workspace, controlPlane] = await Promise.all([startWorkspace(), startControlPlane()]);
  const foreign = await startWorkspace({pro_api_url: controlPlane.url});
  const world = aProWorld(workspace.url, controlPlane.url, {by: 'token'});
  assert.equal(await fetchUser(await open(world, foreign.url)), 'not-signed-in');
  for (const {headers, body} of foreign.seen) {
    assert.doesNotMatch(`${JSON.stringify(headers)}${body}`, new RegExp(`${proToken}|${proKey}`));
  }
});

test('doctor names the workspace and its organization', async () => {
  const [workspace, controlPlane] = await Promise.all([startWorkspace(), startControlPlane()]);
  const world = aProWorld(workspace.url, controlPlane.url, {by: 'token'});
  const findings = await checkConnection(world, noFlags, createTransport(world), never);
  assert.equal(findings.find(({label}) => label === 'workspace')?.value, 'acme › prod');
});
