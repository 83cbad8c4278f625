import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodePipelineSource} from '../../src/api/decode/pipeline-source.js';

test('a snapshot names the module and the function of its pipeline', () => {
  const source = {module: 'fraud.training', attribute: 'training_pipeline', type: 'user'};
  const snapshot = {metadata: {pipeline_spec: {version: '0.5', source}}};
  assert.deepEqual(decodePipelineSource(snapshot), {module: 'fraud.training', attribute: 'training_pipeline'});
  assert.equal(decodePipelineSource({metadata: {pipeline_spec: {source: {module: 'fraud'}}}}), undefined);
  assert.equal(decodePipelineSource({metadata: null}), undefined);
});
