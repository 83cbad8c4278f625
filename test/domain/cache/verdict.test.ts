import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StepDetail} from '../../../src/domain/attempt.js';
import {getCacheSetting} from '../../../src/domain/cache/setting.js';
import {type CacheVerdict, type CacheVerdictInput, getCacheVerdict} from '../../../src/domain/cache/verdict.js';
import {ExactNumber} from '../../../src/domain/exact-number.js';
import {toStepId} from '../../../src/domain/ids.js';
import type {Json} from '../../../src/domain/json.js';
import type {Status} from '../../../src/domain/status.js';
import {
  aCachePolicy,
  aDetail,
  anArtifact,
  anAttempt,
  anOutput,
  aRun,
  aRunConfig,
  aStepConfig,
  at,
} from '../../support/builders.js';

/** The step an hour ago, by default with another key. */
const anHourAgo = (changes: Partial<StepDetail> = {}): StepDetail =>
  aDetail({
    attempt: anAttempt({id: toStepId('before'), startedAt: at(-3600), endedAt: at(-3500)}),
    cacheKey: 'old',
    ...changes,
  });

const getVerdict = (
  detail: StepDetail,
  last: StepDetail | undefined,
  changes: Partial<CacheVerdictInput> = {},
): CacheVerdict =>
  getCacheVerdict({
    detail,
    setting: undefined,
    previous: last === undefined ? [] : [last],
    candidates: [],
    isAllKnown: true,
    ...changes,
  });

const aCurrentDetail = (changes: Partial<StepDetail> = {}): StepDetail => aDetail({cacheKey: 'new', ...changes});

/** A previous step run with this ID. */
const aPreviousStepRun = (id: string, changes: Partial<StepDetail> & {readonly status?: Status} = {}): StepDetail => {
  const {status = 'completed', ...detailChanges} = changes;
  const attempt = anAttempt({id: toStepId(id), status, startedAt: at(-3600), endedAt: at(-3500)});
  return anHourAgo({attempt, ...detailChanges});
};

test('reports a cached step as reused and a skipped one as replayed, whatever else is known', () => {
  const originalStepId = toStepId('original');
  const cached = aCurrentDetail({attempt: anAttempt({status: 'cached'}), originalStepId});
  const skipped = aCurrentDetail({attempt: anAttempt({status: 'skipped'}), originalStepId});
  assert.deepEqual(getVerdict(cached, anHourAgo()), {kind: 'reused', originalId: originalStepId});
  assert.deepEqual(getVerdict(skipped, undefined), {kind: 'replayed', originalId: originalStepId});
});

for (const [step, pipeline, expected] of [
  [false, undefined, 'step'],
  [false, true, 'step'],
  [undefined, false, 'pipeline'],
  [false, false, 'step'],
  [true, false, undefined],
  [undefined, undefined, undefined],
] as const) {
  test(`with enable_cache=${step} on the step and ${pipeline} on the pipeline, caching is disabled by ${expected ?? 'neither'}`, () => {
    const detail = aCurrentDetail({config: aStepConfig({isCacheEnabled: step})});
    const setting = getCacheSetting(detail, aRun({config: aRunConfig({isCacheEnabled: pipeline})}));
    const verdict = getVerdict(detail, anHourAgo(), {setting});
    assert.equal(verdict.kind === 'off' ? verdict.by : undefined, expected);
  });
}

test('without a previous step run there is nothing to reuse, once everything has been fetched', () => {
  assert.deepEqual(getVerdict(aCurrentDetail(), undefined), {kind: 'nothing to reuse', latest: undefined});
  assert.equal(getVerdict(aCurrentDetail(), undefined, {isAllKnown: false}).kind, 'not known yet');
});

test('unsuccessful previous step runs leave nothing to reuse, and the verdict names the newest', () => {
  const previous = [aPreviousStepRun('newest', {status: 'failed'}), aPreviousStepRun('older', {status: 'stopped'})];
  const verdict = getVerdict(aCurrentDetail(), undefined, {previous});
  assert.deepEqual(verdict, {kind: 'nothing to reuse', latest: previous[0]});
});

test('a previous step run that is still running is not named', () => {
  const verdict = getVerdict(aCurrentDetail(), undefined, {
    previous: [aPreviousStepRun('running', {status: 'running'})],
  });
  assert.deepEqual(verdict, {kind: 'nothing to reuse', latest: undefined});
});

test('with the same key in a completed step run, the reason is that it had expired or had not ended yet, or is unknown', () => {
  const getVerdictForSameKey = (changes: Parameters<typeof aPreviousStepRun>[1]) =>
    getVerdict(aCurrentDetail(), aPreviousStepRun('other', {cacheKey: 'new', ...changes}));
  const late = anAttempt({id: toStepId('other'), startedAt: at(-10), endedAt: at(5)});
  assert.equal(getVerdictForSameKey({cacheExpiresAt: at(-60)}).kind, 'expired');
  assert.equal(getVerdictForSameKey({cacheExpiresAt: at(60)}).kind, 'unexplained');
  assert.equal(getVerdictForSameKey({attempt: late}).kind, 'too early');
  assert.equal(getVerdictForSameKey({}).kind, 'unexplained');
});

