import assert from 'node:assert/strict';
import {test} from 'vitest';
import {chooseAttempt, fetchStepLog} from '../../../src/cli/logs/step-log.js';
import {createReplayingClient, never} from '../../api/recorded.js';
import {aDetail, anAttempt} from '../../support/builders.js';

const logs = {run: 'r', step: 'flaky', isFollowing: false, attempt: 2, source: undefined, hasTimes: false};

test('explains that servers before 0.84 do not number attempts', () => {
  const choice = chooseAttempt([aDetail({attempt: anAttempt({name: 'flaky', isNumbered: false})})], logs);
  assert.ok(!choice.ok);
  assert.equal(choice.problem.message, 'Cannot find attempt 2 of step flaky: the server does not number attempts.');
  assert.equal(choice.problem.exitCode, 2);
});

test('chooses the latest attempt if none is given, numbered or not', () => {
  const onlyDetail = aDetail({attempt: anAttempt({name: 'flaky', isNumbered: false})});
  const choice = chooseAttempt([onlyDetail], {...logs, attempt: undefined});
  assert.ok(choice.ok);
  assert.equal(choice.value, onlyDetail);
});

test('requests the log of --source by its name, because servers from 0.93.0 to 0.94.2 ignore its ID', async () => {
  const logSources = ['prepare_step', 'step'].map((source, index) => ({id: `log-${index}`, source}));
  const detail = aDetail({attempt: anAttempt({name: 'flaky', logSources})});
  const {client, requests} = createReplayingClient({status: 200, body: []});
  assert.ok((await fetchStepLog(client, detail, {source: 'prepare_step'}, never)).ok);
  assert.deepEqual(requests[0]?.query, [['source', 'prepare_step']]);
});
