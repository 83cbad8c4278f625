import assert from 'node:assert/strict';
import {test} from 'vitest';
import {openConnection} from '../../src/connection/open-connection.js';
import {resolveRun} from '../../src/connection/resolve-run.js';
import {parseRunReference} from '../../src/connection/run-reference.js';
import {fail} from '../../src/domain/result.js';
import {closeAfterEach} from '../support/closing.js';
import {
  createTransport,
  getRecordedProject,
  getRecordedRuns,
  never,
  type ServerState,
  startRecordedServer,
} from './support/server.js';
import {aWorld, configPath, noFlags, readRecordedConfig} from './support/world.js';

const keep = closeAfterEach();

const projectId = getRecordedProject().id;
const [newest] = getRecordedRuns();
const successId = '2d3bfbe2-dcaf-484d-94c9-8fd31c75af1e';
const otherProject = {...getRecordedProject(), id: '00000001-0000-4000-8000-000000000000', name: 'fraud'};

/** Resolves RUN with a `config.yaml` that contains the URL of the server and the ID of the project. */
const resolve = async (text: string | undefined, state: ServerState = {}, pipeline?: string, activeId = projectId) => {
  const server = await keep(startRecordedServer(state));
  const config = readRecordedConfig(server.url).replace(/active_project_id: .*/, `active_project_id: ${activeId}`);
  const world = aWorld({files: {[configPath]: config}});
  const reference = parseRunReference(text);
  const runUrl = reference.kind === 'url' ? reference.url : undefined;
  const connection = await openConnection(world, {...noFlags, runUrl}, createTransport(world), never);
  assert.ok(connection.ok);
  const outcome = await resolveRun(connection.value, reference, pipeline, never);
  return {outcome, server, requests: server.getRequestLines().filter(line => line !== 'GET info')};
};

const resolveId = async (...args: Parameters<typeof resolve>): Promise<string> => {
  const {outcome} = await resolve(...args);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.problem.message);
  return outcome.value.run.id;
};

const resolveProblem = async (...args: Parameters<typeof resolve>) => {
  const {outcome} = await resolve(...args);
  assert.ok(!outcome.ok, 'a run was found');
  return outcome.problem;
};

/** The recorded runs, some of them changed. */
const changeRuns = (change: (run: ReturnType<typeof getRecordedRuns>[number], index: number) => void) => {
  const runs = getRecordedRuns();
  runs.forEach(change);
  return runs;
};

const withStatus = (status: string, ...indexes: number[]) =>
  changeRuns(({body}, index) => {
    if (indexes.includes(index)) {
      body.status = status;
      body.in_progress = true;
    }
  });

test('finds a run by ID in one request, without a project', async () => {
  const {outcome, requests} = await resolve(successId.replaceAll('-', '').toUpperCase());
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.name, 'success_pipeline-2026_11_24-06_19_05_252324');
  assert.equal(outcome.value.run.projectId, projectId);
  assert.deepEqual(requests, [`GET runs/${successId}`]);
});

test('finds a run by ID in any project, even if the configured one does not exist', async () => {
  assert.equal(await resolveId(successId, {}, undefined, otherProject.id), successId);
});

test('names the server when an ID is unknown', async () => {
  const {message, exitCode} = await resolveProblem('00000000-0000-4000-8000-000000000000');
  assert.match(message, /^No run 00000000-0000-4000-8000-000000000000 on http:\/\/127\.0\.0\.1:\d+\.$/);
  assert.equal(exitCode, 4);
});

for (const prefix of ['2d3b', '2D3BFBE2', '2d3bfbe2-dca']) {
  test(`accepts ${prefix} as the beginning of an ID`, async () => {
    assert.equal(await resolveId(prefix), successId);
  });
}

test('finds a run by name, in one request if the name cannot be an ID', async () => {
  const {outcome, requests} = await resolve('success_pipeline-2026_11_24-06_19_05_252324');
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.id, successId);
  assert.deepEqual(requests, [`GET runs project=${projectId} name=equals:success_pipeline-2026_11_24-06_19_05_252324`]);
});

test('prefers an exact name to the beginning of an ID', async () => {
  const runs = changeRuns((run, index) => {
    run.name = index === 3 ? '2d3bfbe2' : run.name;
  });
  assert.equal(await resolveId('2d3bfbe2', {runs}), runs[3]!.id);
});

test('lists the newest five matches of an ambiguous ID', async () => {
  const runs = changeRuns((run, index) => {
    run.id = index < 7 ? run.id.replace(/^.{4}/, 'abcd') : run.id;
  });
  const {message, hint, candidates} = await resolveProblem('ABCD', {runs});
  assert.equal(message, '“ABCD” matches 7 run IDs in project default.');
  assert.equal(hint, 'Type more of the ID. Newest matches:');
  assert.deepEqual(
    candidates.map(({id}) => id),
    runs.slice(0, 5).map(({id}) => id),
  );
  assert.deepEqual(
    [candidates[0]?.name, candidates[0]?.statusWord, candidates[0]?.startedAt],
    ['slow_pipeline-2026_11_24-06_23_04_384831', 'completed', Date.parse('2026-11-24T06:23:04.398Z')],
  );
});

test('suggests runs whose names contain an unknown word', async () => {
  const {message, hint, candidates} = await resolveProblem('wait_pipeline');
  assert.equal(message, 'No run named “wait_pipeline” in project default.');
  assert.match(hint, /Runs whose names contain “wait_pipeline”:$/);
  assert.deepEqual(
    candidates.map(({name}) => name.slice(0, 13)),
    ['wait_pipeline', 'wait_pipeline'],
  );
});

