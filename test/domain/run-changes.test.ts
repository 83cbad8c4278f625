import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {JsonRecord} from '../../src/domain/json.js';
import {compareRunSetups, findLastGoodRun} from '../../src/domain/run-changes.js';
import {aContext, aRun, aRunConfig} from '../support/builders.js';

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

  test('includes the commit and the versions of ZenML and Python, with which the run was started', () => {
    const aRunOf = (commit: string | undefined, zenml: string, python: string) =>
      aRun({
        context: aContext({
          code: commit === undefined ? undefined : {repository: 'churn', commit, subdirectory: undefined},
          clientEnvironment: {zenml_version: zenml, python_version: python, os: 'linux'},
        }),
      });
    assert.deepEqual(compareRunSetups(aRunOf('1a2b', '0.97.0', '3.11.9'), aRunOf(undefined, '0.98.0', '3.12.3')), [
      {what: 'commit', before: '1a2b', after: undefined},
      {what: 'ZenML', before: '0.97.0', after: '0.98.0'},
      {what: 'Python', before: '3.11.9', after: '3.12.3'},
    ]);
  });

  test('is unknown if the configuration of one of them is unknown', () => {
    const unknownRun = aRun({config: undefined, stack: {id: 'gpu', name: 'gpu'}});
    assert.deepEqual(compareRunSetups(aRunWith({lr: 0.1}), unknownRun), []);
    assert.deepEqual(compareRunSetups(unknownRun, aRunWith({lr: 0.1})), []);
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
