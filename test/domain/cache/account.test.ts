import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StepDetail} from '../../../src/domain/attempt.js';
import {type CacheAccount, cacheAccountOf} from '../../../src/domain/cache/account.js';
import {differencesBetween} from '../../../src/domain/cache/difference.js';
import {stepId} from '../../../src/domain/ids.js';
import {
  aCachePolicy,
  aDetail,
  anArtifact,
  anAttempt,
  anInput,
  anOutput,
  aRun,
  aRunConfig,
  aStepConfig,
  aStepSpec,
  at,
} from '../../support/builders.js';

/** How the step went an hour before; the key is another one unless told. */
const before = (changes: Partial<StepDetail> = {}): StepDetail =>
  aDetail({attempt: anAttempt({startedAt: at(-3600), endedAt: at(-3500)}), cacheKey: 'old', ...changes});

const account = (
  detail: StepDetail,
  precedent: StepDetail | undefined,
  changes: Partial<Parameters<typeof cacheAccountOf>[0]> = {},
): CacheAccount =>
  cacheAccountOf({
    detail,
    run: aRun(),
    precedent: precedent && {run: aRun({index: 41}), detail: precedent},
    isPrecedentKnown: true,
    ...changes,
  });

const now = (changes: Partial<StepDetail> = {}): StepDetail => aDetail({cacheKey: 'new', ...changes});

test('a cached step was reused, a skipped one replayed, whatever else is known', () => {
  const originalStepId = stepId('original');
  const cached = now({attempt: anAttempt({status: 'cached'}), originalStepId});
  const skipped = now({attempt: anAttempt({status: 'skipped'}), originalStepId});
  assert.deepEqual(account(cached, before()), {kind: 'reused', originalId: originalStepId});
  assert.deepEqual(account(skipped, undefined), {kind: 'replayed', originalId: originalStepId});
});

test('caching that is off is off by the step, else by the pipeline; the step goes first', () => {
  const off = now({config: aStepConfig({isCacheEnabled: false})});
  const on = now({config: aStepConfig({isCacheEnabled: true})});
  const run = aRun({config: aRunConfig({isCacheEnabled: false})});
  assert.deepEqual(account(off, before()), {kind: 'off', by: 'step'});
  assert.deepEqual(account(now(), before(), {run}), {kind: 'off', by: 'pipeline'});
  assert.notEqual(account(on, before(), {run}).kind, 'off');
});

test('without an earlier one there is nothing to reuse, once all has been looked at', () => {
  assert.equal(account(now(), undefined).kind, 'nothing to reuse');
  assert.equal(account(now(), undefined, {isPrecedentKnown: false}).kind, 'not known yet');
});

test('the same key is told by what stood in the way: expired, not ended, or nothing that can be seen', () => {
  const same = (changes: Partial<StepDetail>) => account(now({cacheKey: 'old'}), before(changes));
  assert.equal(same({cacheExpiresAt: at(-60)}).kind, 'expired');
  assert.equal(same({cacheExpiresAt: at(60)}).kind, 'unexplained');
  assert.equal(same({attempt: anAttempt({startedAt: at(-10), endedAt: at(5)})}).kind, 'too early');
  assert.equal(same({}).kind, 'unexplained');
});

test('another key without a visible difference says what cannot be seen, and never guesses', () => {
  assert.deepEqual(kindAndPossible(account(now(), before())), ['unseen difference', ['artifact store path']]);
  const policy = aCachePolicy({fileDependencies: ['a.csv'], cacheFunction: 'm.f'});
  const config = aStepConfig({cachePolicy: policy});
  assert.deepEqual(kindAndPossible(account(now({config}), before({config}))), [
    'unseen difference',
    ['file dependencies', 'cache function', 'artifact store path'],
  ]);
});

const kindAndPossible = (told: CacheAccount) => [told.kind, told.kind === 'unseen difference' ? told.possible : []];

const dataset = (version: string, contentHash?: string) =>
  anAttempt({inputs: [anInput({artifact: anArtifact({version, contentHash})})]});

