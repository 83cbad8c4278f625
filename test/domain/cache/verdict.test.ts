import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StepDetail} from '../../../src/domain/attempt.js';
import {type CacheVerdict, type CacheVerdictInput, getCacheVerdict} from '../../../src/domain/cache/verdict.js';
import {parseStepId} from '../../../src/domain/ids.js';
import type {Status} from '../../../src/domain/status.js';
import {aCachePolicy, aDetail, anArtifact, anAttempt, anOutput, aStepConfig, at} from '../../support/builders.js';

/** How the step went an hour before; the key is another one unless told. */
const before = (changes: Partial<StepDetail> = {}): StepDetail =>
  aDetail({
    attempt: anAttempt({id: parseStepId('before'), startedAt: at(-3600), endedAt: at(-3500)}),
    cacheKey: 'old',
    ...changes,
  });

const account = (
  detail: StepDetail,
  precedent: StepDetail | undefined,
  changes: Partial<CacheVerdictInput> = {},
): CacheVerdict =>
  getCacheVerdict({
    detail,
    isPipelineCached: undefined,
    earlier: precedent === undefined ? [] : [precedent],
    candidates: [],
    isAllKnown: true,
    ...changes,
  });

const now = (changes: Partial<StepDetail> = {}): StepDetail => aDetail({cacheKey: 'new', ...changes});

/** Another step run than the one that is asked about; the name tells them apart. */
const run = (id: string, changes: Partial<StepDetail> & {readonly status?: Status} = {}): StepDetail => {
  const {status = 'completed', ...others} = changes;
  const attempt = anAttempt({id: parseStepId(id), status, startedAt: at(-3600), endedAt: at(-3500)});
  return before({attempt, ...others});
};

test('a cached step was reused, a skipped one replayed, whatever else is known', () => {
  const originalStepId = parseStepId('original');
  const cached = now({attempt: anAttempt({status: 'cached'}), originalStepId});
  const skipped = now({attempt: anAttempt({status: 'skipped'}), originalStepId});
  assert.deepEqual(account(cached, before()), {kind: 'reused', originalId: originalStepId});
  assert.deepEqual(account(skipped, undefined), {kind: 'replayed', originalId: originalStepId});
});

for (const [step, pipeline, expected] of [
  [false, undefined, 'step'],
  [false, true, 'step'],
  [undefined, false, 'pipeline'],
  [false, false, 'step'],
  [true, false, undefined],
  [undefined, undefined, undefined],
] as const) {
  test(`enable_cache=${step} on the step and ${pipeline} on the pipeline: off by ${expected ?? 'nobody'}`, () => {
    const detail = now({config: aStepConfig({isCacheEnabled: step})});
    const told = account(detail, before(), {isPipelineCached: pipeline});
    assert.equal(told.kind === 'off' ? told.by : undefined, expected);
  });
}

test('without an earlier one there is nothing to reuse, once all has been looked at', () => {
  assert.deepEqual(account(now(), undefined), {kind: 'nothing to reuse', latest: undefined});
  assert.equal(account(now(), undefined, {isAllKnown: false}).kind, 'not known yet');
});

test('earlier ones that did not end well leave nothing to reuse, and the newest of them is named', () => {
  const earlier = [run('newest', {status: 'failed'}), run('older', {status: 'stopped'})];
  const told = account(now(), undefined, {earlier});
  assert.deepEqual(told, {kind: 'nothing to reuse', latest: earlier[0]});
});

test('one that is still running somewhere is nothing that ended', () => {
  const told = account(now(), undefined, {earlier: [run('running', {status: 'running'})]});
  assert.deepEqual(told, {kind: 'nothing to reuse', latest: undefined});
});

test('the same key is told by what stood in the way: expired, not ended, or nothing that can be seen', () => {
  const same = (changes: Parameters<typeof run>[1]) => account(now(), run('other', {cacheKey: 'new', ...changes}));
  const late = anAttempt({id: parseStepId('other'), startedAt: at(-10), endedAt: at(5)});
  assert.equal(same({cacheExpiresAt: at(-60)}).kind, 'expired');
  assert.equal(same({cacheExpiresAt: at(60)}).kind, 'unexplained');
  assert.equal(same({attempt: late}).kind, 'too early');
  assert.equal(same({}).kind, 'unexplained');
});

