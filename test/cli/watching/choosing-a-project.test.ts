import assert from 'node:assert/strict';
import {test} from 'vitest';
import {openRuns} from '../../../src/cli/opening/open-runs.js';
import {presentTime} from '../../../src/cli/opening/run-time.js';
import type {WatchOptions} from '../../../src/cli/options/watch-options.js';
import {startWatchSession} from '../../../src/cli/watching/watch-session.js';
import {
  createTransport,
  getRecordedProject,
  never,
  type ServerState,
  startRecordedServer,
} from '../../connection/support/server.js';
import {aWorld, configPath, credentialsPath} from '../../connection/support/world.js';
import {closeAfterEach} from '../../support/closing.js';
import {renderText} from '../../support/rendered.js';

const keep = closeAfterEach();
const start = (state?: ServerState) => keep(startRecordedServer(state));

const aProject = (id: number, name: string) => ({
  ...getRecordedProject(),
  id: `00000000-0000-4000-8000-00000000000${id}`,
  name,
});

/** Two workspaces that `zenml login` knows; the configured one has an active project. */
const aWorldWith = (configured: string, other: string, env = {}) =>
  aWorld({
    env,
    files: {
      [configPath]: `store:\n  type: rest\n  url: ${configured}\nactive_project_id: ${aProject(1, '').id}\n`,
      [credentialsPath]: [configured, other]
        .map(
          (url, index) =>
            `${url}:\n  url: ${url}\n  deployment_type: cloud\n  organization_name: acme\n  workspace_name: ws${index}\n`,
        )
        .join(''),
    },
  });

const open = async (world: ReturnType<typeof aWorld>, server: string | undefined) => {
  const flags = {server, project: undefined, apiKeyFile: undefined};
  const result = await openRuns(world, flags, {openTransport: createTransport(world), time: presentTime}, never);
  assert.ok(result.ok, result.ok ? '' : result.problem.message);
  return result.value;
};

const watch = async (world: ReturnType<typeof aWorld>, server?: string) => {
  const session = startWatchSession({
    opened: await open(world, server),
    watch: {intervalMs: 60_000, keys: {}, filters: {}, columns: undefined} as unknown as WatchOptions,
    size: {columns: 120, rows: 30},
    isDemo: false,
  });
  await keep({close: session.stop});
  return session;
};

const severalProjects = [aProject(2, 'churn'), aProject(3, 'fraud'), aProject(4, 'default')];

test('a start without an active project opens the menu of projects if there are several', async () => {
  const server = await start({projects: severalProjects});
  const {store} = await watch(aWorld(), server.url);
  assert.deepEqual(store.get().screen.name, 'choosing');
  assert.equal(store.get().session.project?.name, 'default');
});

test('a start opens no menu for the only project, or the default of the user', async () => {
  const only = await start({projects: [aProject(2, 'churn')]});
  const own = await start({projects: severalProjects, defaultProjectId: aProject(3, '').id});
  for (const [server, name] of [
    [only, 'churn'],
    [own, 'fraud'],
  ] as const) {
    const {store} = await watch(aWorld(), server.url);
    assert.deepEqual([store.get().screen.name, store.get().session.project?.name], ['runs', name]);
  }
});

test.each([{}, {ZENML_ACTIVE_PROJECT_ID: aProject(1, '').id}])(
  'switching to another workspace opens its menu of projects and ignores the active project of the first (%j)',
  async env => {
    const [first, second] = await Promise.all([
      start({projects: [aProject(1, 'training'), aProject(5, 'default')]}),
      start({projects: severalProjects.slice(0, 2)}),
    ]);
    const world = aWorldWith(first.url, second.url, env);
    const {store, moveTo} = await watch(world);
    assert.deepEqual([store.get().screen.name, store.get().session.project?.id], ['runs', aProject(1, '').id]);
    moveTo(await open(world, second.url));
    assert.deepEqual(store.get().screen, {name: 'choosing', under: {name: 'runs'}, what: 'project', selectedIndex: 0});
    assert.match(renderText(store.get()), /zentop {2}project {2}of acme › ws1/);
    assert.ok(second.seen.every(({url}) => !url.includes(aProject(1, '').id)));
  },
);

test('the menu of servers marks the workspace that is shown', async () => {
  const server = await start({projects: [aProject(1, 'training')]});
  const {store} = await watch(aWorldWith(server.url, 'https://other.example.com'));
  store.dispatch({type: 'choosing/opened', what: 'server'});
  assert.match(renderText(store.get()), /› acme › ws0 {2}here\s+acme › ws1/);
});

test('the header names the workspace instead of the server', async () => {
  const server = await start({projects: [aProject(1, 'training')]});
  const {store} = await watch(aWorldWith(server.url, 'https://other.example.com'));
  store.dispatch({
    type: 'news/arrived',
    key: 'project',
    news: {kind: 'project', project: {id: store.get().session.project!.id, name: 'training'}},
    requestedAt: 0,
    respondedAt: 0,
    serverDateAt: undefined,
  });
  assert.match(renderText(store.get()), /zentop {2}acme › ws0 › training/);
});
