import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {type ArtifactVersionId, toRunId} from '../../../src/domain/ids.js';
import {type Status, statuses} from '../../../src/domain/status.js';
import type {WaitReason} from '../../../src/domain/wait-reason.js';
import {countCells} from '../../../src/format/cells.js';
import {renderOverview} from '../../../src/format/detail/overview.js';
import type {OverviewInput} from '../../../src/format/detail/overview-input.js';
import {countLineCells, getLineText} from '../../../src/format/line.js';
import {
  aDetail,
  anArtifact,
  anAttempt,
  anException,
  anInput,
  anOutput,
  aPlannedStep,
  aRun,
  aStep,
  aStepConfig,
  aStepSpec,
  at,
} from '../../support/builders.js';

const nothingKnown: OverviewInput = {
  step: aPlannedStep(),
  attempt: undefined,
  detail: undefined,
  run: aRun(),
  isRunOver: false,
  now: at(600),
  width: 64,
  original: undefined,
  originalRun: undefined,
  upstream: [],
  isExpanded: () => false,
  getUtcOffset: () => 0,
  isDense: true,
};

const renderTexts = (changes: Partial<OverviewInput>): string[] =>
  renderOverview({...nothingKnown, ...changes}).map(line => getLineText(line).trimEnd());

const first = anAttempt({status: 'retried', number: 1, startedAt: at(0), endedAt: at(41)});
const second = anAttempt({
  status: 'running',
  number: 2,
  startedAt: at(51),
  heartbeatAt: at(590),
  heartbeatThresholdMs: 30 * 60_000,
  logSources: [{id: 'log', source: 'step'}],
  inputs: [
    anInput(),
    anInput({
      name: 'config',
      inputType: 'external',
      artifact: anArtifact({artifactName: 'train_cfg', version: '3', dataType: 'builtins.dict', itemCount: 4}),
    }),
  ],
});
const secondDetail = aDetail({
  attempt: second,
  cacheKey: 'edded7fe23f9036ed292ed9f2b866fc6',
  config: aStepConfig({
    isCacheEnabled: false,
    retry: {maxRetries: 2, delaySeconds: 10, backoff: 2},
    stepOperator: 'vertex-gpu',
    settings: {resources: {cpu_count: 8, gpu_count: 1, gpu_class: 'A100', memory: '64GB'}},
    hooks: {failure_hook_source: 'company.notify.alert'},
  }),
  spec: aStepSpec({
    inputs: [{name: 'dataset', writer: 'embed'}],
  }),
});
const retried: Partial<OverviewInput> = {
  step: aStep({attempts: [first, second]}),
  attempt: second,
  detail: secondDetail,
  findDetail: id => (id === first.id ? aDetail({attempt: first, exception: anException()}) : undefined),
  upstream: [
    {name: 'embed', status: 'completed'},
    {name: 'load_data', status: 'cached'},
  ],
};

test('shows a running step in full at 80 cells', () => {
  assert.deepEqual(renderTexts({...retried, width: 80}), [
    'started  21:05:02 · 9m 09s ago',
    'health   heartbeat 10s ago · timeout 30m',
    'attempt  2 of 3 · first failed after 41s: CUDA out of memory',
    'upstream embed · load_data',
    'inputs   dataset  embeddings:17  DataFrame · from embed',
    '         config   train_cfg:3    dict · 4 items · external',
    'outputs  none yet',
    'retry    up to 3 attempts, delay 10s, then ×2 (10s, 20s)',
    'cache    off · set by the step (enable_cache=False)',
    'key      edded7fe23f9036ed292ed9f2b866fc6 · never expires',
    'operator vertex-gpu · 1×A100 · cpu 8 · mem 64 GB · stack default',
    'hooks    on failure notify.alert',
    'code     pipelines.train.trainer',
    'logs     step',
  ]);
});

