import assert from 'node:assert/strict';
import {test} from 'vitest';
import {
  type MetadataView,
  type PreviousMetadata,
  renderStepMetadata,
} from '../../../src/format/detail/step-metadata.js';
import {getLineText} from '../../../src/format/line.js';
import {aRun, at} from '../../support/builders.js';

const view: MetadataView = {width: 70, filter: '', isToggled: () => false, now: at(600)};
const metadata = {name: 'adam', loss: 0.213, labels: {ok: 90}, epochs: 20, curve: [0.5, 0.3]};
const earlier = {run: aRun({index: 41}), metadata: {loss: 0.233, epochs: 20, name: 'sgd', labels: {ok: 80}}};

const texts = (
  before: PreviousMetadata,
  changes: Partial<MetadataView> = {},
  values: Parameters<typeof renderStepMetadata>[0] = metadata,
) => renderStepMetadata(values, before, {...view, ...changes}).map(({line}) => getLineText(line).trimEnd());

test('metrics come first with their change since the last run, whatever the order of the server', () => {
  assert.deepEqual(texts(earlier), [
    '5 metadata values, changes since #41, 10m 00s ago',
    '  epochs  20  ±0',
    '  loss    0.213  -0.02 (-8.6%)',
    '  name    adam  was sgd',
    '  curve   [0.5, 0.3]',
    '▾ labels  1 entry',
    '    ok  90  +10 (+13%)',
  ]);
});

test('a run without a number is called by its name', () => {
  const run = aRun({index: undefined, createdAt: undefined});
  assert.equal(
    texts({...earlier, run}, {width: 80})[0],
    '5 metadata values, changes since training_pipeline-2026_11_23-21_04_11',
  );
});

test.each([
  ['loading', 'loading the last run…'],
  ['none', 'no earlier run to compare'],
  ['not loaded', 'could not load earlier runs'],
] as const)('where the earlier run is %s it says: %s', (before, words) => {
  const lines = texts(before);
  assert.equal(lines[0], `5 metadata values, ${words}`);
  assert.equal(lines[1], '  epochs  20');
});

test('a filter narrows them down, and what is left is still compared', () => {
  assert.deepEqual(texts(earlier, {filter: 'los'}).slice(1), ['  loss  0.213  -0.02 (-8.6%)']);
});

test('a step that says nothing of itself takes no line', () => {
  assert.deepEqual(texts(earlier, {}, {}), []);
});
