import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {State} from '../../src/store/state.js';
import {getTabFilter} from '../../src/store/ui/field.js';
import {sizes} from '../support/frames.js';
import {journey} from '../support/journey.js';
import {retried} from '../support/screens.js';

const filter = (state: State) => state.watch && getTabFilter(state.watch);
const inConfig = () => journey(retried()).press('return', '4');

test('while a line of text is typed every key is a character of it', () => {
  const typing = inConfig().press('/', 'q', '?', 'space', 'J', '1');
  assert.equal(filter(typing.state()), 'q? J1');
  assert.deepEqual(typing.effects(), []);
  typing.shows(/\/q\? J1_ +enter keep {2}esc clear/).press('ctrl+c');
  assert.deepEqual(typing.effects(), [{type: 'quit', isInterrupt: true}]);
});

test('enter keeps what was typed, and a later escape takes it back before it leaves the pane', () => {
  const kept = inConfig().press('/', 'l', 'r', 'return');
  assert.equal(kept.state().field, undefined);
  assert.equal(filter(kept.state()), 'lr');
  kept.press('escape');
  assert.equal(filter(kept.state()), '');
  assert.equal(kept.state().watch?.pane.isOpen, true);
  kept.press('escape');
  assert.equal(kept.state().watch?.pane.isOpen, false);
});

test('escape gives up what was typed, backspace takes whole characters away', () => {
  const typing = inConfig().press('/', 'a', '😀', 'backspace');
  assert.equal(filter(typing.state()), 'a');
  typing.press('x', 'ctrl+u');
  assert.equal(filter(typing.state()), '');
  typing.press('y', 'escape');
  assert.equal(filter(typing.state()), '');
  assert.equal(typing.state().field, undefined);
});

test('the filter stays when the step changes, and belongs to its tab', () => {
  const kept = inConfig().press('/', 'l', 'r', 'return', 'ctrl+n');
  assert.equal(filter(kept.state()), 'lr');
  kept.press(']');
  assert.equal(filter(kept.press('2').state()), '');
});

test('the overview is not filtered', () => {
  journey(retried()).press('return', '/').shows('this tab is not filtered');
});

test('a line that is too long for the screen shows its end, and that it begins before', () => {
  inConfig()
    .resizesTo(sizes.tiny)
    .press('/', ...'abcdefghijklmnopqrstuvwxyz')
    .shows(/\/…\w*xyz_/);
});

test('an answer to a key does not hide what is typed, and goes with the next key that does something', () => {
  const why = 'nothing else begins so';
  const typing = journey(retried()).press('/', 'z', 'z', 'tab');
  typing.shows(why, '/zz_').press('x').hides(why).shows('/zzx_');
});

test('tab says whether nothing begins so or several things do', () => {
  const typing = journey(retried())
    .press('/', ...'status:', 'tab')
    .shows('several begin so', '/status:_');
  typing.press('tab').shows('several begin so').press('q', 'tab').shows('nothing else begins so');
});