test('suggests the newest runs if no name contains the word', async () => {
  const {message, candidates} = await resolveProblem('decafbad');
  assert.match(message, /^No run with name or ID prefix “decafbad” in project default\.$/);
  assert.deepEqual(
    candidates.map(({id}) => id),
    getRecordedRuns()
      .slice(0, 5)
      .map(({id}) => id),
  );
});

test('does not say that the project has no runs if they could not be listed', async () => {
  const server = await keep(startRecordedServer({}));
  const world = aWorld({files: {[configPath]: readRecordedConfig(server.url)}});
  const opened = await openConnection(world, noFlags, createTransport(world), never);
  assert.ok(opened.ok);
  const {client} = opened.value;
  const connection: typeof opened.value = {
    ...opened.value,
    client: {
      ...client,
      fetchRuns: (query, signal) =>
        Object.keys(query.filters ?? {}).length === 0
          ? Promise.resolve(fail({kind: 'not-found', detail: ''}))
          : client.fetchRuns(query, signal),
    },
  };
  const outcome = await resolveRun(connection, parseRunReference('decafbad'), undefined, never);
  assert.ok(!outcome.ok);
  assert.equal(outcome.problem.hint, 'Use --project NAME for another project.');
});

test('resolves `latest` to the newest run, whatever its status', async () => {
  const runs = withStatus('running', 4);
  assert.equal(await resolveId('latest', {runs}), newest!.id);
});

test('resolves `latest` with --pipeline to the newest run of the pipeline', async () => {
  assert.equal(await resolveId('latest', {}, 'retry_pipeline'), 'f98d22c5-ee2f-4d3c-b7b0-2e5f78222d95');
});

test('without RUN, finds the newest run, in one request if it is in progress', async () => {
  const {outcome, requests} = await resolve(undefined, {runs: withStatus('running', 0, 1)});
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.id, newest!.id);
  assert.deepEqual(requests, [`GET runs project=${projectId}`]);
});

test('without RUN, prefers the newest run in progress', async () => {
  assert.equal(await resolveId(undefined, {runs: withStatus('running', 4, 6)}), getRecordedRuns()[4]!.id);
  assert.equal(await resolveId(undefined), newest!.id);
});

test('ignores an old failed run that the server still lists as in progress', async () => {
  assert.equal(await resolveId(undefined, {runs: withStatus('failed', 5)}), newest!.id);
});

test('with --pipeline, ignores a run in progress of another pipeline', async () => {
  assert.equal(await resolveId(undefined, {runs: withStatus('running', 4)}, 'wait_pipeline'), getRecordedRuns()[1]!.id);
});

test('reports a project without runs and a pipeline without runs', async () => {
  assert.match((await resolveProblem('latest', {runs: []})).message, /^No runs in project default yet\.$/);
  assert.match(
    (await resolveProblem(undefined, {}, 'nosuch')).message,
    /^No runs of pipeline “nosuch” in project default\.$/,
  );
  const {hint, candidates} = await resolveProblem('some-run', {runs: []});
  assert.match(hint, /no runs yet/);
  assert.equal(candidates.length, 0);
});

test('looks up another project once if the configured one does not exist', async () => {
  const {outcome, requests} = await resolve('2d3b', {}, undefined, otherProject.id);
  assert.ok(outcome.ok);
  assert.equal(outcome.value.run.id, successId);
  assert.equal(requests.filter(path => path === 'GET projects').length, 1);
  assert.equal(requests.filter(path => path === 'GET current-user').length, 1);
});

test('requests the run of a dashboard URL from the configured server', async () => {
  const {outcome, requests} = await resolve(`https://dashboard.example.com/projects/default/runs/${successId}`);
  assert.ok(outcome.ok);
  assert.deepEqual(requests, [`GET runs/${successId}`]);
});

test('explains how to connect to the other server of a run URL', async () => {
  const text = 'https://other.example.com/projects/p/runs/00000000-0000-4000-8000-000000000000';
  const {message, hint} = await resolveProblem(text);
  assert.match(
    message,
    /^The run is on https:\/\/other\.example\.com, but zentop is connected to http:\/\/127\.0\.0\.1:\d+ \(from .*config\.yaml\)\.$/,
  );
  assert.match(hint, /`zenml login https:\/\/other\.example\.com`.*--server https:\/\/other\.example\.com\.$/);
});

test('suggests logging in to an unknown Pro workspace', async () => {
  const text = 'https://cloud.zenml.io/workspaces/prod/projects/p/runs/00000000-0000-4000-8000-000000000000';
  assert.match((await resolveProblem(text)).hint, /`zenml login prod`/);
});

test('rejects a URL that is not a run URL as a usage error, without quoting its secrets', async () => {
  const {message, exitCode} = await resolveProblem('https://ada:MARKED@zenml.example.com/projects/p?token=MARKED');
  assert.equal(message, '“https://***@zenml.example.com/projects/p” is not a run URL.');
  assert.equal(exitCode, 2);
});

test('reports rejected credentials for every kind of RUN', async () => {
  for (const text of [undefined, 'latest', successId, '2d3b', 'name']) {
    const {message, hint} = await resolveProblem(text, {requiresSignIn: true});
    assert.match(message, /rejected the credentials: Not authenticated\.$/);
    assert.match(hint, /^Run `zenml login http:\/\/127\.0\.0\.1:\d+`\.$/);
  }
});
