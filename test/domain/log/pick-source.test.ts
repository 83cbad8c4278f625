import assert from 'node:assert/strict';
import {test} from 'vitest';
import {findLogsIdToSend, pickRunLogSource, pickStepLogSource} from '../../../src/domain/log/pick-source.js';

const buildSources = (...names: readonly string[]) =>
  names.map((source, index) => ({id: `${source}-${index}`, source}));

test.each<[readonly string[], boolean, string | undefined]>([
  [['prepare_step', 'step'], true, 'step-1'],
  [['step', 'prepare_step'], true, 'step-0'],
  [['prepare_step', 'step', 'step'], true, 'step-2'],
  [['execution'], true, 'execution-0'],
  [['execution', 'hook:step_start'], true, 'execution-0'],
  [['prepare_step', 'runner'], false, 'runner-1'],
  [['prepare_step'], true, 'prepare_step-0'],
  [['prepare_step'], false, undefined],
  [['prepare_step', 'hook:step_start'], false, undefined],
  [['prepare_step', 'hook:step_start'], true, 'hook:step_start-1'],
  [[], true, undefined],
])('from the logs %j (step finished: %s), shows %s first', (names, isFinished, id) => {
  assert.equal(pickStepLogSource(buildSources(...names), isFinished)?.id, id);
});

test.each<[readonly string[], string | undefined]>([
  [['client', 'orchestrator'], 'client-0'],
  [['orchestrator', 'runner'], 'runner-1'],
  [[], undefined],
])('from the logs %j of a run, shows %s first', (names, id) => {
  assert.equal(pickRunLogSource(buildSources(...names))?.id, id);
});

test('sends no ID if the source distinguishes the logs, because servers from 0.93.0 to 0.94.2 ignore IDs', () => {
  const logs = buildSources('prepare_step', 'step');
  assert.equal(findLogsIdToSend(logs, logs[0]), undefined);
  assert.equal(findLogsIdToSend(logs, logs[1]), undefined);
  assert.equal(findLogsIdToSend([], undefined), undefined);
});

test('sends the ID of a log whose source occurs twice', () => {
  const logs = buildSources('prepare_step', 'step', 'step');
  assert.equal(findLogsIdToSend(logs, logs[1]), 'step-1');
});
