import assert from 'node:assert/strict';
import {test} from 'vitest';
import {toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import {type RunOverviewInput, renderRunOverview} from '../../../src/format/detail/run-overview.js';
import {getLineText} from '../../../src/format/line.js';
import {aContext, aQuestion, aRun, aRunConfig, at} from '../../support/builders.js';

const aPastRun = (index: number, seconds: number, changes: Partial<Run> = {}): Run =>
  aRun({
    id: toRunId(`00000000-0000-4000-8000-0000000000${String(index).padStart(2, '0')}`),
    index,
    status: 'completed',
    startedAt: at(0),
    endedAt: at(seconds),
    context: aContext(),
    ...changes,
  });

const renderOverview = (changes: Partial<RunOverviewInput> = {}) =>
  renderRunOverview({
    run: aRun({context: aContext()}),
    doubt: undefined,
    endedAt: undefined,
    previous: [],
    stack: undefined,
    childRuns: [],
    questions: [],
    wait: undefined,
    now: at(300),
    width: 100,
    isDense: false,
    getUtcOffset: () => 0,
    ...changes,
  });

const formatOverview = (changes: Partial<RunOverviewInput> = {}): string =>
  renderOverview(changes)
    .map(({line}) => getLineText(line))
    .join('\n');

test('shows who started the run, where it runs, and everything recorded with it', () => {
  const text = formatOverview({
    run: aRun({
      statusReason: 'Manual stop requested.',
      tags: ['nightly', 'gpu'],
      metadata: {orchestrator_url: 'https://vertex.example.com/run/7', accuracy: 0.97},
      config: aRunConfig({parameters: {lr: 0.1}}),
      context: aContext({
        code: {repository: 'fraud', commit: '0123456789abcdef', subdirectory: 'pipelines'},
        modelVersion: 'churn:12',
        modelStage: 'production',
        schedule: {id: 's', name: 'every night'},
        originalRun: {id: toRunId('99999999-9999-4999-8999-999999999999'), name: 'training-1'},
      }),
    }),
    stack: {id: 'stack', name: 'default', orchestrator: {name: 'gcp', flavor: 'vertex'}},
  });
  assert.match(text, /status +running · Manual stop requested\./);
  assert.match(text, /user +ada\nstack +default\nruns on +gcp · vertex · its run job-7/);
  assert.match(text, /page +https:\/\/vertex\.example\.com\/run\/7/);
  assert.match(text, /tags +nightly · gpu/);
  assert.match(text, /model +churn:12 · production/);
  assert.match(text, /code +fraud · commit 0123456789ab · in pipelines · no uncommitted changes/);
  assert.match(text, /schedule every night/);
  assert.match(text, /replays +training-1/);
  assert.match(text, /params +lr 0\.1/);
  assert.match(text, /metadata accuracy 0\.97/);
});

test('lists values whatever their names, except for the links of the orchestrator in the metadata', () => {
  const values = {toString: 1, orchestrator_url: 'https://vertex.example.com/run/7'};
  const text = formatOverview({run: aRun({metadata: values, config: aRunConfig({parameters: values})})});
  assert.match(text, /params +toString 1 · orchestrator_url https:/);
  assert.match(text, /metadata toString 1$/m);
});

test('says what the run is waiting for, and how its questions were answered', () => {
  assert.match(formatOverview({wait: 'train (queued for 6m 00s)'}), /waiting +train \(queued for 6m 00s\)/);
  const question = aQuestion({
    isPending: false,
    resolution: 'continue',
    result: true,
    resolvedAt: at(60),
    resolvedById: 'a1b2c3d4-e5f6',
  });
  assert.match(
    formatOverview({questions: [question]}),
    /asked +Deploy the model\?\n +answered true 21:05:11 by user a1b2c3d4/,
  );
  assert.match(formatOverview({questions: [question], findUser: () => 'grace'}), /answered true 21:05:11 by grace/);
  const aborted = {...question, resolution: 'abort', result: null};
  assert.match(formatOverview({questions: [aborted], findUser: () => 'grace'}), /aborted 21:05:11 by grace/);
});

test.each([
  [null, 'answer to continue; no value needed'],
  [{type: 'boolean'}, 'answer yes or no'],
  [{enum: ['red', 'green'], type: 'string'}, 'answer red or green'],
  [
    {
      type: 'object',
      properties: {target: {enum: ['staging', 'prod']}, replicas: {type: 'integer', minimum: 1, maximum: 10}},
      required: ['target', 'replicas'],
    },
    'answer target (staging or prod), replicas (a whole number, 1 to 10)',
  ],
])('says which answers a question with the schema %j takes, and how long it has been open', (schema, expected) => {
  const question = aQuestion({schema, createdAt: at(240), metadata: {accuracy: 0.97}, lastPolledAt: at(298)});
  const text = formatOverview({questions: [question]});
  assert.match(text, /asks +Deploy the model\?\n +accuracy 0\.97\n/);
  assert.ok(text.includes(`         ${expected}\n         for 1m 00s  its process polled 2s ago`), text);
});

test('says that the process of a question polls, even if the time of the question is unknown', () => {
  const question = aQuestion({createdAt: undefined, lastPolledAt: at(298)});
  assert.match(formatOverview({questions: [question]}), /^ {9}its process polled 2s ago$/m);
});

test('compares the duration with previous runs that completed', () => {
  const previous = [aPastRun(41, 560), aPastRun(40, 540), aPastRun(39, 3, {status: 'failed'})];
  assert.match(formatOverview({previous}), /started .* · 5m 00s ago · usually ~9m/);
});

test('draws the last ten runs by duration and outcome, this one last', () => {
  const previous = Array.from({length: 12}, (_, index) =>
    aPastRun(41 - index, index === 1 ? 75 : 600, index === 1 ? {status: 'failed'} : {}),
  );
  const lines = formatOverview({previous}).split('\n');
  const from = lines.findIndex(line => line.startsWith('recent'));
  assert.equal(lines[from], 'recent   █ █ █ █ █ █ █ ▁ █ ▄ ');
  assert.match(lines[from + 1]!, /^ {9}✓ ✓ ✓ ✓ ✓ ✓ ✓ ✗ ✓ ◒/);
});

test('says what changed since the last good run, and links to it', () => {
  const good = aPastRun(40, 500, {
    config: aRunConfig({parameters: {lr: 0.1, epochs: 20}}),
    stack: {id: 'a', name: 'cpu'},
    context: aContext({code: {repository: 'fraud', commit: 'aaaaaaaaaaaa', subdirectory: undefined}}),
  });
  const run = aRun({
    config: aRunConfig({parameters: {lr: 0.2, epochs: 20}}),
    stack: {id: 'b', name: 'gpu'},
    context: aContext({code: {repository: 'fraud', commit: 'bbbbbbbbbbbb', subdirectory: undefined}}),
  });
  const input = {run, previous: [aPastRun(41, 3, {status: 'failed'}), good]};
  assert.match(
    formatOverview(input),
    /changed +since #40: lr 0\.1 → 0\.2 · stack cpu → gpu · commit aaaaaaaa → bbbbbbbb/,
  );
  const link = renderOverview(input).find(({mark}) => mark?.key === 'last good run')?.mark?.target;
  assert.deepEqual(link, {kind: 'run', runId: good.id});
});

test.each([
  ['runs with parameters', {lr: 0.1}, 'parameters, stack and versions are the same'],
  ['runs without parameters', {}, 'stack and versions are the same'],
])('says what was compared if nothing changed between %s', (_, parameters, words) => {
  const config = aRunConfig({parameters});
  const previous = [aPastRun(40, 500, {config, context: aContext()})];
  assert.match(
    formatOverview({run: aRun({config, context: aContext()}), previous}),
    new RegExp(`changed +since #40: ${words}`),
  );
});

test('does not claim that nothing changed before the configuration is loaded', () => {
  const previous = [aPastRun(40, 500)];
  assert.doesNotMatch(formatOverview({run: aRun({config: undefined, context: aContext()}), previous}), /changed/);
});

test('says when there is no good run to compare with', () => {
  assert.match(formatOverview(), /changed +first run of this pipeline/);
  assert.match(
    formatOverview({previous: [aPastRun(41, 3, {status: 'failed'})]}),
    /none of the previous runs completed/,
  );
});

test('links to the parent run and to child runs', () => {
  const parentId = toRunId('88888888-8888-4888-8888-888888888888');
  const childId = toRunId('77777777-7777-4777-8777-777777777777');
  const targets = renderOverview({
    run: aRun({parentRun: {id: parentId, name: 'search'}}),
    childRuns: [{id: childId, name: 'trial', status: undefined, startedAt: at(0), durationMs: 1000}],
  }).flatMap(({mark}) => mark?.target ?? []);
  assert.deepEqual(targets, [
    {kind: 'run', runId: parentId},
    {kind: 'run', runId: childId},
  ]);
});

test('names both possible reasons if no commit is recorded', () => {
  assert.match(formatOverview(), /code +no commit recorded: no code repository, or uncommitted changes/);
});
