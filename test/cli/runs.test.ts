import assert from 'node:assert/strict';
import {beforeAll, describe, test} from 'vitest';
import type {RunsDocument} from '../../src/report/runs-document.js';
import {closeAfterAll} from '../support/closing.js';
import {type DemoServer, type DemoServerOptions, startDemoServer} from '../support/demo-server.js';
import {createServerClock} from '../support/server-clock.js';
import {buildNightlyScenario} from './support/nightly-scenario.js';
import {runProgram, startProgram} from './support/program.js';

const keep = closeAfterAll();
const serve = (options: DemoServerOptions) => keep(startDemoServer(options));

const fetchDocument = async (server: DemoServer, ...args: readonly string[]): Promise<RunsDocument> => {
  const {code, output, errors} = await runProgram(server, ['runs', '--output', 'json', ...args]);
  assert.deepEqual({code, errors}, {code: 0, errors: ''});
  return JSON.parse(output) as RunsDocument;
};

const minute = 60_000;

describe('listing runs', {concurrent: true}, () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await serve({scenario: 'runs'});
  });

  test('prints a table with active runs first, then the newest, with full names and UTC', async () => {
    const {code, output, errors} = await runProgram(server, ['runs']);
    assert.deepEqual({code, errors}, {code: 0, errors: ''});
    const [titles = '', ...rows] = output.trimEnd().split('\n');
    assert.match(titles, /^ID +STATUS +PIPELINE +# +TIME +STARTED +USER +NAME$/);
    assert.equal(rows.length, 20);
    assert.match(
      rows[0]!,
      /^[0-9a-f]{8} {2}running +\w+ +\d+ +\d+s {2}20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ {2}\w+ +\w+-20\d\d_\S+$/,
    );
    const statuses = rows.map(row => row.split(/ +/)[1]);
    const firstOver = statuses.findIndex(status => status !== 'running');
    assert.ok(firstOver > 0 && !statuses.slice(firstOver).includes('running'), statuses.join(' '));
    const getStarts = (group: readonly string[]) => group.map(row => /\S+Z/.exec(row)?.[0] ?? '');
    for (const group of [rows.slice(0, firstOver), rows.slice(firstOver)]) {
      assert.deepEqual(getStarts(group), getStarts(group).sort().reverse());
    }

    assert.doesNotMatch(output, /\x1b/);
  });

  test('fails for a pipeline or user without any runs, and lists some that have runs', async () => {
    for (const [option, kind] of [
      ['--pipeline', 'pipeline'],
      ['--user', 'user'],
    ] as const) {
      const {code, output, errors} = await runProgram(server, ['runs', option, 'nope']);
      assert.deepEqual({code, output}, {code: 4, output: ''});
      assert.match(
        errors,
        new RegExp(
          `^zentop: No runs (?:by|of) ${kind} “nope” in project \\S+\\.\\n(?:Users|Pipelines) of the latest runs: \\w+`,
        ),
      );
    }
  });

  test('prints the same without RUN if output is not a terminal', async () => {
    const {output} = await runProgram(server, []);
    assert.match(output, /^ID +STATUS +PIPELINE/);
    const json = JSON.parse((await runProgram(server, ['--output', 'json'])).output) as RunsDocument;
    assert.equal(json.schema, 'zentop-runs/1');
  });

  test('prints a document whose runs have at least the fields of a run document', async () => {
    const {schema, as_of, project, server: shownServer, total, runs} = await fetchDocument(server, '--limit', '7');
    assert.equal(schema, 'zentop-runs/1');
    assert.equal(new Date(as_of ?? '').toISOString(), as_of);
    assert.deepEqual(shownServer, {url: server.url, version: '0.98.0'});
    assert.deepEqual(project, {id: server.projectId, name: server.projectName});
    assert.ok(total >= 288 && runs.length === 7);
    const once = await runProgram(server, [runs.at(-1)!.id, '--once', '--output', 'json']);
    const {run} = JSON.parse(once.output) as {run: Record<string, unknown>};
    const {created_at, tags, ...sharedFields} = runs.at(-1)!;
    assert.deepEqual({...sharedFields, exception: null, duration_s: 0}, {...run, exception: null, duration_s: 0});
    assert.ok(created_at !== null && tags.length > 0);
    assert.ok(runs[0]!.in_progress && runs[0]!.ended_at === null && (runs[0]!.duration_s ?? 0) > 0);
  });

  test('filters by status, pipeline and user', async () => {
    const failedRuns = await fetchDocument(server, '--status', 'failed', '--limit', '500');
    const both = await fetchDocument(server, '--status', 'failed,stopped', '--limit', '500');
    assert.ok(failedRuns.runs.length > 10 && failedRuns.runs.every(({status}) => status === 'failed'));
    assert.deepEqual(new Set(both.runs.map(({status}) => status)), new Set(['failed', 'stopped']));
    const mine = await fetchDocument(server, '--user', 'me', '--pipeline', 'backtest');
    assert.ok(mine.runs.length > 0);
    assert.ok(mine.runs.every(({user, pipeline}) => user === 'maya' && pipeline === 'backtest'));
    assert.equal(mine.total, mine.runs.length);
  });

  test('fetches further pages up to the limit', async () => {
    const many = await serve({scenario: 'runs:1400'});
    const {runs} = await fetchDocument(many, '--limit', '1100');
    assert.equal(new Set(runs.map(({id}) => id)).size, 1100);
    // Three pages, and that of the runs in progress.
    assert.equal(many.requests.filter(({path}) => path.includes('size=500')).length, 4);
  });

  test('suggests a command if the name of an unknown run resembles one', async () => {
    const {code, errors} = await runProgram(server, ['rums', '--once']);
    assert.equal(code, 4);
    assert.match(errors, /^zentop: No run named “rums”.*\nDid you mean `zentop runs`\? /);
  });

  test('repeats the connection options in the command that it suggests', async () => {
    const {errors} = await runProgram(server, ['rums', '--once', '--server', server.url, '--project', 'default']);
    assert.ok(errors.includes(`Did you mean \`zentop runs --server ${server.url} --project default\`? `), errors);
  });

  test('explains invalid options', async () => {
    for (const [args, words] of [
      [['--status', 'faild'], /Unknown status “faild”\. Choose from: initializing, /],
      [['--limit', '0'], /--limit must be a whole number from 1 to 10000/],
    ] as const) {
      const {code, output, errors} = await runProgram(server, ['runs', ...args]);
      assert.deepEqual({code, output}, {code: 2, output: ''});
      assert.match(errors, words);
    }
  });

  test('prints a sentence for a project without runs, and an empty list in the document', async () => {
    const {code, output} = await runProgram(server, ['runs', '--project', 'default']);
    assert.deepEqual({code, output}, {code: 0, output: 'No runs found.\n'});
    assert.deepEqual((await fetchDocument(server, '--project', 'default')).runs, []);
  });

  test('rejects --record without a run', async () => {
    const {code, errors} = await runProgram(server, ['--record', 'x.gz']);
    assert.equal(code, 2);
    assert.match(errors, /--record needs a run to record\./);
  });
});

