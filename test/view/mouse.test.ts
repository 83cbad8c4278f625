import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {State} from '../../src/store/state.js';
import {findMouseOutcome} from '../../src/view/mouse.js';
import {renderFrameText, sizes} from '../support/frames.js';
import {aRunsState} from '../support/run-screens.js';
import {aLiveState} from '../support/screens.js';
import {reduceAll} from '../support/watching.js';

const wheelUp = 64;
const wheelDown = 65;

const withSize = (state: State, size: State['size']) => reduceAll(state, {type: 'size/changed', size});

/** The state after a mouse event; the same one if the event does nothing. */
const withMouse = (state: State, event: {button?: number; column: number; row: number; isRelease?: boolean}): State => {
  const outcome = findMouseOutcome({button: 0, isRelease: false, ...event}, state, () => 0);
  if (outcome === undefined) {
    return state;
  }

  assert.ok('action' in outcome && !('effect' in outcome), 'the mouse has no side effects');
  return reduceAll(state, outcome.action);
};

/** A screen that asks for confirmation before it stops the run. */
const aConfirmingState = (): State => {
  const {runId} = aLiveState().openRun!;
  return reduceAll(withSize(aLiveState(), sizes.wide), {
    type: 'confirming/opened',
    intervention: {kind: 'stop', runId, isForced: false},
  });
};

/** Where text is on the screen. */
const findPosition = (text: string, state: State) => {
  const lines = renderFrameText(state).split('\n');
  const row = lines.findIndex(line => line.includes(text));
  assert.ok(row >= 0, text);
  return {row, column: lines[row]!.indexOf(text)};
};

test.each(['wide', 'middle', 'narrow'] as const)('a click selects the step under it (%s)', name => {
  const state = withSize(aLiveState(), sizes[name]);
  const clickedState = withMouse(state, findPosition('validate', state));
  assert.equal(clickedState.openRun!.list.selectedKey, 'step:validate');
});

test.each(['wide', 'middle', 'narrow'] as const)('a click selects the step under it in the timeline (%s)', name => {
  const state = reduceAll(withSize(aLiveState(), sizes[name]), {type: 'timeline/toggled'});
  const clickedState = withMouse(state, findPosition('validate', state));
  assert.equal(clickedState.openRun!.list.selectedKey, 'step:validate');
});

test('the wheel moves the selection in the timeline and in the graph', () => {
  for (const type of ['timeline/toggled', 'graph/toggled'] as const) {
    const state = reduceAll(withSize(aLiveState(), sizes.wide), {type}, {type: 'selection/jumped', to: 'first'});
    const movedState = withMouse(state, {button: wheelDown, row: 8, column: 90});
    assert.notEqual(movedState.openRun!.list.selectedKey, state.openRun!.list.selectedKey);
    assert.equal(
      withMouse(movedState, {button: wheelUp, row: 8, column: 90}).openRun!.list.selectedKey,
      state.openRun!.list.selectedKey,
    );
  }
});

test.each(['wide', 'middle'] as const)('a click on a tab opens it (%s)', name => {
  const state = withSize(aLiveState(), sizes[name]);
  const clickedState = withMouse(state, findPosition('Config', state));
  assert.equal(clickedState.openRun!.pane.tab, 'config');
});

test('a click on a tab of the full-screen details opens it', () => {
  const state = reduceAll(withSize(aLiveState(), sizes.wide), {type: 'pane/toggled'});
  assert.equal(withMouse(state, findPosition('Inputs', state)).openRun!.pane.tab, 'inputs');
});

test('the wheel moves the selection in the list', () => {
  const state = reduceAll(withSize(aLiveState(), sizes.wide), {type: 'selection/jumped', to: 'first'});
  const {row, column} = findPosition('validate', state);
  const movedState = withMouse(state, {button: wheelDown, row, column});
  assert.notEqual(movedState.openRun!.list.selectedKey, state.openRun!.list.selectedKey);
  const back = withMouse(movedState, {button: wheelUp, row, column});
  assert.equal(back.openRun!.list.selectedKey, state.openRun!.list.selectedKey);
});

test('a click selects the run under it', () => {
  const state = withSize(aRunsState(), sizes.wide);
  const target = [...state.runs.rowsById.values()].find(({id}) => id !== state.runs.selectedId)!;
  const {row} = findPosition(`#${target.index ?? ''}`, state);
  const clickedState = withMouse(state, {row, column: 10});
  assert.equal(clickedState.runs.selectedId, target.id);
});

test('a release, another button, a click on an empty area, and a click while text is typed do nothing', () => {
  const state = withSize(aLiveState(), sizes.wide);
  const position = findPosition('validate', state);
  assert.equal(withMouse(state, {...position, isRelease: true}), state);
  assert.equal(withMouse(state, {...position, button: 2}), state);
  assert.equal(withMouse(state, {row: 0, column: 0}).openRun!.list.selectedKey, state.openRun!.list.selectedKey);
  const typingState = reduceAll(state, {type: 'field/opened', purpose: 'steps'});
  assert.equal(withMouse(typingState, position), typingState);
});

test('a click never carries out an action, and leaves its confirmation open', () => {
  const state = aConfirmingState();
  for (const text of ['Stop', 'to confirm', 'Same as']) {
    assert.equal(withMouse(state, findPosition(text, state)).screen, state.screen);
  }
});

test('the wheel leaves a confirmation open, although a key that means nothing would close it', () => {
  const state = aConfirmingState();
  for (const button of [wheelUp, wheelDown]) {
    assert.equal(withMouse(state, {button, row: 5, column: 5}).screen, state.screen);
  }
});
