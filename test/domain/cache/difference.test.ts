import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StepDetail} from '../../../src/domain/attempt.js';
import {findDifferences} from '../../../src/domain/cache/difference.js';
import type {CachePolicy, StepConfig} from '../../../src/domain/step-config.js';
import {
  aCachePolicy,
  aDetail,
  anArtifact,
  anAttempt,
  anInput,
  anOutput,
  aStepConfig,
  aStepSpec,
} from '../../support/builders.js';

const findDetailDifferences = (then: Partial<StepDetail>, now: Partial<StepDetail>) =>
  findDifferences(aDetail(then), aDetail(now));

const aDatasetAttempt = (version: string, contentHash?: string) =>
  anAttempt({inputs: [anInput({artifact: anArtifact({version, contentHash})})]});

const aChunkAttempt = (chunkIndex: number | undefined, chunkSize?: number) =>
  anAttempt({inputs: [anInput({chunkIndex, chunkSize})]});

const withConfig = (changes: Partial<StepConfig>, policy: Partial<CachePolicy> = {}) => ({
  config: aStepConfig({...changes, cachePolicy: aCachePolicy(policy)}),
});

const anAttemptInStore = (artifactStoreId: string | undefined) =>
  anAttempt({outputs: [anOutput({artifact: anArtifact({artifactStoreId})})]});

for (const [what, then, now, expected] of [
  [
    'a parameter',
    withConfig({parameters: {lr: 0.01, n: 1}}),
    withConfig({parameters: {lr: 0.02, n: 1}}),
    [{kind: 'parameter', name: 'lr', from: 0.01, to: 0.02}],
  ],
  [
    'a new parameter',
    withConfig({parameters: {}}),
    withConfig({parameters: {lr: null}}),
    [{kind: 'parameter', name: 'lr', from: undefined, to: null}],
  ],
  [
    'a removed parameter',
    withConfig({parameters: {lr: 1}}),
    withConfig({parameters: {}}),
    [{kind: 'parameter', name: 'lr', from: 1, to: undefined}],
  ],
  [
    'a parameter named like a property of all objects',
    withConfig({parameters: {}}),
    withConfig({parameters: {toString: 1}}),
    [{kind: 'parameter', name: 'toString', from: undefined, to: 1}],
  ],
  [
    'the order within a parameter, which Python keeps',
    withConfig({parameters: {net: {a: 1, b: 2}}}),
    withConfig({parameters: {net: {b: 2, a: 1}}}),
    [{kind: 'parameter', name: 'net', from: {a: 1, b: 2}, to: {b: 2, a: 1}}],
  ],
  [
    'the code',
    withConfig({cachingParameters: {step_source: 'a'}}),
    withConfig({cachingParameters: {step_source: 'b'}}),
    [{kind: 'code', from: 'a', to: 'b'}],
  ],
  [
    'the code of a materializer',
    withConfig({cachingParameters: {model_materializer_source: 'a'}}),
    withConfig({cachingParameters: {model_materializer_source: 'b'}}),
    [{kind: 'materializer code', output: 'model', from: 'a', to: 'b'}],
  ],
  [
    'a custom caching parameter',
    withConfig({cachingParameters: {}}),
    withConfig({cachingParameters: {data_version: 7}}),
    [{kind: 'caching parameter', name: 'data_version', from: undefined, to: 7}],
  ],
  [
    'the materializer of an output',
    withConfig({outputMaterializers: {model: ['m.Pickle']}}),
    withConfig({outputMaterializers: {model: ['m.Json']}}),
    [{kind: 'output', name: 'model', from: ['m.Pickle'], to: ['m.Json']}],
  ],
  [
    'a new output',
    withConfig({outputMaterializers: {}}),
    withConfig({outputMaterializers: {score: ['m.Json']}}),
    [{kind: 'output', name: 'score', from: undefined, to: ['m.Json']}],
  ],
  [
    'the import path of the function',
    {spec: aStepSpec({source: 'a.train'})},
    {spec: aStepSpec({source: 'b.train'})},
    [{kind: 'source', from: 'a.train', to: 'b.train'}],
  ],
  [
    'the artifact store',
    {attempt: anAttemptInStore('a')},
    {attempt: anAttemptInStore('b')},
    [{kind: 'artifact store', from: 'a', to: 'b'}],
  ],
  ['nothing: an unknown store', {attempt: anAttemptInStore('a')}, {attempt: anAttemptInStore(undefined)}, []],
  [
    'the environment, names only',
    withConfig({environment: {A: '1', C: '1'}}),
    withConfig({environment: {A: '2', B: '1'}}),
    [
      {kind: 'environment', name: 'A', change: 'changed'},
      {kind: 'environment', name: 'B', change: 'new'},
      {kind: 'environment', name: 'C', change: 'gone'},
    ],
  ],
  [
    'secrets',
    withConfig({secretNames: ['old', 'kept']}),
    withConfig({secretNames: ['kept', 'key']}),
    [{kind: 'secrets', added: ['key'], removed: ['old']}],
  ],
  ['nothing: the order of secrets', withConfig({secretNames: ['a', 'b']}), withConfig({secretNames: ['b', 'a']}), []],
  [
    'nothing: another version with the same contents',
    {attempt: aDatasetAttempt('16', 'same')},
    {attempt: aDatasetAttempt('17', 'same')},
    [],
  ],
  ['nothing: no policy and the default policy', {config: aStepConfig({cachePolicy: undefined})}, withConfig({}), []],
  [
    'another chunk of the same input',
    {attempt: aChunkAttempt(0)},
    {attempt: aChunkAttempt(1)},
    [{kind: 'chunk', name: 'dataset', from: {index: 0, size: 1}, to: {index: 1, size: 1}}],
  ],
  [
    'a whole input instead of a chunk',
    {attempt: aChunkAttempt(2, 10)},
    {attempt: aChunkAttempt(undefined)},
    [{kind: 'chunk', name: 'dataset', from: {index: 2, size: 10}, to: undefined}],
  ],
] as const) {
  test(`what changed: ${what}`, () => {
    assert.deepEqual(findDetailDifferences(then, now), expected);
  });
}

