import assert from 'node:assert/strict';
import {test} from 'vitest';
import {decodeStepConfig} from '../../src/api/decode/step-config.js';

test('keeps the names of secrets in a configuration, but not their values', () => {
  const config = decodeStepConfig({
    name: 'train',
    parameters: {api_key: 'MARKED', max_tokens: 512, note: 'plain', nested: {db_password: 'MARKED'}},
    settings: {docker: {environment: {HF_TOKEN: 'MARKED'}}, dsn: 'postgres://ada:MARKED@db.test/runs'},
    environment: {AWS_SECRET_ACCESS_KEY: 'MARKED'},
    secrets: ['warehouse', 'slack'],
  });
  assert.doesNotMatch(JSON.stringify(config), /MARKED/);
  assert.deepEqual(config.parameters, {
    api_key: '<removed>',
    max_tokens: 512,
    note: 'plain',
    nested: {db_password: '<removed>'},
  });
  assert.deepEqual(config.secretNames, ['warehouse', 'slack']);
  assert.deepEqual(config.whole['secrets'], ['warehouse', 'slack']);
});
