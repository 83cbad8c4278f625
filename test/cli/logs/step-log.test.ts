import assert from 'node:assert/strict';
import {test} from 'vitest';
import {chooseAttempt} from '../../../src/cli/logs/step-log.js';
import {aDetail, anAttempt} from '../../support/builders.js';

const logs = {run: 'r', step: 'flaky', isFollowed: false, attempt: 2, source: undefined, hasTimes: false};

test('says that the server does not number attempts, before 0.84', () => {
  const chosen = chooseAttempt([aDetail({attempt: anAttempt({name: 'flaky', isNumbered: false})})], logs);
  assert.ok(!chosen.ok);
  assert.equal(chosen.problem.message, 'Cannot find attempt 2 of step flaky: the server does not number attempts.');
  assert.equal(chosen.problem.exitCode, 2);
});

test('chooses the latest attempt if none is named, numbered or not', () => {
  const only = aDetail({attempt: anAttempt({name: 'flaky', isNumbered: false})});
  const chosen = chooseAttempt([only], {...logs, attempt: undefined});
  assert.ok(chosen.ok);
  assert.equal(chosen.value, only);
});