for (const [what, then, next, expected] of [
  [
    'a parameter',
    {config: aStepConfig({parameters: {lr: 0.01, n: 1}})},
    {config: aStepConfig({parameters: {lr: 0.02, n: 1}})},
    [{kind: 'parameter', name: 'lr', from: 0.01, to: 0.02}],
  ],
  [
    'a parameter that is new',
    {config: aStepConfig({parameters: {}})},
    {config: aStepConfig({parameters: {lr: null}})},
    [{kind: 'parameter', name: 'lr', from: undefined, to: null}],
  ],
  [
    'the code',
    {config: aStepConfig({cachingParameters: {step_source: 'a'}})},
    {config: aStepConfig({cachingParameters: {step_source: 'b'}})},
    [{kind: 'code'}],
  ],
  [
    'the code of a materializer',
    {config: aStepConfig({cachingParameters: {model_materializer_source: 'a'}})},
    {config: aStepConfig({cachingParameters: {model_materializer_source: 'b'}})},
    [{kind: 'materializer code', output: 'model'}],
  ],
  [
    'the place of the function',
    {spec: aStepSpec({source: 'a.train'})},
    {spec: aStepSpec({source: 'b.train'})},
    [{kind: 'source', from: 'a.train', to: 'b.train'}],
  ],
  [
    'the artifact store',
    {attempt: anAttempt({outputs: [anOutput({artifact: anArtifact({artifactStoreId: 'a'})})]})},
    {attempt: anAttempt({outputs: [anOutput({artifact: anArtifact({artifactStoreId: 'b'})})]})},
    [{kind: 'artifact store', from: 'a', to: 'b'}],
  ],
  [
    'the environment',
    {config: aStepConfig({environment: {A: '1'}})},
    {config: aStepConfig({environment: {A: '2', B: '1'}})},
    [
      {kind: 'environment', name: 'A'},
      {kind: 'environment', name: 'B'},
    ],
  ],
  ['secrets', {}, {config: aStepConfig({secretNames: ['key']})}, [{kind: 'secrets'}]],
  [
    'the policy',
    {},
    {config: aStepConfig({cachePolicy: aCachePolicy({includesArtifactIds: false})})},
    [{kind: 'policy'}],
  ],
  [
    'nothing: the order of secrets',
    {config: aStepConfig({secretNames: ['a', 'b']})},
    {config: aStepConfig({secretNames: ['b', 'a']})},
    [],
  ],
  [
    'nothing: contents that are equal, in another version',
    {attempt: dataset('16', 'same')},
    {attempt: dataset('17', 'same')},
    [],
  ],
] as const) {
  test(`what changed: ${what}`, () => {
    assert.deepEqual(differencesBetween(before(then), now(next)), expected);
  });
}

test('an input in another version is told with both, and with the step that wrote it', () => {
  const [difference] = differencesBetween(
    before({attempt: dataset('16')}),
    now({
      attempt: dataset('17'),
      spec: aStepSpec({
        inputs: [
          {name: 'dataset', stepName: 'load', outputName: 'output', chunkIndex: undefined, chunkSize: undefined},
        ],
      }),
    }),
  );
  assert.ok(difference?.kind === 'input');
  assert.deepEqual([difference.from?.version, difference.to?.version, difference.writer], ['16', '17', 'load']);
});

test('what the policy leaves out of the key is no difference', () => {
  const without = (changes: Parameters<typeof aCachePolicy>[0]) => aCachePolicy(changes);
  const both = (cachePolicy: ReturnType<typeof aCachePolicy>, config: Parameters<typeof aStepConfig>[0]) =>
    aStepConfig({cachePolicy, ...config});
  const parameters = without({includesStepParameters: false});
  const code = without({includesStepCode: false});
  const input = without({ignoredInputs: ['dataset']});
  assert.deepEqual(
    differencesBetween(
      before({config: both(parameters, {parameters: {lr: 1}})}),
      now({config: both(parameters, {parameters: {lr: 2}})}),
    ),
    [],
  );
  assert.deepEqual(
    differencesBetween(
      before({config: both(code, {cachingParameters: {step_source: 'a'}})}),
      now({config: both(code, {cachingParameters: {step_source: 'b'}})}),
    ),
    [],
  );
  assert.deepEqual(
    differencesBetween(
      before({config: both(input, {}), attempt: dataset('16')}),
      now({config: both(input, {}), attempt: dataset('17')}),
    ),
    [],
  );
});

test('another piece of the same input is a difference', () => {
  const piece = (chunkIndex: number) => anAttempt({inputs: [anInput({chunkIndex, chunkSize: 1})]});
  assert.deepEqual(differencesBetween(before({attempt: piece(0)}), now({attempt: piece(1)})), [
    {kind: 'chunk', name: 'dataset'},
  ]);
});
