import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StepDetail} from '../../../src/domain/attempt.js';
import {type Difference, findDifferences} from '../../../src/domain/cache/difference.js';
import type {CacheVerdict} from '../../../src/domain/cache/verdict.js';
import {toRunId, toStepId} from '../../../src/domain/ids.js';
import type {Status} from '../../../src/domain/status.js';
import type {StepConfig} from '../../../src/domain/step-config.js';
import {type CacheView, renderCacheVerdict} from '../../../src/format/detail/cache-verdict-lines.js';
import {renderDifference} from '../../../src/format/detail/difference-words.js';
import {countLineCells, getLineText} from '../../../src/format/line.js';
import {
  aCachePolicy,
  aDetail,
  anArtifact,
  anAttempt,
  anInput,
  aRun,
  aStepConfig,
  aStepSpec,
  at,
} from '../../support/builders.js';

const previousRun = aRun({id: toRunId('history'), index: 41, status: 'completed'});
const anotherDetail = (changes: Partial<StepDetail> = {}): StepDetail =>
  aDetail({
    runId: previousRun.id,
    attempt: anAttempt({id: toStepId('other'), startedAt: at(-7200), endedAt: at(-7100)}),
    ...changes,
  });
const anotherDetailWith = (status: Status): StepDetail =>
  anotherDetail({attempt: anAttempt({id: toStepId('other'), status, statusWord: status})});
const failed = anotherDetailWith('failed');

const aView = (verdict: CacheVerdict, changes: Partial<CacheView> = {}): CacheView => ({
  detail: aDetail({cacheKey: 'f00'}),
  run: aRun(),
  verdict,
  failure: undefined,
  original: undefined,
  originalRun: undefined,
  now: at(3600),
  width: 90,
  getUtcOffset: () => 0,
  isToggled: () => false,
  findWriterVerdict: () => undefined,
  findRun: detail => (detail.runId === previousRun.id ? previousRun : aRun()),
  ...changes,
});

const formatVerdict = (view: CacheView): string =>
  renderCacheVerdict(view)
    .map(({line}) => getLineText(line))
    .join('\n')
    .split('\n\n')[0]!
    .replaceAll('\n', ' ');

const parameter: Difference = {kind: 'parameter', name: 'lr', from: 0.01, to: 0.02};

for (const [verdict, sentence] of [
  [{kind: 'reused', originalId: undefined}, /^Served from the cache\. Nothing its cache key depends on has changed\.$/],
  [{kind: 'replayed', originalId: undefined}, /^Copied by a replay;/],
  [{kind: 'off', by: 'pipeline'}, /^It ran because caching is off, set by the pipeline \(enable_cache=False\)\.$/],
  [{kind: 'not known yet'}, /^loading previous runs of this pipeline…$/],
  [{kind: 'nothing to reuse', latest: undefined}, /^It ran because no recent run completed this step/],
  [
    {kind: 'nothing to reuse', latest: failed},
    /^It ran because no recent run completed this step: it failed in #41\.$/,
  ],
  [
    {kind: 'nothing to reuse', latest: anotherDetailWith('stopped')},
    /^It ran because no recent run completed this step: it was stopped in #41\.$/,
  ],
  [
    {kind: 'not completed', comparedStep: anotherDetailWith('running')},
    /^It ran because the run with the same cache key had not succeeded: it is running in #41\.$/,
  ],
  [
    {kind: 'expired', at: at(-1800), comparedStep: anotherDetail()},
    /^It ran because the cached result expired 1h 30m ago, 30m 00s before it started\.$/,
  ],
  [
    {kind: 'too early', comparedStep: anotherDetail()},
    /^It ran because the run with the same cache key was still in progress when it started\.$/,
  ],
  [
    {kind: 'not completed', comparedStep: failed},
    /^It ran because the run with the same cache key had not succeeded: it failed in #41\.$/,
  ],
  [
    {kind: 'differs', differences: [parameter], comparedStep: anotherDetail()},
    /^It ran because a parameter changed since the last run\.$/,
  ],
  [
    {
      kind: 'differs',
      differences: [parameter, parameter, {kind: 'code', from: 'a', to: 'b'}],
      comparedStep: anotherDetail(),
    },
    /^It ran because 2 parameters and its code changed since the last run\.$/,
  ],
  [
    {kind: 'unseen difference', possible: ['artifact store path', 'cache function'], comparedStep: anotherDetail()},
    /^Its cache key changed, but nothing visible did\. Possible causes that the server does not report: the path of the artifact store \(for a local one, also the user who ran the step\); the result of its cache function\.$/,
  ],
  [
    {kind: 'unexplained', comparedStep: anotherDetail()},
    /^It ran although its cache key is unchanged; the server does not say why\./,
  ],
  [{kind: 'no key', comparedStep: anotherDetail()}, /^Cannot tell why it ran: no cache key recorded./],
] as const satisfies readonly (readonly [CacheVerdict, RegExp])[]) {
  test(`${verdict.kind}: ${sentence.source.slice(1, 70)}`, () => {
    assert.match(formatVerdict(aView(verdict)), sentence);
  });
}