test('uses more lines at 40 cells and cuts only the cache key', () => {
  assert.deepEqual(renderTexts({...retried, width: 40}), [
    'started  21:05:02 · 9m 09s ago',
    'health   heartbeat 10s ago · timeout 30m',
    'attempt  2 of 3',
    '         first failed after 41s: CUDA',
    '         out of memory',
    'upstream embed · load_data',
    'inputs   dataset  embeddings:17',
    '                  DataFrame · from embed',
    '         config   train_cfg:3',
    '                  dict · 4 items',
    '                  external',
    'outputs  none yet',
    'retry    up to 3 attempts, delay 10s,',
    '         then ×2 (10s, 20s)',
    'cache    off',
    '         set by the step',
    '         (enable_cache=False)',
    'key      edded7fe23f9036ed292ed9f2b866f…',
    '         never expires',
    'operator vertex-gpu · 1×A100 · cpu 8',
    '         mem 64 GB · stack default',
    'hooks    on failure notify.alert',
    'code     pipelines.train.trainer',
    'logs     step',
  ]);
});

test('separates blocks with blank lines unless height is scarce', () => {
  const lines = renderTexts({...retried, width: 80, isDense: false});
  assert.deepEqual(lines.slice(2, 5), [
    'attempt  2 of 3 · first failed after 41s: CUDA out of memory',
    '',
    'upstream embed · load_data',
  ]);
  assert.notEqual(lines[0], '');
  assert.notEqual(lines.at(-1), '');
});

test('until the detail is loaded, shows only what will stay in place', () => {
  const loading = renderTexts({...retried, detail: undefined, findDetail: undefined});
  assert.deepEqual(loading, [
    'started  21:05:02 · 9m 09s ago',
    'health   heartbeat 10s ago · timeout 30m',
    'attempt  2 · first failed after 41s',
    'upstream embed · load_data',
    'inputs   dataset  embeddings:17  DataFrame',
    '         config   train_cfg:3    dict · 4 items · external',
    'outputs  none yet',
    'loading…',
  ]);
  const getLabels = (lines: readonly string[]) => lines.map(line => line.slice(0, 8));
  assert.deepEqual(getLabels(renderTexts(retried)).slice(0, 7), getLabels(loading).slice(0, 7));
});

test('does not claim to be loading what it is not fetching yet', () => {
  const lines = renderTexts({...retried, detail: undefined, findDetail: undefined, isDetailDue: false});
  assert.equal(lines.at(-1), 'outputs  none yet');
});

test('shows what the row contains if the detail cannot be loaded', () => {
  const detailFailure = {kind: 'timed-out', afterMs: 30_000} as const;
  const lines = renderTexts({...retried, detail: undefined, findDetail: undefined, detailFailure});
  assert.ok(lines.includes('inputs   dataset  embeddings:17  DataFrame'), lines.join('\n'));
});

test('does not guess the number of the attempt if all attempts share one step run, as before 0.84', () => {
  const retry = {maxRetries: 3, delaySeconds: 10, backoff: 1, includesFirstAttempt: true};
  const attempt = anAttempt({status: 'running', startedAt: at(0)});
  const lines = renderTexts({
    step: aStep({attempts: [attempt]}),
    attempt,
    detail: aDetail({attempt, config: aStepConfig({retry})}),
  });
  assert.ok(lines.includes('retry    up to 3 attempts, delay 10s'), lines.join('\n'));
  assert.ok(!lines.some(line => line.startsWith('attempt')), lines.join('\n'));
});

test('shows why the detail could not be loaded', () => {
  const lines = renderTexts({...retried, detail: undefined, detailFailure: {kind: 'timed-out', afterMs: 30_000}});
  assert.ok(lines.includes('could not load: timed out after 30s'));
});

