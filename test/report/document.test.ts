import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {buildDocument} from '../../src/report/document.js';
import {buildDocumentException} from '../../src/report/exceptions.js';
import {formatSafeJson} from '../../src/report/json-values.js';
import type {KnownRun} from '../../src/report/known-run.js';
import {anAttempt, aPlannedStep, aQuestion, aRun, aStep, at} from '../support/builders.js';
import {aKnownRun} from './support/known-run.js';
import {readRecordedRun} from './support/recorded-run.js';

const context = {
  serverUrl: 'http://zenml.example',
  serverVersion: '0.98.0',
  projectName: 'default',
  url: 'http://zenml.example/projects/default/runs/f98d22c5-ee2f-4d3c-b7b0-2e5f78222d95',
};

const readRetryRun = (): KnownRun =>
  readRecordedRun({
    run: 'run-retry',
    dag: 'dag-retry',
    steps: ['step-retry-attempt1', 'step-retry-attempt2', 'step-retry-attempt3'],
  });

const readFailedRun = (): KnownRun => readRecordedRun({run: 'run-failed', dag: 'dag-failed', steps: ['step-failed']});

const buildStep = (known: KnownRun, name: string) =>
  buildDocument(known, context).steps.find(step => step.name === name)!;

describe('the document of a run', () => {
  test('has the fields of a real run with a retry, in this order', () => {
    const expected = {
      schema: 'zentop/1',
      as_of: '2026-11-24T07:00:00.000Z',
      server: {url: 'http://zenml.example', version: '0.98.0'},
      project: {id: '3b93d7f9-da33-432f-af8c-b640d0c49a54', name: 'default'},
      run: {
        id: 'f98d22c5-ee2f-4d3c-b7b0-2e5f78222d95',
        name: 'retry_pipeline-2026_11_24-06_19_41_880302',
        pipeline: 'retry_pipeline',
        index: 1,
        status: 'completed',
        status_reason: null,
        in_progress: false,
        started_at: '2026-11-24T06:19:41.880Z',
        ended_at: '2026-11-24T06:19:45.804Z',
        duration_s: 3.924,
        stack: 'default',
        user: 'default',
        url: 'http://zenml.example/projects/default/runs/f98d22c5-ee2f-4d3c-b7b0-2e5f78222d95',
        exception: null,
        wait: null,
      },
      counts: {total: 1, completed: 1},
      steps: [
        {
          name: 'flaky',
          id: 'b219df93-ca2c-460b-9c78-94996d0fb26d',
          status: 'completed',
          attempt: 3,
          max_attempts: 4,
          attempts: [
            {
              id: 'a7667a49-5660-4226-a895-19992b059c64',
              attempt: 1,
              status: 'retried',
              started_at: '2026-11-24T06:19:42.298Z',
              ended_at: '2026-11-24T06:19:42.379Z',
            },
            {
              id: '43ab76da-a3a7-4b07-815e-e461bf93d10a',
              attempt: 2,
              status: 'retried',
              started_at: '2026-11-24T06:19:43.474Z',
              ended_at: '2026-11-24T06:19:43.558Z',
            },
            {
              id: 'b219df93-ca2c-460b-9c78-94996d0fb26d',
              attempt: 3,
              status: 'completed',
              started_at: '2026-11-24T06:19:45.657Z',
              ended_at: '2026-11-24T06:19:45.774Z',
            },
          ],
          started_at: '2026-11-24T06:19:45.657Z',
          ended_at: '2026-11-24T06:19:45.774Z',
          duration_s: 0.117,
          upstream: [],
          group: null,
          inputs: {},
          outputs: {
            output: [
              {
                id: '1bedd3ab-0d9d-4566-ac8a-dba5f65048d4',
                artifact: 'retry_pipeline::flaky::output',
                version: '1',
                type: 'builtins.int',
                uri: '/home/user/.config/zenml/local_stores/18b794ab-8316-47ef-9218-0f365fecd136/flaky/output/b219df93-ca2c-460b-9c78-94996d0fb26d/7123b1e9',
              },
            ],
          },
          retry: {max_retries: 3, delay: 1, backoff: 2},
          cache: {enabled: false, key: 'd9562ec0a67c5ae51bafbf9cd015acb0', from: null},
          exception: null,
          heartbeat_at: null,
          wait: null,
        },
      ],
      critical_path: {
        elapsed_s: 3.924,
        steps: ['flaky'],
        expected_steps: [],
        segments: [
          {
            kind: 'startup',
            step: 'flaky',
            started_at: '2026-11-24T06:19:41.880Z',
            ended_at: '2026-11-24T06:19:42.298Z',
            duration_s: 0.418,
          },
          {
            kind: 'failed',
            step: 'flaky',
            started_at: '2026-11-24T06:19:42.298Z',
            ended_at: '2026-11-24T06:19:42.379Z',
            duration_s: 0.081,
          },
          {
            kind: 'pause',
            step: 'flaky',
            started_at: '2026-11-24T06:19:42.379Z',
            ended_at: '2026-11-24T06:19:43.474Z',
            duration_s: 1.095,
          },
          {
            kind: 'failed',
            step: 'flaky',
            started_at: '2026-11-24T06:19:43.474Z',
            ended_at: '2026-11-24T06:19:43.558Z',
            duration_s: 0.084,
          },
          {
            kind: 'pause',
            step: 'flaky',
            started_at: '2026-11-24T06:19:43.558Z',
            ended_at: '2026-11-24T06:19:45.657Z',
            duration_s: 2.099,
          },
          {
            kind: 'work',
            step: 'flaky',
            started_at: '2026-11-24T06:19:45.657Z',
            ended_at: '2026-11-24T06:19:45.774Z',
            duration_s: 0.117,
          },
          {
            kind: 'tail',
            step: null,
            started_at: '2026-11-24T06:19:45.774Z',
            ended_at: '2026-11-24T06:19:45.804Z',
            duration_s: 0.03,
          },
        ],
      },
      questions: [],
    };
    // Compared as text to check the order of the fields.
    assert.equal(JSON.stringify(buildDocument(readRetryRun(), context), null, 1), JSON.stringify(expected, null, 1));
  });

  test('contains the line number of an exception as on the server', () => {
    assert.deepEqual(buildStep(readFailedRun(), 'boom').exception, {message: 'boom: the data is bad', line: 3});
  });

  test('contains the line of code that raised an exception if an old server stores no message', () => {
    const known = readRecordedRun({version: '0.84.3', run: 'run_fail', dag: 'dag_fail', steps: ['step_fail_failed']});
    assert.deepEqual(buildStep(known, 'boom').exception, {
      message: 'raise ValueError("boom: the data is bad")',
      line: 3,
    });
  });

  test('does not take the marks below a line of code for the message of an exception', () => {
    const traceback = '  File "run.py", line 8, in boom\n    rows[0] / rows[1]\n    ~~~~~~~~^~~~~~~~~\n';
    const exception = {message: undefined, source: undefined, line: undefined, traceback};
    assert.equal(buildDocumentException(exception)?.message, 'rows[0] / rows[1]');
  });

  test('uses the exception of the first failed step if the run has none', () => {
    assert.deepEqual(buildDocument(readFailedRun(), context).run.exception, {
      message: 'boom: the data is bad',
      line: 3,
    });
    const own = buildDocument(readRecordedRun({run: 'run-mapfailed', steps: []}), context).run.exception;
    assert.equal(own?.message, 'map item 1 failed');
  });

  test('shows and counts a step without a step run as waiting, even if the run is over', () => {
    const document = buildDocument(readFailedRun(), context);
    assert.deepEqual(document.counts, {total: 4, cached: 1, failed: 1, completed: 1, waiting: 1});
    assert.deepEqual(buildStep(readFailedRun(), 'after_boom'), {
      name: 'after_boom',
      id: null,
      status: 'waiting',
      attempt: null,
      max_attempts: null,
      attempts: [],
      started_at: null,
      ended_at: null,
      duration_s: null,
      upstream: ['boom'],
      group: null,
      inputs: {},
      outputs: {},
      retry: null,
      cache: {enabled: null, key: null, from: null},
      exception: null,
      heartbeat_at: null,
      wait: {reason: 'failure', steps: ['boom'], detail: null, since: null, until: null},
    });
  });

  test.each(['0.80.2', '0.82.1', '0.83.1'])('has no attempt numbers where the server reports none: %s', version => {
    const steps = buildDocument(
      readRecordedRun({version, run: 'run_fail', steps: ['step_fail_failed']}),
      context,
    ).steps;
    const boom = steps.find(({name}) => name === 'boom');
    assert.deepEqual([boom?.attempt, boom?.attempts.map(({attempt}) => attempt)], [null, [null]]);
  });

  test('has attempt numbers as of 0.84', () => {
    const known = readRecordedRun({version: '0.84.3', run: 'run_fail', steps: ['step_fail_failed']});
    assert.equal(buildDocument(known, context).steps.find(({name}) => name === 'boom')?.attempt, 1);
  });

  test('says what steps and the run are waiting for, and how questions were answered', () => {
    const steps = [
      aStep({name: 'train', attempts: [anAttempt({name: 'train', status: 'queued', startedAt: at(30)})]}),
      aPlannedStep({name: 'evaluate', upstream: ['train']}),
      aPlannedStep({name: 'report', upstream: ['evaluate']}),
    ];
    const question = aQuestion({isPending: false, resolution: 'continue', result: true, resolvedById: 'user'});
    const document = buildDocument(aKnownRun({steps, questions: [question]}), context);
    const queued = {reason: 'queued', steps: [], detail: null, since: '2026-11-23T21:04:41.000Z', until: null};
    assert.deepEqual(document.run.wait, {step: 'train', ...queued});
    assert.deepEqual(
      document.steps.map(({wait}) => wait),
      [queued, ...[1, 2].map(() => ({reason: 'upstream', steps: ['train'], detail: null, since: null, until: null}))],
    );
    assert.deepEqual(document.questions, [
      {
        name: 'approve',
        question: 'Deploy the model?',
        status: 'resolved',
        asked_at: '2026-11-23T21:04:24.000Z',
        resolved_at: null,
        resolved_by: 'ada',
        resolution: 'continue',
        result: true,
      },
    ]);
    const pending = buildDocument(aKnownRun({questions: [aQuestion()]}), context).run.wait;
    assert.equal(pending?.detail, 'Deploy the model?');
    assert.equal(pending?.since, '2026-11-23T21:04:24.000Z');
  });

  test('lists inputs with their artifact and input type', () => {
    assert.deepEqual(buildStep(readFailedRun(), 'boom').inputs, {
      numbers: [
        {
          id: '5328a378-c54c-4e5e-89c2-cbc28c77c043',
          artifact: 'numbers',
          version: '1',
          type: 'builtins.list',
          uri: '/home/user/.config/zenml/local_stores/18b794ab-8316-47ef-9218-0f365fecd136/load/numbers/85ea497d-4158-48f2-a383-815bab9aa89f/91c1576c',
          input_type: 'step_output',
        },
      ],
    });
    const reducer = buildStep(readRecordedRun({run: 'run-map', dag: 'dag-map', steps: ['step-reduce']}), 'reduce_');
    assert.deepEqual(
      Object.values(reducer.inputs).map(versions => versions.length),
      [4],
    );
  });

  test('contains the original step of a cached step, and its run if known', () => {
    const names = {run: 'run-cached', dag: 'dag-cached', steps: ['step-cached']};
    const step_id = '85ea497d-4158-48f2-a383-815bab9aa89f';
    const run_id = '2d3bfbe2-dcaf-484d-94c9-8fd31c75af1e';
    const cached = buildStep(readRecordedRun({...names, originals: ['step-completed-load']}), 'load');
    assert.deepEqual(cached.cache, {
      enabled: true,
      key: 'edded7fe23f9036ed292ed9f2b866fc6',
      from: {step_id, run_id},
    });
    assert.deepEqual(buildStep(readRecordedRun(names), 'load').cache.from, {step_id, run_id: null});
    assert.equal(cached.duration_s, 0);
  });

  test('contains the group of a mapped step', () => {
    const known = readRecordedRun({run: 'run-map', dag: 'dag-map', steps: ['step-mapped']});
    assert.deepEqual(buildStep(known, 'map:work:1').group, {name: 'work', type: 'map'});
    assert.deepEqual(buildStep(known, 'map:work:0').group, {name: 'work', type: 'map'});
  });

  test('measures running steps up to now, without an end time', () => {
    const known = readRecordedRun({
      run: 'run-running',
      dag: 'dag-running-planned',
      steps: ['step-running'],
      isOver: false,
    });
    const document = buildDocument(known, context);
    assert.equal(document.run.in_progress, true);
    assert.equal(document.run.ended_at, null);
    const startedAt = Date.parse(document.run.started_at!);
    assert.equal(document.run.duration_s, (known.now - startedAt) / 1000);
    const running = document.steps.find(step => step.status === 'running')!;
    assert.equal(running.ended_at, null);
    assert.equal(running.duration_s, (known.now - Date.parse(running.started_at!)) / 1000);
  });

  test('has no duration for a step without an end in a run that is over', () => {
    const steps = [aStep({name: 'lost', status: 'running'})];
    assert.equal(buildDocument(aKnownRun({run: aRun({status: 'failed'}), steps}), context).steps[0]?.duration_s, null);
  });

  test('keeps unknown status words of a newer server, including in counts', () => {
    const attempts = [anAttempt({name: 'odd', status: 'unknown', statusWord: 'hibernating'})];
    const document = buildDocument(aKnownRun({run: aRun(), steps: [aStep({name: 'odd', attempts})]}), context);
    assert.equal(document.steps[0]?.status, 'hibernating');
    assert.deepEqual(document.counts, {total: 1, hibernating: 1});
  });

  test('uses null for unknown values and omits no field', () => {
    const bare = aRun({
      pipeline: undefined,
      index: undefined,
      stack: undefined,
      user: undefined,
      startedAt: undefined,
      projectId: undefined,
    });
    const document = buildDocument(aKnownRun({run: bare, steps: []}), {
      serverUrl: 'http://zenml.example',
      serverVersion: undefined,
      projectName: undefined,
      url: undefined,
    });
    assert.deepEqual(document.project, {id: null, name: null});
    assert.equal(document.server.version, null);
    const {pipeline, index, stack, user, url, started_at, duration_s} = document.run;
    assert.deepEqual([pipeline, index, stack, user, url, started_at, duration_s], Array(7).fill(null));
  });

  test('has no time for an instant outside the range of dates', () => {
    const attempts = [anAttempt({name: 'far', startedAt: at(0), endedAt: 1e300})];
    assert.equal(buildDocument(aKnownRun({steps: [aStep({name: 'far', attempts})]}), context).steps[0]?.ended_at, null);
  });
});

describe('JSON for scripts', () => {
  const hostile = 'a\x1b[31m\x9b2J\u202egnp\u2028\u200b\u{e0001}\x7f"\\ü';

  test('keeps names unchanged', () => {
    const name = hostile;
    const document = buildDocument(aKnownRun({steps: [aStep({name, attempts: [anAttempt({name})]})]}), context);
    assert.equal(JSON.parse(formatSafeJson(document)).steps[0].name, hostile);
  });

  test('escapes characters that a terminal interprets or hides', () => {
    assert.match(formatSafeJson({[hostile]: hostile}), /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff]+$/);
  });
});
