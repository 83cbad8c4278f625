import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {noFlags} from '../../src/connection/flags.js';
import {openConnection} from '../../src/connection/open-connection.js';
import {resolveRun} from '../../src/connection/resolve-run.js';
import {parseRunReference} from '../../src/connection/run-reference.js';
import {
  never,
  type RecordedServer,
  recordedProject,
  recordedRuns,
  type ServerState,
  startRecordedServer,
  transportOf,
} from './support/server.js';
import {aWorld, configPath, recordedConfig} from './support/world.js';

const servers: RecordedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map(async server => server.close()));
});

const projectId = recordedProject().id;
const [newest] = recordedRuns();
const success = '2d3bfbe2-dcaf-484d-94c9-8fd31c75af1e';
const otherProject = {...recordedProject(), id: '00000001-0000-4000-8000-000000000000', name: 'fraud'};

/** What RUN means to somebody whose `config.yaml` names the server and the project by id. */
const resolve = async (text: string | undefined, state: ServerState = {}, pipeline?: string, activeId = projectId) => {
  const server = await startRecordedServer(state);
  servers.push(server);
  const config = recordedConfig(server.url).replace(/active_project_id: .*/, `active_project_id: ${activeId}`);
  const world = aWorld({files: {[configPath]: config}});
  const reference = parseRunReference(text);
  const runUrl = reference.kind === 'url' ? reference.url : undefined;
  const connection = await openConnection(world, {...noFlags, runUrl}, transportOf(world), never);
  assert.ok(connection.ok);
  const outcome = await resolveRun(connection.value, reference, pipeline, never);
  return {outcome, server, asked: server.asked().filter(asked => asked !== 'GET info')};
};

const idOf = async (...given: Parameters<typeof resolve>): Promise<string> => {
  const {outcome} = await resolve(...given);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.problem.what);
  return outcome.value.run.id;
};

const problemOf = async (...given: Parameters<typeof resolve>) => {
  const {outcome} = await resolve(...given);
  assert.ok(!outcome.ok, 'a run was found');
  return outcome.problem;
};

/** The recorded runs, some of them changed. */
const runsWith = (change: (run: ReturnType<typeof recordedRuns>[number], index: number) => void) => {
  const runs = recordedRuns();
  runs.forEach(change);
  return runs;
};

const going = (status: string, ...indexes: number[]) =>
  runsWith(({body}, index) => {
    if (indexes.includes(index)) {
      body.status = status;
      body.in_progress = true;
    }
  });

test('a run by id takes one request, which needs no project', async () => {
  const {outcome, asked} = await resolve(success.replaceAll('-', '').toUpperCase());
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.name, 'success_pipeline-2026_11_24-06_19_05_252324');
  assert.equal(outcome.value.run.projectId, projectId);
  assert.deepEqual(asked, [`GET runs/${success}`]);
});

test('a run by id is found in whatever project it lives, even if ours does not exist', async () => {
  assert.equal(await idOf(success, {}, undefined, otherProject.id), success);
});

test('an id that is not there is told with the server', async () => {
  const {what, exitCode} = await problemOf('00000000-0000-4000-8000-000000000000');
  assert.match(what, /^There is no run 00000000-0000-4000-8000-000000000000 on http:\/\/127\.0\.0\.1:\d+\.$/);
  assert.equal(exitCode, 4);
});

for (const prefix of ['2d3b', '2D3BFBE2', '2d3bfbe2-dca']) {
  test(`${prefix} is enough of an id`, async () => {
    assert.equal(await idOf(prefix), success);
  });
}

test('a name is found, in one request when it cannot be an id', async () => {
  const {outcome, asked} = await resolve('success_pipeline-2026_11_24-06_19_05_252324');
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.id, success);
  assert.deepEqual(asked, [`GET runs project=${projectId} name=equals:success_pipeline-2026_11_24-06_19_05_252324`]);
});

test('of a name and the start of an id, the name goes first', async () => {
  const runs = runsWith((run, index) => {
    run.name = index === 3 ? '2d3bfbe2' : run.name;
  });
  assert.equal(await idOf('2d3bfbe2', {runs}), runs[3]!.id);
});

test('an ambiguous start of an id: how many there are, and the newest five', async () => {
  const runs = runsWith((run, index) => {
    run.id = index < 7 ? run.id.replace(/^.{4}/, 'abcd') : run.id;
  });
  const {what, way, candidates} = await problemOf('ABCD', {runs});
  assert.equal(what, `“ABCD” is the start of 7 run ids in project ${projectId}.`);
  assert.equal(way, 'Give more of the id; these are the newest 5.');
  assert.deepEqual(
    candidates.map(({id}) => id),
    runs.slice(0, 5).map(({id}) => id),
  );
  assert.deepEqual(
    [candidates[0]?.name, candidates[0]?.statusWord, candidates[0]?.startedAt],
    ['slow_pipeline-2026_11_24-06_23_04_384831', 'completed', Date.parse('2026-11-24T06:23:04.398Z')],
  );
});