describe('waiting for a run to start', {concurrent: true}, () => {
  test('watches the run that starts, and exits with its status', async () => {
    const {clock, pass} = createServerClock();
    const server = await serve({scenario: buildNightlyScenario(10 * minute, -4000), clock});
    const args = ['latest', '--pipeline', 'nightly', '--wait', '--output', 'plain'];
    const program = startProgram(server, args);
    await program.waitForOutput(/Waiting for a run of “nightly” to start/);
    pass(5000);
    await program.waitForOutput(/Z run nightly/);
    pass(minute);
    const {code, output, errors} = await program.done;
    assert.equal(code, 0);
    assert.equal(errors, 'zentop: Waiting for a run of “nightly” to start (Ctrl-C to stop) …\n');
    assert.match(output, /Z run nightly\S* \(nightly #2, /);
    assert.match(output, /Z step score .*completed/);
  });

  test('watches a run in progress at once', async () => {
    const {clock, pass} = createServerClock();
    const server = await serve({scenario: buildNightlyScenario(10 * minute, 500), clock});
    const program = startProgram(server, ['--pipeline', 'nightly', '--wait', '--output', 'json']);
    await program.waitForOutput(/"type":"run"/);
    pass(minute);
    const {code, output, errors} = await program.done;
    assert.deepEqual({code, errors}, {code: 0, errors: ''});
    assert.match(output.split('\n')[0]!, /"type":"run".*nightly/);
  });

  test('gives up after the timeout', async () => {
    const server = await serve({scenario: buildNightlyScenario(10 * minute)});
    const args = ['latest', '--pipeline', 'nightly', '--wait', '--timeout', '1s', '--output', 'quiet'];
    const {code, output, errors} = await runProgram(server, args);
    assert.deepEqual({code, output}, {code: 124, output: ''});
    // On a slow machine, not even the first response arrives in time.
    assert.match(
      errors,
      /^zentop: (No run of “nightly” started within 1s\.|Timed out after 1s\. http\S+ has not responded\.)\n/,
    );
  });

  test('is rejected for a specific run', async () => {
    const server = await serve({scenario: buildNightlyScenario(10 * minute)});
    const {code, errors} = await runProgram(server, [server.runId, '--wait']);
    assert.equal(code, 2);
    assert.match(errors, /--wait only works with `latest`/);
  });
});

describe('following a pipeline', () => {
  test('prints one run after another, each to its end', async () => {
    const {clock, pass} = createServerClock();
    const server = await serve({scenario: buildNightlyScenario(2000, -6000), clock});
    const {child, done, waitForOutput} = startProgram(server, [server.runId, '--follow', '--output', 'json']);
    await waitForOutput(/"type":"run"/);
    pass(5000);
    await waitForOutput(/"type":"end"/);
    pass(2000);
    await waitForOutput(/"type":"run"[\s\S]*"type":"run"/);
    pass(minute);
    await waitForOutput(/"type":"end"[\s\S]*"type":"end"/);
    child.kill('SIGINT');
    const {code, output} = await done;
    assert.equal(code, 130);
    const lines = output
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as {type: string; id?: string; name?: string});
    const ends = lines.flatMap(({type}, index) => (type === 'end' ? [index] : []));
    assert.equal(ends.length, 2);
    assert.equal(lines[ends[0]! + 1]?.type, 'run');
    const getStepNames = (from: number, to: number) =>
      lines.slice(from, to).flatMap(({type, name}) => (type === 'step' ? [name] : []));
    assert.deepEqual(new Set(getStepNames(0, ends[0]!)), new Set(['load', 'score']));
    assert.deepEqual(new Set(getStepNames(ends[0]!, ends[1]!)), new Set(['load', 'score']));
  });
});
