import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {JsonRecord} from '../../src/domain/json.js';
import {compareRunSetups, findLastGoodRun} from '../../src/domain/run-changes.js';
import {aRun, aRunConfig} from '../support/builders.js';

const aRunWith = (parameters: JsonRecord, stack = 'local') =>
  aRun({config: aRunConfig({parameters}), stack: {id: stack, name: stack}});

describe('what changed from one run to another', () => {
  test('is each parameter that differs, is new or is gone, and the stack', () => {
    const [before, after] = [aRunWith({lr: 0.1, depth: 3, old: 1}), aRunWith({lr: 0.2, depth: 3, new: 2}, 'gpu')];
    assert.deepEqual(compareRunSetups(before, after), [
      {what: 'lr', before: 0.1, after: 0.2},
      {what: 'old', before: 1, after: undefined},
      {what: 'new', before: undefined, after: 2},
      {what: 'stack', before: 'local', after: 'gpu'},
    ]);
    assert.deepEqual(compareRunSetups(before, before), []);
  });

  test('can be a parameter named like a property of every JavaScript object', () => {
    assert.deepEqual(compareRunSetups(aRunWith({}), aRunWith({toString: 1})), [
      {what: 'toString', before: undefined, after: 1},
    ]);
  });
});

test('the last good run is the newest that completed', () => {
  const runs = [aRun({status: 'failed'}), aRun({status: 'completed', index: 2}), aRun({status: 'completed', index: 1})];
  assert.equal(findLastGoodRun(runs), runs[1]);
  assert.equal(findLastGoodRun(runs.slice(0, 1)), undefined);
});
