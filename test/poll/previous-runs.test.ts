import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {findPreviousStep, isHistoryKnown} from '../../src/store/history/history.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

let demo: PolledDemo | undefined;
afterEach(async () => {
  await demo?.stop();
  demo = undefined;
});

const openStep = async (step: string, tab: 'inputs' | 'outputs' | 'config') => {
  demo = await startPolledDemo({scenario: 'training', size: {columns: 120, rows: 40}});
  await demo.clock.advance(400_000);
  demo.store.dispatch({type: 'step/selected', name: step});
  demo.store.dispatch({type: 'tab/chosen', tab});
  return demo;
};

const getPathsSince = (from: number, {server}: PolledDemo): readonly string[] =>
  server.requests.slice(from).map(({path}) => path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID'));

test('a step is fetched from the previous run, once, while its outputs are shown', async () => {
  const {clock, state, server} = await openStep('train_gbm', 'outputs');
  const before = server.requests.length;
  await clock.advance(20_000);
  const openRun = state().openRun!;
  const previous = findPreviousStep(openRun, 'train_gbm');
  assert.ok(previous !== undefined && isHistoryKnown(openRun, 'train_gbm'));
  assert.ok(previous.run.id !== openRun.runId && previous.run.createdAt! <= openRun.run!.createdAt!);
  const paths = getPathsSince(before, demo!);
  assert.ok(
    paths.some(path => path.includes('/artifact_versions/')),
    paths.join('\n'),
  );
  await clock.advance(120_000);
  const later = getPathsSince(before, demo!).slice(paths.length);
  assert.deepEqual(
    later.filter(path => /artifact_versions|\/runs\?|\/steps\?/.test(path)),
    [],
  );
});

test('a step is not fetched from the previous run while a tab is open that does not need it', async () => {
  const {clock, server} = await openStep('train_gbm', 'config');
  const before = server.requests.length;
  await clock.advance(20_000);
  assert.deepEqual(
    getPathsSince(before, demo!).filter(path => path.includes('artifact_versions')),
    [],
  );
});