test('reports both versions of an input, and the step that wrote it', () => {
  const input = {name: 'dataset', writer: 'load'};
  const differences = findDetailDifferences(
    {attempt: aDatasetAttempt('16')},
    {attempt: aDatasetAttempt('17'), spec: aStepSpec({inputs: [input]})},
  );
  assert.equal(differences.length, 1);
  const [difference] = differences;
  assert.ok(difference?.kind === 'input');
  assert.deepEqual([difference.from?.version, difference.to?.version, difference.writer], ['16', '17', 'load']);
});

test('reports each different artifact of an input, with its own writer', () => {
  const anAttemptOfVersions = (...versions: readonly string[]) =>
    anAttempt({inputs: versions.map(version => anInput({artifact: anArtifact({version})}))});
  const inputs = ['work_0', 'work_1', 'work_2'].map(writer => ({name: 'dataset', writer}));
  const found = findDetailDifferences(
    {attempt: anAttemptOfVersions('1', '2')},
    {attempt: anAttemptOfVersions('1', '3', '4'), spec: aStepSpec({inputs})},
  );
  assert.deepEqual(
    found.map(each => each.kind === 'input' && [each.from?.version, each.to?.version, each.writer]),
    [
      ['2', '3', 'work_1'],
      [undefined, '4', 'work_2'],
    ],
  );
});

test('an input from outside the pipeline has no writer', () => {
  const [difference] = findDetailDifferences({attempt: aDatasetAttempt('16')}, {attempt: aDatasetAttempt('17')});
  assert.ok(difference?.kind === 'input');
  assert.equal(difference.writer, undefined);
});

