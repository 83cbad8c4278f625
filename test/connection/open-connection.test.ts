import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Flags} from '../../src/connection/flags.js';
import {openConnection} from '../../src/connection/open-connection.js';
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

const open = async (world: FakeWorld, flags: Partial<Flags> = {}) => {
  const outcome = await openConnection(world, {...noFlags, ...flags}, createTransport(world), never);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.problem.message);
  return outcome.value;
};

const aLoggedInWorld = (url: string) =>
  aWorld({files: {[configPath]: readRecordedConfig(url), [credentialsPath]: readRecordedCredentials(url)}});

const recordedBearer = `Bearer ${/access_token: (\S+)/.exec(readRecordedCredentials())?.[1]}`;

const fetchUserName = async ({client}: Awaited<ReturnType<typeof open>>) => {
  const user = await client.fetchCurrentUser(never);
  return user.ok ? user.value.name : user.failure.kind;
};

test('requests only the server info when opened', async () => {
  const server = await start();
  const {serverInfo} = await open(aLoggedInWorld(server.url));
  const info = await serverInfo;
  assert.ok(info.ok);
  assert.equal(info.value.version, '0.98.0');
  assert.deepEqual(server.getRequestLines(), ['GET info']);
});

test('sends no Authorization header to a server without authentication', async () => {
  const server = await start();
  assert.equal(await fetchUserName(await open(aWorld(), {server: server.url})), 'default');
  assert.deepEqual(
    server.seen.map(({headers}) => headers.authorization),
    [undefined, undefined],
  );
});

test('uses the stored token without signing in', async () => {
  const server = await start({requiresSignIn: true, acceptedAuthorizations: [recordedBearer]});
  assert.equal(await fetchUserName(await open(aLoggedInWorld(server.url))), 'default');
  assert.equal(server.getSignIns().length, 0);
});

test('signs in with an API key once and never sends it in a header', async () => {
  const server = await start({requiresSignIn: true, key: 'ZENKEY_ENV'});
  const world = aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'ZENKEY_ENV'}});
  const connection = await open(world);
  assert.deepEqual([await fetchUserName(connection), await fetchUserName(connection)], ['default', 'default']);
  assert.deepEqual(
    [...server.getSignIns()[0]!],
    [
      ['grant_type', 'zenml-api-key'],
      ['password', 'ZENKEY_ENV'],
    ],
  );
  assert.equal(server.getSignIns().length, 1);
  assert.ok(server.seen.every(({url, headers}) => !JSON.stringify([url, headers]).includes('ZENKEY')));
});

test('signs in with a user name and an empty password', async () => {
  const server = await start({requiresSignIn: true, password: ''});
  const env = {ZENML_STORE_URL: server.url, ZENML_STORE_USERNAME: 'default'};
  assert.equal(await fetchUserName(await open(aWorld({env}))), 'default');
});

test('gets one new token for all pending requests after the server has forgotten every token', async () => {
  const server = await start({requiresSignIn: true, key: 'ZENKEY_REMOVED'});
  const connection = await open(aLoggedInWorld(server.url));
  assert.deepEqual(
    await Promise.all([fetchUserName(connection), fetchUserName(connection), fetchUserName(connection)]),
    ['default', 'default', 'default'],
  );
  assert.equal(server.getSignIns().length, 1);
});

test('renews a token that is about to expire, before the server rejects it', async () => {
  const server = await start({requiresSignIn: true, key: 'ZENKEY_ENV', expiresInSeconds: 60});
  const world = aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'ZENKEY_ENV'}});
  const connection = await open(world);
  await fetchUserName(connection);
  world.moveClockTo(world.now() + 31_000);
  server.forgetTokens();
  assert.equal(await fetchUserName(connection), 'default');
  assert.equal(server.getSignIns().length, 2);
  assert.deepEqual(server.getRequestLines(), [
    'GET info',
    'POST login',
    'GET current-user',
    'POST login',
    'GET current-user',
  ]);
});

test('signs in to a server that was restarted with authentication, and no longer once it was restarted without authentication', async () => {
  const state = {requiresSignIn: false, key: 'ZENKEY_ENV'};
  const server = await start(state);
  const world = aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'ZENKEY_ENV'}});
  const connection = await open(world);
  assert.equal(await fetchUserName(connection), 'default');
  assert.deepEqual(server.getRequestLines(), ['GET info', 'GET current-user']);
  state.requiresSignIn = true;
  assert.equal(await fetchUserName(connection), 'default');
  assert.equal(server.getSignIns().length, 1);
  state.requiresSignIn = false;
  assert.equal(await fetchUserName(connection), 'default');
  assert.equal(server.getSignIns().length, 1);
});

test('picks up, without a restart, what `zenml login` writes in another window', async () => {
  const server = await start({requiresSignIn: true, acceptedAuthorizations: ['Bearer newer']});
  const keyless = readRecordedCredentials(server.url).replace(/ {2}api_key: .*\n/, '');
  const world = aLoggedInWorld(server.url);
  world.write(credentialsPath, keyless);
  const connection = await open(world);
  assert.equal(await fetchUserName(connection), 'not-signed-in');
  world.write(credentialsPath, 'half-writ: [');
  assert.equal(await fetchUserName(connection), 'not-signed-in');
  world.write(credentialsPath, keyless.replace(/access_token: .*/, 'access_token: newer'));
  assert.equal(await fetchUserName(connection), 'default');
  assert.equal(server.getSignIns().length, 0);
});

