import assert from 'node:assert/strict';
import {test} from 'vitest';
import {type MetadataView, type PreviousMetadata, renderMetadata} from '../../../src/format/detail/metadata.js';
import {getLineText} from '../../../src/format/line.js';
import {aRun, at} from '../../support/builders.js';

const view: MetadataView = {width: 70, filter: '', isToggled: () => false, now: at(600)};
const metadata = {name: 'adam', loss: 0.213, labels: {ok: 90}, epochs: 20, curve: [0.5, 0.3]};
const previous = {run: aRun({index: 41}), metadata: {loss: 0.233, epochs: 20, name: 'sgd', labels: {ok: 80}}};

const renderTexts = (
  before: PreviousMetadata,
  changes: Partial<MetadataView> = {},
  values: Parameters<typeof renderMetadata>[0] = metadata,
) => renderMetadata(values, before, {...view, ...changes}).map(({line}) => getLineText(line).trimEnd());

test('lists numbers first, with their change since the last run', () => {
  assert.deepEqual(renderTexts(previous), [
    '5 metadata values, changes since #41, 10m 00s ago',
    '  epochs  20  ±0',
    '  loss    0.213  -0.02 (-8.6%)',
    '  name    adam  was sgd',
    '  curve   [0.5, 0.3]',
    '▾ labels  1 entry',
    '    ok  90  +10 (+13%)',
  ]);
});

test('refers to a run without a number by name', () => {
  const run = aRun({index: undefined, createdAt: undefined});
  assert.equal(
    renderTexts({...previous, run}, {width: 80})[0],
    '5 metadata values, changes since training_pipeline-2026_11_23-21_04_11',
  );
});

test.each([
  ['loading', 'loading previous runs…'],
  ['none', 'no previous run to compare with'],
  ['not loaded', 'could not load previous runs'],
] as const)('says why nothing is compared (%s): %s', (before, words) => {
  const lines = renderTexts(before);
  assert.equal(lines[0], `5 metadata values, ${words}`);
  assert.equal(lines[1], '  epochs  20');
});

test('compares filtered metadata too', () => {
  assert.deepEqual(renderTexts(previous, {filter: 'los'}).slice(1), ['  loss  0.213  -0.02 (-8.6%)']);
});

test('renders nothing for a step without metadata', () => {
  assert.deepEqual(renderTexts(previous, {}, {}), []);
});