test('uses the present tense for a running step', () => {
  const detail = aDetail({attempt: anAttempt({status: 'running'})});
  assert.match(
    formatVerdict(aView({kind: 'off', by: 'step'}, {detail})),
    /^It runs because caching is off, set by the step/,
  );
});

test('reports why previous runs could not be loaded', () => {
  const failure = {kind: 'forbidden', detail: 'no'} as const;
  assert.match(formatVerdict(aView({kind: 'not known yet'}, {failure})), /^could not load previous runs: /);
});

test('links to the step run used for comparison, in this run or another one', () => {
  const listTargets = (detail: StepDetail) =>
    renderCacheVerdict(aView({kind: 'unexplained', comparedStep: detail})).flatMap(({mark}) => mark?.target ?? []);
  assert.deepEqual(listTargets(anotherDetail()), [{kind: 'run', runId: previousRun.id, stepName: 'trainer'}]);
  assert.deepEqual(listTargets(anotherDetail({runId: aRun().id})), [{kind: 'step', name: 'trainer'}]);
});

test('shows changed code line by line until it is collapsed', () => {
  const [before, after] = [anotherDetail({sourceCode: 'return 1'}), aDetail({sourceCode: 'return 2'})];
  const verdict: CacheVerdict = {
    kind: 'differs',
    differences: [{kind: 'code', from: 'a', to: 'b'}],
    comparedStep: before,
  };
  const renderShown = (isToggled: boolean) =>
    renderCacheVerdict(aView(verdict, {detail: after, isToggled: () => isToggled})).map(({line}) => getLineText(line));
  assert.ok(renderShown(false).some(line => line.trim() === '- return 1'));
  assert.ok(renderShown(false).some(line => line.trim() === '+ return 2'));
  assert.ok(!renderShown(true).some(line => line.includes('return 2')));
});

test('never exceeds the width of the pane', () => {
  const differences: Difference[] = [parameter, {kind: 'secrets', added: ['a'.repeat(90)], removed: []}];
  for (const width of [20, 41, 60]) {
    const lines = renderCacheVerdict(aView({kind: 'differs', differences, comparedStep: anotherDetail()}, {width}));
    assert.deepEqual(
      lines.map(({line}) => countLineCells(line)).filter(cells => cells > width),
      [],
    );
  }
});

const withConfig = (changes: Partial<StepConfig>): Partial<StepDetail> => ({config: aStepConfig(changes)});
const withDataset = (version: string): Partial<StepDetail> => ({
  attempt: anAttempt({inputs: [anInput({artifact: anArtifact({version})})]}),
  spec: aStepSpec({
    inputs: [{name: 'dataset', writer: 'load'}],
  }),
});
const withChunk = (chunkIndex: number | undefined): Partial<StepDetail> => ({
  attempt: anAttempt({inputs: [anInput({chunkIndex, chunkSize: chunkIndex === undefined ? undefined : 10})]}),
});