test('a word that fits nothing: the runs whose names have it', async () => {
  const {what, way, candidates} = await problemOf('wait_pipeline');
  assert.equal(what, `There is no run called “wait_pipeline” in project ${projectId}.`);
  assert.match(way, /^These have the word in their names/);
  assert.deepEqual(
    candidates.map(({name}) => name.slice(0, 13)),
    ['wait_pipeline', 'wait_pipeline'],
  );
});

test('a word that is in no name either: the newest runs', async () => {
  const {what, candidates} = await problemOf('decafbad');
  assert.match(what, /^There is no run called “decafbad”, nor one whose id starts so, in project /);
  assert.deepEqual(
    candidates.map(({id}) => id),
    recordedRuns()
      .slice(0, 5)
      .map(({id}) => id),
  );
});

test('`latest` is the newest run whatever became of it', async () => {
  const runs = going('running', 4);
  assert.equal(await idOf('latest', {runs}), newest!.id);
});

test('`latest` of a pipeline', async () => {
  assert.equal(await idOf('latest', {}, 'retry_pipeline'), 'f98d22c5-ee2f-4d3c-b7b0-2e5f78222d95');
});

test('without RUN: the newest run, in one request, while that is in progress', async () => {
  const {outcome, asked} = await resolve(undefined, {runs: going('running', 0, 1)});
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.id, newest!.id);
  assert.deepEqual(asked, [`GET runs project=${projectId}`]);
});

test('without RUN: the newest that is in progress, else the newest', async () => {
  assert.equal(await idOf(undefined, {runs: going('running', 4, 6)}), recordedRuns()[4]!.id);
  assert.equal(await idOf(undefined), newest!.id);
});

test('without RUN, a run of long ago that failed and still counts as in progress is not meant', async () => {
  assert.equal(await idOf(undefined, {runs: going('failed', 5)}), newest!.id);
});

test('without RUN, of one pipeline', async () => {
  assert.equal(await idOf(undefined, {runs: going('running', 4)}, 'wait_pipeline'), recordedRuns()[1]!.id);
});

test('no runs, of a pipeline or at all, is told', async () => {
  assert.match((await problemOf('latest', {runs: []})).what, /^There are no runs in project .* yet\.$/);
  assert.match((await problemOf(undefined, {}, 'nosuch')).what, /^There is no run of a pipeline “nosuch” in project/);
  const {way, candidates} = await problemOf('some-run', {runs: []});
  assert.match(way, /no runs yet/);
  assert.equal(candidates.length, 0);
});

test('a project in a file that is gone: another one, looked up once', async () => {
  const {outcome, asked} = await resolve('2d3b', {}, undefined, otherProject.id);
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.id, success);
  assert.equal(asked.filter(path => path === 'GET projects').length, 1);
  assert.equal(asked.filter(path => path === 'GET current-user').length, 1);
});

test("a run's address is a run by id, asked of the configured server: a dashboard can live elsewhere", async () => {
  const {outcome, asked} = await resolve(`https://dashboard.example.com/projects/default/runs/${success}`);
  assert.ok(outcome.ok);
  assert.deepEqual(asked, [`GET runs/${success}`]);
});

test("a run's address on another server: says which was asked and how to ask the other", async () => {
  const text = 'https://other.example.com/projects/p/runs/00000000-0000-4000-8000-000000000000';
  const {what, way} = await problemOf(text);
  assert.match(
    what,
    /^The run is on https:\/\/other\.example\.com, but http:\/\/127\.0\.0\.1:\d+ \(.*config\.yaml\) was/,
  );
  assert.match(way, /`zenml login https:\/\/other\.example\.com`.*`zentop --server https:\/\/other\.example\.com`/);
});

test("a Pro workspace's address that we do not know: log in to the workspace", async () => {
  const text = 'https://cloud.zenml.io/workspaces/prod/projects/p/runs/00000000-0000-4000-8000-000000000000';
  assert.match((await problemOf(text)).way, /`zenml login prod`/);
});

test('an address of no run is wrong usage, and its secrets are not shown', async () => {
  const {what, exitCode} = await problemOf('https://ada:MARKED@zenml.example.com/projects/p?token=MARKED');
  assert.equal(what, '“https://***@zenml.example.com/projects/p” is not the address of a run.');
  assert.equal(exitCode, 2);
});

test('a server that does not let us in is told as such, for every kind of RUN', async () => {
  for (const text of [undefined, 'latest', success, '2d3b', 'name']) {
    const {what, way} = await problemOf(text, {isClosed: true});
    assert.match(what, /does not let us in: Not authenticated\.$/);
    assert.match(way, /^Run `zenml login http:\/\/127\.0\.0\.1:\d+`\.$/);
  }
});