test('shows the exception of a failed step first', () => {
  const attempt = anAttempt({status: 'failed', endedAt: at(3)});
  const sourceCode = '@step\ndef report(rows):\n    return rows[0]\n';
  const detail = aDetail({
    attempt,
    sourceCode,
    exception: anException({message: 'list index out of range', source: 'builtins.IndexError'}),
  });
  const failed = {step: aStep({attempts: [attempt]}), attempt};
  assert.deepEqual(renderTexts({...failed, detail}).slice(0, 4), [
    'error    IndexError: list index out of range',
    'line 3   return rows[0]',
    'started  21:04:11',
    'ended    21:04:14 · took 3s · 9m 57s ago',
  ]);
  assert.deepEqual(renderTexts({...failed, detail: undefined}), ['error    loading…']);
  assert.equal(
    renderTexts({...failed, detail: aDetail({attempt})})[0],
    'error    no exception recorded; check the log',
  );
});

test('a detail from before the failure says nothing about the exception', () => {
  const running = anAttempt({status: 'running'});
  const attempt = {...running, status: 'failed', endedAt: at(3)} as const;
  const stale = {step: aStep({attempts: [attempt]}), attempt, detail: aDetail({attempt: running})};
  assert.equal(renderTexts(stale)[0], 'started  21:04:11');
  const detailFailure = {kind: 'timed-out', afterMs: 30_000} as const;
  assert.equal(renderTexts({...stale, detailFailure})[0], 'error    could not load: timed out after 30s');
});

test('shows the original run and step of a cached step first', () => {
  const attempt = anAttempt({status: 'cached', endedAt: at(0), outputs: [anOutput()]});
  const original = aDetail({attempt: anAttempt({name: 'load'}), runId: toRunId('another')});
  const detail = aDetail({attempt, originalStepId: original.attempt.id, cacheKey: 'abc', cacheExpiresAt: at(4200)});
  const cached = {step: aStep({attempts: [attempt]}), attempt, detail, original};
  const originalRun = aRun({index: 41, name: 'training-08_00'});
  assert.deepEqual(renderTexts({...cached, originalRun}).slice(0, 4), [
    'recorded 21:04:11 · 10m 00s ago',
    'cache    on · by default',
    'from     #41 training-08_00 · step load',
    'key      abc · expires in 1h 00m, 22:14:11',
  ]);
  assert.equal(renderTexts(cached)[2], 'from     loading… · step load');
  assert.equal(renderTexts({...cached, original: undefined})[2], 'from     loading…');
});

test('does not mention the cache for a skipped step, which a replay copied', () => {
  const attempt = anAttempt({status: 'skipped', endedAt: at(0)});
  const original = aDetail({runId: toRunId('another')});
  const detail = aDetail({attempt, originalStepId: original.attempt.id, cacheKey: 'random'});
  const lines = renderTexts({
    step: aStep({attempts: [attempt]}),
    attempt,
    detail,
    original,
    originalRun: aRun({index: 7, name: 'r'}),
  });
  assert.equal(lines[1], 'from     #7 r · step trainer');
  assert.ok(!lines.some(line => line.startsWith('cache') || line.startsWith('key')));
});

test.each<[string, WaitReason, readonly string[]]>([
  [
    'for upstream steps',
    {
      kind: 'upstream',
      steps: [
        aStep({attempts: [anAttempt({name: 'embed', status: 'running', startedAt: at(500)})]}),
        aPlannedStep({name: 'split'}),
      ],
    },
    ['waiting  for embed running for 1m 40s · split ready to start'],
  ],
  ['because nothing has started it', {kind: 'ready', since: undefined}, ['waiting  ready to start']],
  [
    'because nothing has started it for a while',
    {kind: 'ready', since: at(542)},
    ['waiting  ready to start · for 58s'],
  ],
  [
    'in vain',
    {kind: 'failure', steps: [aStep({name: 'report', status: 'failed'})], isRunOver: false},
    ['not run  report failed 9m 48s ago'],
  ],
  [
    'in vain until the end of the run',
    {kind: 'failure', steps: [aStep({name: 'report', status: 'failed'})], isRunOver: true},
    ['not run  report failed 9m 48s ago'],
  ],
  ['until the end of the run', {kind: 'end'}, ['not run  run ended first']],
  ['in a run that is stopping', {kind: 'stopping'}, ["waiting  won't run: the run is stopping"]],
  [
    'in a paused run',
    {kind: 'paused', text: 'Waiting for manual resume.'},
    ['waiting  the run is paused: Waiting for manual resume.'],
  ],
  [
    'for an answer',
    {kind: 'question', text: 'Deploy?', since: at(240)},
    ['waiting  for an answer: Deploy? · asked 6m 00s ago'],
  ],
])('explains that a step waits %s', (_, wait, expected) => {
  assert.deepEqual(renderTexts({wait}), expected);
});