test('picks up credentials that are first written after the start', async () => {
  const server = await start({requiresSignIn: true, acceptedAuthorizations: [recordedBearer]});
  const world = aWorld({files: {[configPath]: readRecordedConfig(server.url)}});
  const connection = await open(world);
  assert.equal(await fetchUserName(connection), 'not-signed-in');
  world.write(credentialsPath, readRecordedCredentials(server.url));
  assert.equal(await fetchUserName(connection), 'default');
});

test('reports a wrong key and does not retry it', async () => {
  const server = await start({requiresSignIn: true, key: 'ZENKEY_RIGHT'});
  const connection = await open(aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'ZENKEY_WRONG'}}));
  assert.deepEqual(
    [await fetchUserName(connection), await fetchUserName(connection)],
    ['not-signed-in', 'not-signed-in'],
  );
  assert.equal(server.getSignIns().length, 1);
});

test('tries a wrong key only once if it was stored while zentop was watching', async () => {
  const server = await start({requiresSignIn: true, key: 'ZENKEY_RIGHT'});
  const world = aLoggedInWorld(server.url);
  const connection = await open(world);
  await fetchUserName(connection);
  world.write(credentialsPath, readRecordedCredentials(server.url).replace('ZENKEY_REMOVED', 'ZENKEY_WRONG'));
  await fetchUserName(connection);
  await fetchUserName(connection);
  assert.deepEqual(
    server.getSignIns().map(form => form.get('password')),
    ['ZENKEY_REMOVED', 'ZENKEY_WRONG'],
  );
});

test('shows no secret when a connection is printed', async () => {
  const server = await start({requiresSignIn: true, key: 'MARKED'});
  const connection = await open(aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'MARKED'}}));
  await fetchUserName(connection);
  assert.doesNotMatch(JSON.stringify(connection), /MARKED/);
});

const aProject = (id: number, name: string) => ({
  ...getRecordedProject(),
  id: `0000000${id}-0000-4000-8000-000000000000`,
  name,
});

const findProjectOrProblem = async (connection: Awaited<ReturnType<typeof open>>) => {
  const outcome = await connection.findProject(never);
  return outcome.ok ? outcome.value : outcome.problem;
};

test('does not check a project ID, and looks up a project name once', async () => {
  const server = await start();
  const byId = await open(aLoggedInWorld(server.url));
  assert.deepEqual(await findProjectOrProblem(byId), {
    id: '675656a6-a27d-4d2b-9d13-5b649f209167',
    name: undefined,
    origin: configPath,
  });
  const byName = await open(aLoggedInWorld(server.url), {project: 'default'});
  const [one, other] = await Promise.all([findProjectOrProblem(byName), findProjectOrProblem(byName)]);
  assert.deepEqual(one, {id: getRecordedProject().id, name: 'default', origin: '--project'});
  assert.deepEqual([other, await findProjectOrProblem(byName)], [one, one]);
  assert.deepEqual(
    server.getRequestLines().filter(line => line.includes('project')),
    ['GET projects/default'],
  );
});

test('lists the existing projects if the named one does not exist', async () => {
  const server = await start({projects: [aProject(1, 'fraud'), aProject(2, 'churn')]});
  const problem = await findProjectOrProblem(await open(aLoggedInWorld(server.url), {project: 'frod'}));
  assert.ok('message' in problem);
  assert.equal(problem.message, `No project “frod” on ${server.url} (from --project).`);
  assert.equal(problem.hint, 'Choose one with --project NAME. Available: fraud, churn.');
});

const noProject = readRecordedConfig().replace(/active_project_id: .*\n/, '');
const choices = [
  ["the user's default project", [aProject(1, 'default'), aProject(2, 'churn')], aProject(2, 'churn').id, 'churn'],
  ['the only project', [aProject(1, 'fraud')], undefined, 'fraud'],
  ['the project named default', [aProject(1, 'fraud'), aProject(2, 'default')], undefined, 'default'],
] as const;

for (const [origin, projects, defaultProjectId, name] of choices) {
  test(`chooses ${origin} if no project is set`, async () => {
    const server = await start({projects, ...(defaultProjectId && {defaultProjectId})});
    const world = aWorld({files: {[configPath]: noProject.replaceAll('http://127.0.0.1:8300', server.url)}});
    const choice = await findProjectOrProblem(await open(world));
    assert.ok('id' in choice);
    assert.deepEqual([choice.name, choice.origin], [name, origin]);
  });
}

test('remembers the project found in place of a missing one', async () => {
  const server = await start();
  const connection = await open(aLoggedInWorld(server.url));
  const missing = await findProjectOrProblem(connection);
  assert.ok('id' in missing);
  const first = await connection.findReplacementProject(never, missing.id);
  const second = await connection.findReplacementProject(never, missing.id);
  assert.deepEqual(first, second);
  assert.deepEqual(await findProjectOrProblem(connection), first.ok && first.value);
  assert.equal(server.getRequestLines().filter(line => line === 'GET projects').length, 1);
});

test('asks the user to choose if none of several projects is selected', async () => {
  const server = await start({projects: [1, 2, 3, 4, 5, 6].map(number => aProject(number, `p${number}`))});
  const problem = await findProjectOrProblem(await open(aWorld(), {server: server.url}));
  assert.ok('message' in problem);
  assert.match(problem.message, /several projects/);
  assert.match(problem.hint, /p1, p2, p3, p4, p5, … \(6\)\.$/);
});

test('reports that there is no accessible project', async () => {
  const server = await start({projects: []});
  const problem = await findProjectOrProblem(await open(aWorld(), {server: server.url}));
  assert.ok('message' in problem);
  assert.match(problem.message, /You have no access to any project/);
});