for (const [then, now, words] of [
  [withConfig({parameters: {lr: 0.01}}), withConfig({parameters: {lr: 0.02}}), 'lr  0.01 → 0.02'],
  [withConfig({}), withConfig({parameters: {lr: [1, 2]}}), 'lr  not set → [1, 2]'],
  [withConfig({parameters: {lr: null}}), withConfig({}), 'lr  null → not set'],
  [{spec: aStepSpec({source: 'a.train'})}, {spec: aStepSpec({source: 'b.train'})}, 'a.train → b.train'],
  [withDataset('16'), withDataset('17'), 'dataset  embeddings:16 → embeddings:17, written by load'],
  [withChunk(2), withChunk(3), 'dataset  chunk 2 (10 elements) → chunk 3 (10 elements)'],
  [withChunk(undefined), withChunk(0), 'dataset  whole input → chunk 0 (10 elements)'],
  [
    withConfig({outputMaterializers: {model: ['m.Pickle']}}),
    withConfig({outputMaterializers: {model: ['m.Json', 'm.Text']}}),
    'model  m.Pickle → m.Json, m.Text',
  ],
  [
    withConfig({cachingParameters: {step_source: '0123456789abcdef'}}),
    withConfig({cachingParameters: {step_source: 'fedcba9876543210'}}),
    'step code changed; source not stored, 0123456789ab → fedcba987654',
  ],
  [
    withConfig({cachingParameters: {}}),
    withConfig({cachingParameters: {model_materializer_source: 'abc'}}),
    'materializer of model  – → abc',
  ],
  [withConfig({cachingParameters: {v: 1}}), withConfig({cachingParameters: {v: 2}}), 'v  1 → 2'],
  [withConfig({environment: {TOKEN: 'secret'}}), withConfig({environment: {TOKEN: 'other'}}), 'TOKEN changed'],
  [withConfig({environment: {}}), withConfig({environment: {TOKEN: 'other'}}), 'TOKEN added'],
  [withConfig({environment: {TOKEN: 'secret'}}), withConfig({}), 'TOKEN removed'],
  [withConfig({secretNames: ['old']}), withConfig({secretNames: ['aws', 'gcp']}), 'aws, gcp added, old removed'],
  [
    withConfig({}),
    withConfig({cachePolicy: aCachePolicy({fileDependencies: ['a.csv', 'b.csv']})}),
    'files  none → a.csv, b.csv',
  ],
  [
    withConfig({parameters: {lr: 1}}),
    withConfig({parameters: {lr: 1}, cachePolicy: aCachePolicy({includesStepParameters: false})}),
    'includes parameters  yes → no',
  ],
] as const) {
  test(`describes a difference: ${words}`, () => {
    const [before, after] = [aDetail(then), aDetail(now)];
    const descriptions = findDifferences(before, after).map(difference =>
      getLineText(renderDifference(difference, {before, after, findWriterVerdict: () => undefined})),
    );
    assert.deepEqual(descriptions, [words]);
  });
}

const describeReason = (
  verdict: CacheVerdict | undefined,
  outcome: 'ran again' | 'from the cache' = 'ran again',
): string => {
  const [before, after] = [aDetail(withDataset('16')), aDetail(withDataset('17'))];
  const [difference] = findDifferences(before, after);
  return getLineText(renderDifference(difference!, {before, after, findWriterVerdict: () => ({outcome, verdict})}));
};

test('shows which step wrote a changed input, and why it ran', () => {
  const input: Difference = {kind: 'input', name: 'rows', from: undefined, to: undefined, writer: undefined};
  const aDifferentVerdict = (...differences: Difference[]): CacheVerdict => ({
    kind: 'differs',
    differences,
    comparedStep: anotherDetail(),
  });
  assert.match(describeReason(undefined), /, because load ran again$/);
  assert.match(describeReason(undefined, 'from the cache'), /, which load reused from the cache$/);
  assert.match(describeReason(aDifferentVerdict(parameter)), /, because load ran again \(lr 0\.01 → 0\.02\)$/);
  assert.match(describeReason(aDifferentVerdict(input)), /, because load ran again \(its input rows changed\)$/);
  assert.match(
    describeReason(aDifferentVerdict(parameter, input)),
    /, because load ran again \(a parameter and an input changed\)$/,
  );
  assert.match(describeReason({kind: 'off', by: 'step'}), /, because load ran again \(caching is off for it\)$/);
  assert.match(
    describeReason({kind: 'expired', at: at(0), comparedStep: anotherDetail()}),
    /\(its cached result expired\)$/,
  );
  assert.match(describeReason({kind: 'unexplained', comparedStep: anotherDetail()}), /, because load ran again$/);
});