for (const status of ['failed', 'stopped', 'cancelled'] as const) {
  test(`with the same key in a ${status} step run, the reason is that it did not complete, whatever older step runs did`, () => {
    const [same, older] = [aPreviousStepRun('same', {cacheKey: 'new', status}), aPreviousStepRun('older')];
    assert.deepEqual(getVerdict(aCurrentDetail(), undefined, {previous: [same, older]}), {
      kind: 'not completed',
      comparedStep: same,
    });
  });
}

test('with the same key in a cached step whose outputs had expired, the reason is that they had expired', () => {
  const cached = aPreviousStepRun('cached', {cacheKey: 'new', status: 'cached', cacheExpiresAt: at(-60)});
  assert.deepEqual(getVerdict(aCurrentDetail(), cached), {kind: 'expired', at: at(-60), comparedStep: cached});
});

test('a completed step run with the same key decides, even if the last run had another key', () => {
  const candidate = aPreviousStepRun('candidate', {cacheKey: 'new', cacheExpiresAt: at(-1800)});
  const last = aPreviousStepRun('last', {config: aStepConfig({parameters: {lr: 0.5}})});
  const verdict = getVerdict(aCurrentDetail(), last, {candidates: [candidate]});
  assert.deepEqual(verdict, {kind: 'expired', at: at(-1800), comparedStep: candidate});
});

test('a completed step run with the same key decides before previous runs have been fetched', () => {
  const candidate = aPreviousStepRun('candidate', {cacheKey: 'new', cacheExpiresAt: at(-1800)});
  assert.equal(getVerdict(aCurrentDetail(), undefined, {candidates: [candidate], isAllKnown: false}).kind, 'expired');
});

test('of several expired step runs, the verdict names the one that expired last', () => {
  const candidates = [-1800, -60, -900].map(seconds =>
    aPreviousStepRun(`at ${seconds}`, {cacheKey: 'new', cacheExpiresAt: at(seconds)}),
  );
  const verdict = getVerdict(aCurrentDetail(), undefined, {candidates});
  assert.ok(verdict.kind === 'expired');
  assert.equal(verdict.at, at(-60));
});

test('a step run is not a candidate for itself', () => {
  const detail = aCurrentDetail({attempt: anAttempt({number: 2})});
  assert.equal(getVerdict(detail, undefined, {candidates: [detail]}).kind, 'nothing to reuse');
});

test('does not compare with a step that a replay skipped, because its key is random', () => {
  const older = aPreviousStepRun('older', {config: aStepConfig({parameters: {lr: 0.5}})});
  const verdict = getVerdict(aCurrentDetail(), undefined, {
    previous: [aPreviousStepRun('replayed', {status: 'skipped'}), older],
  });
  assert.ok(verdict.kind === 'differs');
  assert.equal(verdict.comparedStep, older);
});

test('says that there is no key if either step run has none', () => {
  assert.equal(getVerdict(aCurrentDetail({cacheKey: undefined}), anHourAgo()).kind, 'no key');
  assert.equal(getVerdict(aCurrentDetail(), anHourAgo({cacheKey: undefined})).kind, 'no key');
});

test('compares a running step by what is known so far', () => {
  const running = aCurrentDetail({
    attempt: anAttempt({status: 'running', outputs: undefined}),
    config: aStepConfig({parameters: {lr: 0.2}}),
  });
  const then = anHourAgo({config: aStepConfig({parameters: {lr: 0.1}})});
  assert.equal(getVerdict(running, then).kind, 'differs');
});

const anAttemptInStore = (artifactStoreId: string | undefined) =>
  anAttempt({outputs: [anOutput({artifact: anArtifact({artifactStoreId})})]});

test('if the key changed without a visible difference, lists what the server does not report', () => {
  const [detail, then] = [
    aCurrentDetail({attempt: anAttemptInStore('a')}),
    anHourAgo({attempt: anAttemptInStore('a')}),
  ];
  assert.deepEqual(getKindAndPossible(getVerdict(detail, then)), ['unseen difference', ['artifact store path']]);
  const policy = aCachePolicy({fileDependencies: ['a.csv'], sourceDependencies: ['m.g'], cacheFunction: 'm.f'});
  const config = aStepConfig({cachePolicy: policy, parameters: {layers: [{size: 1}]}});
  assert.deepEqual(getKindAndPossible(getVerdict({...detail, config}, {...then, config})), [
    'unseen difference',
    ['artifact store path', 'file dependencies', 'source dependencies', 'cache function'],
  ]);
});

test('1 and 1.0 are different parameters, as in Python', () => {
  const withLayers = (layers: Json) => ({config: aStepConfig({parameters: {layers}})});
  const verdict = getVerdict(aCurrentDetail(withLayers(new ExactNumber('1.0'))), anHourAgo(withLayers(1)));
  assert.equal(verdict.kind, 'differs');
});

test('the artifact store of a step without outputs is unknown', () => {
  assert.deepEqual(getKindAndPossible(getVerdict(aCurrentDetail(), anHourAgo({attempt: anAttemptInStore('a')}))), [
    'unseen difference',
    ['artifact store', 'artifact store path'],
  ]);
});

const getKindAndPossible = (verdict: CacheVerdict) => [
  verdict.kind,
  verdict.kind === 'unseen difference' ? verdict.possible : [],
];
