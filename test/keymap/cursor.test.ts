import assert from 'node:assert/strict';
import {test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import type {Mark} from '../../src/domain/mark.js';
import {buildFooterEntries} from '../../src/keymap/footer.js';
import type {ScreenFrame} from '../../src/keymap/frame.js';
import {findKeyOutcome} from '../../src/keymap/press.js';
import {aRetriedState} from '../support/screens.js';
import {reduceAll} from '../support/watching.js';

const openState = reduceAll(aRetriedState(), {type: 'pane/toggled'}, {type: 'tab/chosen', tab: 'inputs'});

const marks: readonly Mark[] = [
  {key: 'first', line: 2, target: {kind: 'step', name: 'embed'}, section: 'input:0'},
  {key: 'second', line: 5, section: 'input:1'},
  {key: 'third', line: 30, copyTexts: [{what: 'URI', text: '/stores/1'}]},
];

const frame: ScreenFrame = {
  paneLineCount: 60,
  paneTop: 0,
  paneHeight: 10,
  marks,
  cursor: 0,
  textLineCount: 0,
  textHeight: 0,
};

const press = (key: string, changes: Partial<ScreenFrame> = {}) => {
  const outcome = findKeyOutcome(key, openState, {...frame, ...changes});
  return 'action' in outcome ? outcome.action : undefined;
};

/** `lineCount` is for the whole pane of `openState`, whose height is 15 more than `paneHeight`. */
const createScroll = (by: number, from: number) => ({type: 'pane/scrolled', by, lineCount: 60 + 15, from});

test('the cursor moves from mark to mark while the next one is visible, else the text scrolls', () => {
  assert.deepEqual(press('j'), {type: 'cursor/set', key: 'second'});
  assert.deepEqual(press('j', {cursor: 1}), createScroll(1, 0));
  assert.deepEqual(press('j', {cursor: 1, paneTop: 21}), {type: 'cursor/set', key: 'third'});
  assert.deepEqual(press('j', {cursor: 2, paneTop: 25}), createScroll(1, 25));
  assert.deepEqual(press('k', {cursor: 1}), {type: 'cursor/set', key: 'first'});
  assert.deepEqual(press('k', {cursor: 0, paneTop: 1}), createScroll(-1, 1));
});

test('with no mark visible the cursor moves to the next one as soon as it scrolls into view', () => {
  assert.deepEqual(press('j', {cursor: undefined, paneTop: 10}), createScroll(1, 10));
  assert.deepEqual(press('k', {cursor: undefined, paneTop: 10}), createScroll(-1, 10));
  assert.deepEqual(press('j', {cursor: undefined, paneTop: 21}), {type: 'cursor/set', key: 'third'});
  assert.deepEqual(press('k', {cursor: undefined, paneTop: 3}), {type: 'cursor/set', key: 'second'});
});

test('without marks the text scrolls line by line', () => {
  assert.deepEqual(press('j', {marks: [], cursor: undefined}), createScroll(1, 0));
});

test('enter follows links, expands sections, and opens whole values', () => {
  assert.deepEqual(press('return'), {type: 'step/selected', name: 'embed'});
  assert.deepEqual(press('return', {cursor: 1}), {type: 'section/toggled', section: 'input:1'});
  const action = press('return', {cursor: 2, paneTop: 25});
  assert.ok(action?.type === 'value/opened' && action.text === '/stores/1');
  assert.deepEqual(press('return', {marks: [], cursor: undefined}), {type: 'pane/closed'});
});

test('enter on a step of another run opens that run', () => {
  const other = toRunId('99999999-9999-4999-8999-999999999999');
  const mark: Mark = {key: 'other', line: 2, target: {kind: 'run', runId: other, stepName: 'load'}};
  assert.deepEqual(press('return', {marks: [mark]}), {type: 'linkedRun/opened', runId: other, stepName: 'load'});
});

test('space expands an entry on which enter follows a link, and says if there is nothing to expand', () => {
  assert.deepEqual(press('space'), {type: 'section/toggled', section: 'input:0'});
  const notice = press('space', {cursor: 2});
  assert.ok(notice?.type === 'notice/shown' && notice.text === 'nothing to expand here');
});

test('the footer says what enter does here', () => {
  const getFooterWords = (changes: Partial<ScreenFrame>) =>
    buildFooterEntries(openState, {...frame, ...changes}, 200).map(({word}) => word);
  assert.ok(getFooterWords({}).includes('go to step'));
  assert.ok(!getFooterWords({cursor: 1}).includes('go to step'));
  assert.ok(getFooterWords({cursor: 2}).includes('open'));
});

test('the copy menu has the entry under the cursor, then the step and the run', () => {
  const action = press('y', {cursor: 2});
  assert.ok(action?.type === 'menu/opened');
  assert.deepEqual(
    action.entries.map(({what}) => what),
    ['URI', 'step name', 'step ID', 'run name', 'run ID', 'run URL'],
  );
});
