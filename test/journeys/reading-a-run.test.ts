import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {anAttempt, aRun, at} from '../support/builders.js';
import {sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aLiveState, aMappedState, anEndedState, anUnreachableState, aRetriedState} from '../support/screens.js';
import {createArrival} from '../support/watching.js';

const aPage = (items: readonly Attempt[]) => ({
  items,
  index: 1,
  pageCount: 1,
  total: items.length,
});

const createStepsArrival = (...items: readonly Attempt[]) =>
  createArrival(
    `steps:delta:${aRun().id}`,
    {kind: 'steps', runId: aRun().id, subset: 'delta', page: aPage(items), size: 100},
    at(602),
  );

test('moves through the list by rows and pages, and to its ends', () => {
  startJourney(aLiveState())
    .showsCursorAt('embed')
    .press('j')
    .showsCursorAt('report')
    .press('k', 'k')
    .showsCursorAt('split')
    .press('G')
    .showsCursorAt('deploy')
    .press('home')
    .showsCursorAt('load_data')
    .press('j', 'j', 'j')
    .showsCursorAt('embed')
    .press('ctrl-d')
    .showsCursorAt('deploy')
    .press('pageup')
    .showsCursorAt('run #42')
    .press('j')
    .showsCursorAt('load_data');
});

test('a poll never moves the cursor, and durations tick between polls', () => {
  startJourney(aLiveState())
    .press('j', 'j')
    .showsCursorAt('trainer')
    .shows('8m 50s')
    .dispatch(createStepsArrival(anAttempt({name: 'embed', startedAt: at(18), endedAt: at(602)})))
    .showsCursorAt('trainer')
    .shows(/✓ embed +completed +9m 44s/)
    .wait(10)
    .shows(/◒ trainer +running +9m 00s/);
});

test('the cursor follows the running step until the user moves it, and again after f', () => {
  const done = createStepsArrival(anAttempt({name: 'embed', startedAt: at(18), endedAt: at(602)}));
  startJourney(aLiveState()).showsCursorAt('embed').dispatch(done).showsCursorAt('trainer');
  startJourney(aLiveState())
    .press('home')
    .dispatch(done)
    .showsCursorAt('load_data')
    .press('f')
    .showsCursorAt('trainer');
});

test('opening and closing the details keeps the place in the list', () => {
  startJourney(aRetriedState())
    .shows('load_data')
    .press('return')
    .hides('load_data')
    .shows('trainer', 'Overview', 'retry ')
    .press('escape')
    .shows('load_data')
    .showsCursorAt('trainer');
});

test('on a narrow screen the details open in full screen', () => {
  startJourney(aRetriedState())
    .resizeTo(sizes.narrow)
    .hides('attempt  2 of 3')
    .press('return')
    .shows('attempt  2 of 3')
    .press('escape')
    .hides('attempt  2 of 3');
});

test('scrolling the details beside the list does not move the cursor', () => {
  const user = startJourney(anEndedState())
    .resizeTo({columns: 120, rows: 24})
    .shows(/▾ \d+ more/)
    .showsCursorAt('trainer');
  user.press('J', 'J').hides('error    RuntimeError').showsCursorAt('trainer');
  user.press('K', 'K').shows('error    RuntimeError');
});

test('u expands the traceback', () => {
  startJourney(anEndedState())
    .shows('(u to expand)')
    .hides('Traceback (most')
    .press('u')
    .shows('Traceback (most')
    .press('u')
    .hides('Traceback (most');
});

test('shows a previous attempt and goes back to the latest', () => {
  startJourney(aRetriedState())
    .press('<')
    .shows('trainer attempt 1', 'error    RuntimeError')
    .press('<')
    .shows('this is the first attempt')
    .press('>')
    .hides('attempt 1 ', 'error    RuntimeError');
});

test('expands a group, moves into it and collapses it from inside', () => {
  startJourney(aMappedState())
    .showsCursorAt('▸ map:embed')
    .press('space')
    .showsCursorAt('▾ map:embed')
    .press('j', 'j')
    .showsCursorAt('embed:1')
    .press('space')
    .showsCursorAt('▸ map:embed')
    .hides('embed:1 ');
});

test('e jumps to the failed step, and stays there if it is the only one', () => {
  startJourney(aLiveState()).press('G', 'e').showsCursorAt('report').press('e').showsCursorAt('report');
});

test('help opens, scrolls, and closes to the same screen', () => {
  startJourney(aRetriedState())
    .resizeTo(sizes.middle)
    .press('return', '?')
    .shows('zentop  keys', 'Step list')
    .press('G')
    .hides('Step list')
    .press('escape')
    .shows('retry ')
    .press('escape')
    .showsCursorAt('trainer');
});

test('pausing is shown, and refreshing is refused while updates are paused', () => {
  startJourney(aLiveState())
    .press('p')
    .wait(20)
    .shows('◫ paused')
    .press('r')
    .shows('updates are paused (p to resume)')
    .press('p')
    .hides('◫ paused');
});

test('a notice expires by itself', () => {
  startJourney(aLiveState())
    .press('u')
    .shows('nothing to expand here')
    .wait(5)
    .hides('nothing to expand here')
    .shows('j/k move');
});

test('quitting, suspending and redrawing are effects', () => {
  const user = startJourney(aLiveState()).press('ctrl-z', 'ctrl-l', 'q', 'ctrl-c');
  assert.deepEqual(user.effects(), [
    {type: 'suspend'},
    {type: 'redraw'},
    {type: 'quit', isInterrupt: false},
    {type: 'quit', isInterrupt: true},
  ]);
});

test('the first response replaces the connecting screen', () => {
  const run = aRun();
  startJourney(anUnreachableState())
    .shows('connection refused')
    .dispatch(createArrival(`run:${run.id}`, {kind: 'run', run, isHydrated: true}, at(605)))
    .shows('training_pipeline #42')
    .hides('connection refused');
});

test('resizing keeps the cursor on its step and in view', () => {
  const user = startJourney(aLiveState()).press('G').showsCursorAt('deploy');
  for (const size of [sizes.middle, sizes.narrow, sizes.tiny, {columns: 101, rows: 9}, sizes.wide]) {
    user.resizeTo(size).showsCursorAt('deploy');
  }
});