test('in addition to what a step waits for, names its upstream steps that are done', () => {
  const upstream = [{name: 'load', status: 'cached'} as const];
  assert.deepEqual(renderTexts({wait: {kind: 'ready', since: undefined}, upstream}), [
    'waiting  ready to start',
    'done     load',
  ]);
});

test('names only a few of thousands of steps that a step waits for', () => {
  const steps = Array.from({length: 1200}, (_, index) =>
    aStep({attempts: [anAttempt({name: `map:embed:${index}`, status: 'running', startedAt: undefined})]}),
  );
  const lines = renderTexts({wait: {kind: 'upstream', steps}, width: 80});
  assert.deepEqual(lines, [
    'waiting  for map:embed:0 running · map:embed:1 running · map:embed:2 running',
    '         map:embed:3 running · map:embed:4 running · map:embed:5 running',
    '         and 1,194 more',
  ]);
});

test.each<[Status, WaitReason, string]>([
  ['queued', {kind: 'queued', since: at(240), text: undefined}, 'waiting  for resources for 6m 00s'],
  [
    'queued',
    {kind: 'queued', since: at(240), text: 'pool gpu is full'},
    'waiting  for resources for 6m 00s · pool gpu is full',
  ],
  ['provisioning', {kind: 'provisioning', since: at(240)}, 'waiting  for 6m 00s · ZenML does not say what for'],
  ['retrying', {kind: 'retry', until: at(618)}, 'waiting  until 21:14:29 · next attempt in 18s'],
  ['retrying', {kind: 'retry', until: at(590)}, 'waiting  until 21:14:01 · next attempt now'],
  ['retrying', {kind: 'retry', until: undefined}, 'waiting  for the next attempt'],
])('explains what a %s step waits for', (status, wait, expected) => {
  const attempt = anAttempt({status});
  assert.equal(renderTexts({step: aStep({attempts: [attempt]}), attempt, wait})[0], expected);
});

test('shows why a running attempt is doubtful', () => {
  const attempt = anAttempt({status: 'running', heartbeatAt: at(0), heartbeatThresholdMs: 30 * 60_000});
  const step = aStep({attempts: [attempt]});
  const renderHealth = (changes: Partial<OverviewInput>) =>
    renderTexts({step, attempt, ...changes}).find(line => line.startsWith('health'));
  assert.equal(renderHealth({now: at(41 * 60)}), 'health   no heartbeat for 41m 00s · timeout 30m');
  assert.equal(
    renderHealth({isRunOver: true, now: at(60)}),
    'health   the run is over · heartbeat 1m 00s ago · timeout 30m',
  );
  const ended = anAttempt({...attempt, status: 'completed', endedAt: at(5)});
  assert.equal(renderHealth({attempt: ended, now: at(41 * 60)}), undefined);
});

test('shows that an attempt is not the latest', () => {
  const line = renderTexts({...retried, attempt: first, detail: aDetail({...secondDetail, attempt: first})}).find(
    each => each.startsWith('attempt'),
  );
  assert.equal(line, 'attempt  1 of 3 · latest is 2');
});

