import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {State} from '../../src/store/state.js';
import {getTabFilter} from '../../src/store/ui/reduce-field.js';
import {sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aRetriedState} from '../support/screens.js';

const getFilter = (state: State) => state.openRun && getTabFilter(state.openRun);
const openConfig = () => startJourney(aRetriedState()).press('return', '4');

test('every character key types into the text input, and ctrl-c still quits', () => {
  const user = openConfig().press('/', 'q', '?', 'space', 'J', '1');
  assert.equal(getFilter(user.state()), 'q? J1');
  assert.deepEqual(user.effects(), []);
  user.shows(/\/q\? J1_ +enter keep {2}esc clear/).press('ctrl-c');
  assert.deepEqual(user.effects(), [{type: 'quit', isInterrupt: true}]);
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

test('the command line lists its commands before the first character is typed', () => {
  startJourney(aRetriedState())
    .press(':')
    .shows(/:_ {2}runs step overview inputs outputs …/)
    .press('l')
    .shows(/:l_ {2}logs /);
});

test('enter keeps the filter; escape first clears it, then leaves the pane', () => {
  const user = openConfig().press('/', 'l', 'r', 'return');
  assert.equal(user.state().field, undefined);
  assert.equal(getFilter(user.state()), 'lr');
  user.press('escape');
  assert.equal(getFilter(user.state()), '');
  assert.equal(user.state().openRun?.pane.isOpen, true);
  user.press('escape');
  assert.equal(user.state().openRun?.pane.isOpen, false);
});

test.each([
  ['an emoji', ['😀']],
  ['an accent and its letter', ['e', '\u{301}']],
  ['both halves of a flag', [...'🇩🇪']],
  ['a family of emoji', [...'👩‍👩‍👧']],
])('backspace erases %s at once', (_, keys) => {
  assert.equal(
    getFilter(
      openConfig()
        .press('/', 'a', ...keys, 'backspace')
        .state(),
    ),
    'a',
  );
});

test('backspace in an empty text input changes nothing', () => {
  assert.equal(getFilter(openConfig().press('/', 'backspace').state()), '');
});

test('escape and ctrl-u discard the text', () => {
  const user = openConfig().press('/', 'x', 'ctrl-u');
  assert.equal(getFilter(user.state()), '');
  user.press('y', 'escape');
  assert.equal(getFilter(user.state()), '');
  assert.equal(user.state().field, undefined);
});

test('the filter is kept per tab when the step changes', () => {
  const user = openConfig().press('/', 'l', 'r', 'return', 'ctrl-n');
  assert.equal(getFilter(user.state()), 'lr');
  user.press(']');
  assert.equal(getFilter(user.press('2').state()), '');
});

test('the overview cannot be filtered', () => {
  startJourney(aRetriedState()).press('return', '/').shows('this tab cannot be filtered');
});

test('text that is too long for the screen shows its end after an ellipsis', () => {
  openConfig()
    .resizeTo(sizes.tiny)
    .press('/', ...'abcdefghijklmnopqrstuvwxyz')
    .shows(/\/…\w*xyz_/);
});

test('a notice does not hide the typed text, and disappears with the next key that has an effect', () => {
  const notice = 'no completion';
  const user = startJourney(aRetriedState()).press('/', 'z', 'z', 'tab');
  user.shows(notice, '/zz_').press('x').hides(notice).shows('/zzx_');
});

test('tab says whether there is no completion or several', () => {
  const user = startJourney(aRetriedState())
    .press('/', ...'status:', 'tab')
    .shows('ambiguous', '/status:_');
  user.press('tab').shows('ambiguous').press('q', 'tab').shows('no completion');
});