for (const [what, policy, then, now] of [
  ['parameters', {includesStepParameters: false}, withConfig({parameters: {lr: 1}}), withConfig({parameters: {lr: 2}})],
  [
    'code',
    {includesStepCode: false},
    withConfig({cachingParameters: {step_source: 'a'}}),
    withConfig({cachingParameters: {step_source: 'b'}}),
  ],
  [
    'an ignored input',
    {ignoredInputs: ['dataset']},
    {attempt: aDatasetAttempt('16')},
    {attempt: aDatasetAttempt('17')},
  ],
  ['versions', {includesArtifactIds: false}, {attempt: aDatasetAttempt('16')}, {attempt: aDatasetAttempt('17')}],
] as const) {
  test(`what the policy excludes from the key is not a difference: ${what}`, () => {
    const withPolicy = (changes: Partial<StepDetail>): Partial<StepDetail> => ({
      ...changes,
      config: {...aStepConfig(), ...changes.config, cachePolicy: aCachePolicy(policy)},
    });
    assert.deepEqual(findDetailDifferences(withPolicy(then), withPolicy(now)), []);
  });
}

test('without contents in the key, another version with the same contents differs', () => {
  const policy = withConfig({}, {includesArtifactValues: false});
  const found = findDetailDifferences(
    {attempt: aDatasetAttempt('16', 'same'), ...policy},
    {attempt: aDatasetAttempt('17', 'same'), ...policy},
  );
  assert.deepEqual(
    found.map(({kind}) => kind),
    ['input'],
  );
});

for (const [what, then, now, expected] of [
  [
    'parameters that are now part of the key',
    withConfig({parameters: {lr: 1}}, {includesStepParameters: false}),
    withConfig({parameters: {lr: 1}}),
    [{setting: 'includesStepParameters', from: false, to: true}],
  ],
  ['parameters, without any', withConfig({}, {includesStepParameters: false}), withConfig({}), []],
  [
    'code that is no longer part of the key',
    withConfig({cachingParameters: {step_source: 'a'}}),
    withConfig({cachingParameters: {step_source: 'a'}}, {includesStepCode: false}),
    [{setting: 'includesStepCode', from: true, to: false}],
  ],
  [
    'a newly ignored input',
    {attempt: aDatasetAttempt('16'), ...withConfig({})},
    {attempt: aDatasetAttempt('17'), ...withConfig({}, {ignoredInputs: ['dataset', 'absent']})},
    [{setting: 'ignoredInputs', from: [], to: ['dataset', 'absent']}],
  ],
  ['an ignored input that does not exist', withConfig({}), withConfig({}, {ignoredInputs: ['absent']}), []],
  [
    'versions that are no longer part of the key',
    {attempt: aDatasetAttempt('16'), ...withConfig({})},
    {attempt: aDatasetAttempt('16'), ...withConfig({}, {includesArtifactIds: false})},
    [{setting: 'includesArtifactIds', from: true, to: false}],
  ],
  [
    'contents, of inputs without a content hash',
    {attempt: aDatasetAttempt('16'), ...withConfig({})},
    {attempt: aDatasetAttempt('16'), ...withConfig({}, {includesArtifactValues: false})},
    [],
  ],
  [
    'file dependencies',
    withConfig({}),
    withConfig({}, {fileDependencies: ['a.csv']}),
    [{setting: 'fileDependencies', from: [], to: ['a.csv']}],
  ],
  [
    'a cache function',
    withConfig({}, {cacheFunction: 'm.f'}),
    withConfig({}),
    [{setting: 'cacheFunction', from: 'm.f', to: undefined}],
  ],
  [
    'the expiry of outputs, which is not part of the key',
    withConfig({}),
    withConfig({}, {expiresAfterSeconds: 60}),
    [],
  ],
] as const) {
  test(`a change of the policy is reported only if it changes the key: ${what}`, () => {
    assert.deepEqual(
      findDetailDifferences(then, now),
      expected.map(change => ({kind: 'policy', change})),
    );
  });
}
