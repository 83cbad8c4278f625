import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {type Flags, noFlags} from '../../src/connection/flags.js';
import {openConnection} from '../../src/connection/open-connection.js';
import {
  never,
  type RecordedServer,
  recordedProject,
  type ServerState,
  startRecordedServer,
  transportOf,
} from './support/server.js';
import {
  aWorld,
  configPath,
  credentialsPath,
  type MadeWorld,
  recordedConfig,
  recordedCredentials,
} from './support/world.js';

const servers: RecordedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async server => server.close()));
});

const start = async (state?: ServerState): Promise<RecordedServer> => {
  const server = await startRecordedServer(state);
  servers.push(server);
  return server;
};

const open = async (world: MadeWorld, flags: Partial<Flags> = {}) => {
  const outcome = await openConnection(world, {...noFlags, ...flags}, transportOf(world), never);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.problem.what);
  return outcome.value;
};

const loggedInTo = (url: string, changes: Partial<Parameters<typeof aWorld>[0]> = {}) =>
  aWorld({files: {[configPath]: recordedConfig(url), [credentialsPath]: recordedCredentials(url)}, ...changes});

const recordedBearer = `Bearer ${/access_token: (\S+)/.exec(recordedCredentials())?.[1]}`;

const userOf = async ({client}: Awaited<ReturnType<typeof open>>) => {
  const user = await client.fetchCurrentUser(never);
  return user.ok ? user.value.name : user.failure.kind;
};

test('opening asks for nothing but the server info', async () => {
  const server = await start();
  const {serverInfo} = await open(loggedInTo(server.url));
  const info = await serverInfo;
  assert.ok(info.ok);
  assert.equal(info.value.version, '0.98.0');
  assert.deepEqual(server.asked(), ['GET info']);
});

test('a server without authentication is asked without a header', async () => {
  const server = await start();
  assert.equal(await userOf(await open(aWorld(), {server: server.url})), 'default');
  assert.deepEqual(
    server.seen.map(({headers}) => headers.authorization),
    [undefined, undefined],
  );
});

test('the stored token gets us in without signing in', async () => {
  const server = await start({isClosed: true, headers: [recordedBearer]});
  assert.equal(await userOf(await open(loggedInTo(server.url))), 'default');
  assert.equal(server.signIns().length, 0);
});

test('an API key is signed in with once and is in no header', async () => {
  const server = await start({isClosed: true, key: 'ZENKEY_ENV'});
  const world = aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'ZENKEY_ENV'}});
  const connection = await open(world);
  assert.deepEqual([await userOf(connection), await userOf(connection)], ['default', 'default']);
  assert.deepEqual(
    [...server.signIns()[0]!],
    [
      ['grant_type', 'zenml-api-key'],
      ['password', 'ZENKEY_ENV'],
    ],
  );
  assert.equal(server.signIns().length, 1);
  assert.ok(server.seen.every(({url, headers}) => !JSON.stringify([url, headers]).includes('ZENKEY')));
});

test('user name and password sign in, the password may be empty', async () => {
  const server = await start({isClosed: true, password: ''});
  const env = {ZENML_STORE_URL: server.url, ZENML_STORE_USERNAME: 'default'};
  assert.equal(await userOf(await open(aWorld({env}))), 'default');
});

test('after the server forgot every token, the stored key gets a new one, once for all requests under way', async () => {
  const server = await start({isClosed: true, key: 'ZENKEY_REMOVED'});
  const connection = await open(loggedInTo(server.url));
  assert.deepEqual(await Promise.all([userOf(connection), userOf(connection), userOf(connection)]), [
    'default',
    'default',
    'default',
  ]);
  assert.equal(server.signIns().length, 1);
});

test('a token that expires while we watch is renewed before it is refused', async () => {
  const server = await start({isClosed: true, key: 'ZENKEY_ENV', expiresInSeconds: 60});
  const world = aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'ZENKEY_ENV'}});
  const connection = await open(world);
  await userOf(connection);
  world.moveClockTo(world.now() + 31_000);
  server.forgetTokens();
  assert.equal(await userOf(connection), 'default');
  assert.equal(server.signIns().length, 2);
  assert.deepEqual(server.asked(), ['GET info', 'POST login', 'GET current-user', 'POST login', 'GET current-user']);
});

test('what `zenml login` writes in another window is taken up without a restart', async () => {
  const server = await start({isClosed: true, headers: ['Bearer newer']});
  const keyless = recordedCredentials(server.url).replace(/ {2}api_key: .*\n/, '');
  const world = loggedInTo(server.url);
  world.write(credentialsPath, keyless);
  const connection = await open(world);
  assert.equal(await userOf(connection), 'not-signed-in');
  world.write(credentialsPath, 'half-writ: [');
  assert.equal(await userOf(connection), 'not-signed-in');
  world.write(credentialsPath, keyless.replace(/access_token: .*/, 'access_token: newer'));
  assert.equal(await userOf(connection), 'default');
  assert.equal(server.signIns().length, 0);
});