for (const status of ['failed', 'stopped', 'cancelled'] as const) {
  test(`the same key in a step that ended ${status}: not completed, whatever older ones with another key were`, () => {
    const [same, older] = [run('same', {cacheKey: 'new', status}), run('older')];
    assert.deepEqual(account(now(), undefined, {earlier: [same, older]}), {kind: 'not completed', other: same});
  });
}

test('the same key in a cached step whose outputs had expired: expired', () => {
  const cached = run('cached', {cacheKey: 'new', status: 'cached', cacheExpiresAt: at(-60)});
  assert.deepEqual(account(now(), cached), {kind: 'expired', at: at(-60), other: cached});
});

test('a completed step with the same key decides, though the last run had another key', () => {
  const candidate = run('long ago', {cacheKey: 'new', cacheExpiresAt: at(-1800)});
  const last = run('last', {config: aStepConfig({parameters: {lr: 0.5}})});
  const told = account(now(), last, {candidates: [candidate]});
  assert.deepEqual(told, {kind: 'expired', at: at(-1800), other: candidate});
});

test('it decides before earlier runs have been looked at', () => {
  const candidate = run('long ago', {cacheKey: 'new', cacheExpiresAt: at(-1800)});
  assert.equal(account(now(), undefined, {candidates: [candidate], isAllKnown: false}).kind, 'expired');
});

test('of several that had expired, the one that was good for longest is told', () => {
  const candidates = [-1800, -60, -900].map(seconds =>
    run(`at ${seconds}`, {cacheKey: 'new', cacheExpiresAt: at(seconds)}),
  );
  const told = account(now(), undefined, {candidates});
  assert.ok(told.kind === 'expired');
  assert.equal(told.at, at(-60));
});

test('the attempts of a step share its key, and none is a candidate for itself', () => {
  const again = now({attempt: anAttempt({number: 2})});
  assert.equal(account(again, undefined, {candidates: [again]}).kind, 'nothing to reuse');
});

test('a step that a replay took over is not compared with: its key is drawn by lot', () => {
  const older = run('older', {config: aStepConfig({parameters: {lr: 0.5}})});
  const told = account(now(), undefined, {earlier: [run('replayed', {status: 'skipped'}), older]});
  assert.ok(told.kind === 'differs');
  assert.equal(told.other, older);
});

test('without a key nothing is said of keys', () => {
  assert.equal(account(now({cacheKey: undefined}), before()).kind, 'no key');
  assert.equal(account(now(), before({cacheKey: undefined})).kind, 'no key');
});

test('a running step is told by what is known of it', () => {
  const running = now({
    attempt: anAttempt({status: 'running', outputs: undefined}),
    config: aStepConfig({parameters: {lr: 0.2}}),
  });
  const then = before({config: aStepConfig({parameters: {lr: 0.1}})});
  assert.equal(account(running, then).kind, 'differs');
});

const inStore = (artifactStoreId: string | undefined) =>
  anAttempt({outputs: [anOutput({artifact: anArtifact({artifactStoreId})})]});

test('another key without a visible difference says what cannot be seen, and never guesses', () => {
  const [detail, then] = [now({attempt: inStore('a')}), before({attempt: inStore('a')})];
  assert.deepEqual(kindAndPossible(account(detail, then)), ['unseen difference', ['artifact store path']]);
  const policy = aCachePolicy({fileDependencies: ['a.csv'], sourceDependencies: ['m.g'], cacheFunction: 'm.f'});
  const config = aStepConfig({cachePolicy: policy, parameters: {layers: [{size: 1}]}});
  assert.deepEqual(kindAndPossible(account({...detail, config}, {...then, config})), [
    'unseen difference',
    ['artifact store path', 'numbers', 'file dependencies', 'source dependencies', 'cache function'],
  ]);
});

test('where a step has no outputs yet, it cannot be seen which artifact store it uses', () => {
  assert.deepEqual(kindAndPossible(account(now(), before({attempt: inStore('a')}))), [
    'unseen difference',
    ['artifact store', 'artifact store path'],
  ]);
});

const kindAndPossible = (told: CacheVerdict) => [told.kind, told.kind === 'unseen difference' ? told.possible : []];
