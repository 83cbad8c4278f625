import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {State} from '../../src/store/state.js';
import {getTabFilter} from '../../src/store/ui/reduce-field.js';
import {sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aRetriedState} from '../support/screens.js';

const getFilter = (state: State) => state.openRun && getTabFilter(state.openRun);
const openConfig = () => startJourney(aRetriedState()).press('return', '4');

test('every character key types into the text input', () => {
  const typing = openConfig().press('/', 'q', '?', 'space', 'J', '1');
  assert.equal(getFilter(typing.state()), 'q? J1');
  assert.deepEqual(typing.effects(), []);
  typing.shows(/\/q\? J1_ +enter keep {2}esc clear/).press('ctrl+c');
  assert.deepEqual(typing.effects(), [{type: 'quit', isInterrupt: true}]);
});

test('the footer says what enter and escape do with the text', () => {
  startJourney(aRetriedState())
    .press(':')
    .shows(/enter run {2}esc cancel/);
  startJourney(aRetriedState())
    .press('#')
    .shows(/enter go {2}esc cancel/);
  startJourney(aRetriedState())
    .press('/')
    .shows(/enter keep {2}esc clear/);
});

test('the command line lists its commands before the first character', () => {
  startJourney(aRetriedState())
    .press(':')
    .shows(/:_ {2}runs step overview inputs outputs …/)
    .press('l')
    .shows(/:l_ {2}logs /);
});

test('enter keeps the filter; escape first clears it, then leaves the pane', () => {
  const kept = openConfig().press('/', 'l', 'r', 'return');
  assert.equal(kept.state().field, undefined);
  assert.equal(getFilter(kept.state()), 'lr');
  kept.press('escape');
  assert.equal(getFilter(kept.state()), '');
  assert.equal(kept.state().openRun?.pane.isOpen, true);
  kept.press('escape');
  assert.equal(kept.state().openRun?.pane.isOpen, false);
});

test('escape discards the text, backspace deletes whole characters', () => {
  const typing = openConfig().press('/', 'a', '😀', 'backspace');
  assert.equal(getFilter(typing.state()), 'a');
  typing.press('x', 'ctrl+u');
  assert.equal(getFilter(typing.state()), '');
  typing.press('y', 'escape');
  assert.equal(getFilter(typing.state()), '');
  assert.equal(typing.state().field, undefined);
});

test('the filter is kept per tab when the step changes', () => {
  const kept = openConfig().press('/', 'l', 'r', 'return', 'ctrl+n');
  assert.equal(getFilter(kept.state()), 'lr');
  kept.press(']');
  assert.equal(getFilter(kept.press('2').state()), '');
});

test('the overview cannot be filtered', () => {
  startJourney(aRetriedState()).press('return', '/').shows('this tab cannot be filtered');
});

test('text that is too long for the screen shows its end after an ellipsis', () => {
  openConfig()
    .resizesTo(sizes.tiny)
    .press('/', ...'abcdefghijklmnopqrstuvwxyz')
    .shows(/\/…\w*xyz_/);
});

test('a notice does not hide the typed text, and disappears with the next effective key', () => {
  const why = 'no completion';
  const typing = startJourney(aRetriedState()).press('/', 'z', 'z', 'tab');
  typing.shows(why, '/zz_').press('x').hides(why).shows('/zzx_');
});

test('tab says whether there is no completion or several', () => {
  const typing = startJourney(aRetriedState())
    .press('/', ...'status:', 'tab')
    .shows('ambiguous', '/status:_');
  typing.press('tab').shows('ambiguous').press('q', 'tab').shows('no completion');
});
