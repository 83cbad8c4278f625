import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {StepDetail} from '../../../src/domain/attempt.js';
import {findDifferences} from '../../../src/domain/cache/difference.js';
import {getCacheVerdict} from '../../../src/domain/cache/verdict.js';
import {createReplayingClient, never, readRecording} from '../../api/recorded.js';

const decodeDetails = async (version: string, name: string): Promise<readonly StepDetail[]> => {
  const response = await createReplayingClient(readRecording(version, name)).client.fetchStepDetails(
    {projectId: undefined, size: 100},
    never,
  );
  assert.ok(response.ok);
  return response.value.items;
};

const getStepNamed = (details: readonly StepDetail[], name: string): StepDetail => {
  const found = details.find(({attempt}) => attempt.name === name);
  assert.ok(found);
  return found;
};

/** A step as it would be reported if it had run instead of being reused. */
const withoutCache = (cached: StepDetail, changes: Partial<StepDetail> = {}): StepDetail => ({
  ...cached,
  ...changes,
  attempt: {...cached.attempt, status: 'completed', statusWord: 'completed'},
});

describe.each(['0.80.2', '0.84.3', '0.85.0', '0.92.0', '0.97.0'])('a pipeline that ran twice on ZenML %s', version => {
  test('was cached the second time, with the keys of the originals and without differences', async () => {
    const first = await decodeDetails(version, 'steps_list_success');
    const second = await decodeDetails(version, 'steps_list_cached');
    assert.ok(second.length >= 4);
    for (const step of second) {
      const original = getStepNamed(first, step.attempt.name);
      assert.equal(step.originalStepId, original.attempt.id);
      assert.ok(step.cacheKey !== undefined && step.cacheKey === original.cacheKey);
      assert.deepEqual(findDifferences(original, step), []);
      const facts = {setting: undefined, previous: [original], candidates: [], isAllKnown: true};
      assert.deepEqual(getCacheVerdict({...facts, detail: step}), {kind: 'reused', originalId: original.attempt.id});
      assert.equal(getCacheVerdict({...facts, detail: withoutCache(step)}).kind, 'unexplained');
    }
  });

  test('would have run with another key, and only what changed is reported', async () => {
    const first = await decodeDetails(version, 'steps_list_success');
    const train = getStepNamed(await decodeDetails(version, 'steps_list_cached'), 'train');
    const {config} = train;
    const previous = [getStepNamed(first, 'train')];
    const listKinds = (changes: Partial<StepDetail>) => {
      const detail = withoutCache(train, {cacheKey: 'another', ...changes});
      const verdict = getCacheVerdict({detail, setting: undefined, previous, candidates: [], isAllKnown: true});
      return verdict.kind === 'differs' ? verdict.differences.map(({kind}) => kind) : verdict.kind;
    };
    assert.ok(Object.keys(config.cachingParameters).length > 0);
    assert.deepEqual(
      listKinds({config: {...config, cachingParameters: {...config.cachingParameters, step_source: 'other'}}}),
      ['code'],
    );
    assert.deepEqual(listKinds({config: {...config, parameters: {...config.parameters, extra: 1}}}), ['parameter']);
    assert.deepEqual(listKinds({spec: {...train.spec, source: 'elsewhere.train'}}), ['source']);
    assert.deepEqual(listKinds({config: {...config, outputMaterializers: {}}}), ['output']);
    assert.equal(listKinds({}), 'unseen difference');
  });
});
