import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {summarizeLog} from '../../src/domain/log/activity.js';
import type {LogEntry} from '../../src/domain/log/entry.js';
import {
  estimateProgressEnd,
  findMetadataProgress,
  parseProgressLine,
  type StepProgress,
} from '../../src/domain/progress.js';
import {formatProgress} from '../../src/format/progress-words.js';
import {aLogEntry, at} from '../support/builders.js';

const anEntry = (message: string, seconds: number): LogEntry => aLogEntry({id: undefined, message, at: at(seconds)});

describe('progress in a line of a log', () => {
  test.each([
    ['Epoch 7/20 loss 0.213', 'epoch 7/20'],
    ['[2026-11-23] epoch: 7 of 20', 'epoch 7/20'],
    ['processed 300/1200 files', '300/1,200'],
    [' 45%|████▌     | 9/20 [00:12<00:14,  1.33s/it, loss=0.213]', '9/20'],
    ['12/100 [==>.......] - ETA: 3s', '12/100'],
    ['[7/20] training', '7/20'],
    ['45% done', '45%'],
    ['progress: 45.5 %', '45%'],
    ['99%|#########9|', '99%'],
  ])('is found in %s', (line, expected) => {
    const progress = parseProgressLine(line);
    assert.equal(progress && formatProgress(progress), expected);
  });

  test.each([
    'accuracy 97%',
    'GET /api/v1/runs/2 HTTP/1.1',
    'reading data/2026/11/24',
    'score 3/2',
    'Step train has started.',
    'epoch 7/0',
    'version 1/2/3',
  ])('is not seen in %s', line => {
    assert.equal(parseProgressLine(line), undefined);
  });
});

describe('progress in metadata', () => {
  test.each([
    [{epoch: 7, total: 20, loss: 0.21345}, 'epoch 7/20 loss 0.2135'],
    [{step: 120, total_steps: 500}, 'step 120/500'],
    [{batch: 3, batches: 9, lr: 0.1, loss: 2, other: 4}, 'batch 3/9 lr 0.1 loss 2'],
    [{done: 4, of: 5}, '4/5'],
    [{progress: 0.25}, '25%'],
    [{percent: 80, name: 'x'}, '80%'],
  ])('%o is shown as %s', (metadata, expected) => {
    const progress = findMetadataProgress(metadata);
    assert.equal(progress && formatProgress(progress), expected);
  });

  test.each([
    [{epoch: 7}],
    [{accuracy: 0.9}],
    [{epoch: 21, total: 20}],
    [{progress: 7}],
    [{epoch: 'seven', total: 20}],
  ])('%o contains none', metadata => {
    assert.equal(findMetadataProgress(metadata), undefined);
  });
});

describe('the summary of a log', () => {
  test('has the progress in its last line, but prefers epochs to what is counted within them', () => {
    const entries = [anEntry('epoch 3/5', 0), anEntry('batch 1/40', 1), anEntry('batch 2/40', 2), anEntry('saved', 3)];
    assert.deepEqual(summarizeLog(entries).progress?.count, {done: 3, total: 5});
    assert.deepEqual(summarizeLog(entries.slice(1)).progress?.count, {done: 2, total: 40});
  });

  test('has the last state of a progress bar that redraws its line', () => {
    const entries = [anEntry(' 10%|#  | 2/20 [00:01<00:09]\r 15%|#5 | 3/20 [00:02<00:09]', 0)];
    assert.deepEqual(summarizeLog(entries).progress?.count, {done: 3, total: 20});
  });

  test('has the time of its last entry, and its longest pause if there are enough entries to tell', () => {
    const entries = [0, 5, 10, 70, 75, 80].map(seconds => anEntry('x', seconds));
    assert.equal(summarizeLog(entries).lastAt, at(80));
    assert.equal(summarizeLog(entries).longestPauseMs, 60_000);
    assert.equal(summarizeLog(entries.slice(0, 3)).longestPauseMs, undefined);
  });

  test('has no longest pause if its entries have no times', () => {
    const entries = [0, 1, 2, 3, 4, 5].map(seconds => ({...anEntry('x', seconds), at: undefined}));
    assert.equal(summarizeLog(entries).longestPauseMs, undefined);
  });
});

test('the end of a step is estimated from its pace once a tenth is done', () => {
  const aShare = (share: number): StepProgress => ({label: undefined, count: undefined, share, extras: []});
  assert.equal(estimateProgressEnd(aShare(0.25), at(0), at(100)), at(400));
  assert.equal(estimateProgressEnd(aShare(0.1), at(0), at(100)), at(1000));
  assert.equal(estimateProgressEnd(aShare(0.09), at(0), at(100)), undefined);
});