test('distinguishes lists, items and slices of inputs, and collapses long lists', () => {
  const inputs = [
    anInput({name: 'item', chunkIndex: 1, chunkSize: 1, artifact: anArtifact({artifactName: 'items', version: '1'})}),
    anInput({name: 'part', chunkIndex: 2, chunkSize: 10, artifact: anArtifact({artifactName: 'items', version: '1'})}),
    ...Array.from({length: 20}, (_, index) =>
      anInput({name: 'all', index, artifact: anArtifact({artifactName: 'worked', version: String(index + 1)})}),
    ),
  ];
  const attempt = anAttempt({inputs});
  const spec = aStepSpec({
    inputs: Array.from({length: 20}, (_, index) => ({name: 'all', writer: `map:work:${index}`})),
  });
  const input = {step: aStep({attempts: [attempt]}), attempt, detail: aDetail({attempt, spec}), width: 70};
  const lines = renderTexts(input);
  const start = lines.findIndex(line => line.startsWith('inputs'));
  assert.deepEqual(lines.slice(start, start + 4), [
    'inputs   item  items:1[1]      DataFrame',
    '         part  items:1[20:30]  DataFrame',
    '         all   worked:1        DataFrame · from map:work:0',
    '               worked:2        DataFrame · from map:work:1',
  ]);
  assert.equal(lines[start + 7], '         and 15 more');
  assert.ok(
    renderTexts({...input, isExpanded: section => section === 'inputs'}).some(line => line.includes('worked:20 ')),
  );
});

test('cuts the name of an artifact before its version', () => {
  const artifact = anArtifact({artifactName: 'external_d7c0db33-bf70-446b-a158-185eee8799c4', version: '12'});
  const attempt = anAttempt({inputs: [anInput({artifact})]});
  const line = renderTexts({step: aStep({attempts: [attempt]}), attempt, detail: aDetail({attempt}), width: 40}).find(
    each => each.startsWith('inputs'),
  );
  assert.equal(line, 'inputs   dataset  external_…eee8799c4:12');
});

const hostile = fc.oneof(
  fc.string({unit: 'binary', maxLength: 40}),
  fc.constantFrom('\x1b]0;title\x07', '漢字'.repeat(40), 'x'.repeat(300), 'a\nb\tc\u202e', '\ud83d', ''),
);

test('prints lines that fit and are safe for any data from the server', () => {
  fc.assert(
    fc.property(
      hostile,
      fc.constantFrom(...statuses),
      fc.integer({min: 1, max: 100}),
      fc.boolean(),
      (text, status, width, isExpanded) => {
        const artifact = anArtifact({artifactName: text, version: text, dataType: text, id: text as ArtifactVersionId});
        const attempt = anAttempt({
          name: text,
          status,
          statusWord: text,
          inputs: [anInput({name: text, inputType: text, artifact})],
          outputs: [anOutput({name: text, artifact})],
          logSources: [{id: text, source: text}],
        });
        const detail = aDetail({
          attempt,
          cacheKey: text,
          originalStepId: attempt.id,
          sourceCode: text,
          exception: anException({
            message: text,
            source: text,
            line: 1,
            traceback: `  File "${text}", line 3, in ${text}\n    ${text}`,
          }),
          config: aStepConfig({
            stepOperator: text,
            runtime: text,
            hooks: {[text]: text},
            settings: {resources: {gpu_count: 1, gpu_class: text, memory: text, resources: {[text]: 1}}},
          }),
          spec: aStepSpec({source: text}),
        });
        const run = aRun({name: text, statusReason: text, stack: {id: 'stack', name: text}});
        const lines = [attempt, undefined].flatMap(each =>
          renderOverview({
            ...nothingKnown,
            step: aStep({name: text, attempts: [attempt]}),
            attempt: each,
            detail: each && detail,
            original: aDetail({attempt, runId: toRunId('another')}),
            originalRun: run,
            run,
            upstream: [{name: text, status}],
            width,
            isExpanded: () => isExpanded,
          }),
        );
        for (const line of lines) {
          assert.ok(countLineCells(line) <= width, getLineText(line));
          assert.equal(countCells(getLineText(line)), countLineCells(line));
          assert.doesNotMatch(getLineText(line), /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u);
        }
      },
    ),
    {numRuns: 500},
  );
});