test('credentials that are first written after the start are taken up', async () => {
  const server = await start({isClosed: true, headers: [recordedBearer]});
  const world = aWorld({files: {[configPath]: recordedConfig(server.url)}});
  const connection = await open(world);
  assert.equal(await userOf(connection), 'not-signed-in');
  world.write(credentialsPath, recordedCredentials(server.url));
  assert.equal(await userOf(connection), 'default');
});

test('a wrong key is told, and not tried again', async () => {
  const server = await start({isClosed: true, key: 'ZENKEY_RIGHT'});
  const connection = await open(aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'ZENKEY_WRONG'}}));
  assert.deepEqual([await userOf(connection), await userOf(connection)], ['not-signed-in', 'not-signed-in']);
  assert.equal(server.signIns().length, 1);
});

test('a wrong key that is stored while we watch is tried once', async () => {
  const server = await start({isClosed: true, key: 'ZENKEY_RIGHT'});
  const world = loggedInTo(server.url);
  const connection = await open(world);
  await userOf(connection);
  world.write(credentialsPath, recordedCredentials(server.url).replace('ZENKEY_REMOVED', 'ZENKEY_WRONG'));
  await userOf(connection);
  await userOf(connection);
  assert.deepEqual(
    server.signIns().map(form => form.get('password')),
    ['ZENKEY_REMOVED', 'ZENKEY_WRONG'],
  );
});

test('nothing of a connection shows a secret', async () => {
  const server = await start({isClosed: true, key: 'MARKED'});
  const connection = await open(aWorld({env: {ZENML_STORE_URL: server.url, ZENML_STORE_API_KEY: 'MARKED'}}));
  await userOf(connection);
  assert.doesNotMatch(JSON.stringify(connection), /MARKED/);
});

const project = (id: number, name: string) => ({
  ...recordedProject(),
  id: `0000000${id}-0000-4000-8000-000000000000`,
  name,
});

const projectOf = async (connection: Awaited<ReturnType<typeof open>>) => {
  const outcome = await connection.findProject(never);
  return outcome.ok ? outcome.value : outcome.problem;
};

test('a project by id is believed, one by name is looked up once', async () => {
  const server = await start();
  const byId = await open(loggedInTo(server.url));
  assert.deepEqual(await projectOf(byId), {
    id: '675656a6-a27d-4d2b-9d13-5b649f209167',
    name: undefined,
    origin: configPath,
  });
  const byName = await open(loggedInTo(server.url), {project: 'default'});
  const [one, other] = await Promise.all([projectOf(byName), projectOf(byName)]);
  assert.deepEqual(one, {id: recordedProject().id, name: 'default', origin: 'flag --project'});
  assert.deepEqual([other, await projectOf(byName)], [one, one]);
  assert.deepEqual(
    server.asked().filter(asked => asked.includes('project')),
    ['GET projects/default'],
  );
});

test('a project asked for by name that is not there: the ones that are', async () => {
  const server = await start({projects: [project(1, 'fraud'), project(2, 'churn')]});
  const problem = await projectOf(await open(loggedInTo(server.url), {project: 'frod'}));
  assert.ok('what' in problem);
  assert.equal(problem.what, `There is no project “frod” (flag --project) on ${server.url}.`);
  assert.equal(problem.way, 'Choose one with `zentop --project NAME`: fraud, churn.');
});

const noProject = recordedConfig().replace(/active_project_id: .*\n/, '');
const choices = [
  ["the user's default project", [project(1, 'default'), project(2, 'churn')], project(2, 'churn').id, 'churn'],
  ['the only project there is', [project(1, 'fraud')], undefined, 'fraud'],
  ['the project called default', [project(1, 'fraud'), project(2, 'default')], undefined, 'default'],
] as const;

for (const [origin, projects, defaultProjectId, name] of choices) {
  test(`without a project it is ${origin}`, async () => {
    const server = await start({projects, ...(defaultProjectId && {defaultProjectId})});
    const world = aWorld({files: {[configPath]: noProject.replaceAll('http://127.0.0.1:8300', server.url)}});
    const choice = await projectOf(await open(world));
    assert.ok('id' in choice);
    assert.deepEqual([choice.name, choice.origin], [name, origin]);
  });
}

test('a project found in the place of a missing one is not looked for again', async () => {
  const server = await start();
  const connection = await open(loggedInTo(server.url));
  const missing = await projectOf(connection);
  assert.ok('id' in missing);
  const first = await connection.findOtherProject(never, missing.id);
  const second = await connection.findOtherProject(never, missing.id);
  assert.deepEqual(first, second);
  assert.deepEqual(await projectOf(connection), first.ok && first.value);
  assert.equal(server.asked().filter(asked => asked === 'GET projects').length, 1);
});

test('several projects of which none is ours: choose', async () => {
  const server = await start({projects: [1, 2, 3, 4, 5, 6].map(number => project(number, `p${number}`))});
  const problem = await projectOf(await open(aWorld(), {server: server.url}));
  assert.ok('what' in problem);
  assert.match(problem.what, /several projects/);
  assert.match(problem.way, /p1, p2, p3, p4, p5, … \(6\)\.$/);
});

test('no project at all is told', async () => {
  const server = await start({projects: []});
  const problem = await projectOf(await open(aWorld(), {server: server.url}));
  assert.ok('what' in problem);
  assert.match(problem.what, /You can see no project/);
});
