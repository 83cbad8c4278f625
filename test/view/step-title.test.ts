import assert from 'node:assert/strict';
import {test} from 'vitest';
import {defaultArrangement} from '../../src/store/list/arrangement.js';
import {layOutStepColumns} from '../../src/view/list/columns.js';
import {renderStepColumnTitles} from '../../src/view/list/step-title.js';
import {testTheme} from '../support/frames.js';

const renderTitle = (words: string, order: 'pipeline' | 'status' | 'start'): string =>
  renderStepColumnTitles(layOutStepColumns(53, true), words, {...defaultArrangement, order}, testTheme)
    .map(({text}) => text)
    .join('')
    .trim()
    .replace(/\s+/g, ' ');

test.each([
  ['9 of 14', 'pipeline', 'STEP 9 of 14 STATUS TIME TRY'],
  ['2,761 of 5,000', 'pipeline', '2,761 of 5,000 STATUS TIME TRY'],
  ['9 of 40, 21 hidden', 'pipeline', 'STEP 9 of 40 STATUS TIME TRY'],
  // The marked title must stay, and leaves room only for the numbers.
  ['2,761 of 2,860, 2,140 hidden', 'status', '2,761 of 2,860 STATUS ▾ TIME TRY'],
  ['2,761 of 2,860', 'start', 'STEP ▾ start STATUS TIME TRY'],
] as const)('shows the position of the cursor (%s, by %s) without cutting a number', (words, order, expected) => {
  assert.equal(renderTitle(words, order), expected);
});

test('no title moves when a retry or a hidden step appears', () => {
  const findStart = (title: string, hasRetries: boolean, words: string): number =>
    renderStepColumnTitles(layOutStepColumns(53, hasRetries), words, defaultArrangement, testTheme)
      .map(({text}) => text)
      .join('')
      .indexOf(title);
  for (const title of ['STATUS', 'TIME']) {
    const before = findStart(title, false, '');
    assert.ok(before > 0);
    assert.equal(findStart(title, true, ''), before);
    assert.equal(findStart(title, true, '9 of 14, 1 hidden'), before);
  }
});
