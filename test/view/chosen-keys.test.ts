import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import {findKeyOutcome} from '../../src/keymap/press.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {createFrame} from '../../src/view/frame.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRun, at} from '../support/builders.js';
import {renderLines} from '../support/rendered.js';
import {aListedRun, aRunList} from '../support/run-lists.js';
import {anEndedState} from '../support/screens.js';
import {withSelected} from '../support/select.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const keys = {
  'confirming.close': ['ctrl-g'],
  'confirming.confirm': ['Д'],
  'failure.next': ['О'],
  'graph.close': ['Г'],
  'group.toggle': ['Р'],
  'help.open': ['П'],
  'list.back': ['Н'],
  'log.search': ['И'],
  'log.wrap': ['Ш'],
  'pane.open': ['В'],
  'polling.toggle': ['З'],
  'program.quit': ['К'],
  'question.answer': ['Ф'],
  'run.actions': ['Л'],
  'run.mark': ['М'],
  'run.stop': ['С'],
  'runs.unfilter': ['Я'],
  'steps.filter': ['Ж'],
  'steps.hideSuccessful': ['У'],
};

const withKeys = (state: State): State => ({...state, session: {...state.session, keys}});
const render = (state: State, ...actions: readonly Action[]): string =>
  renderLines(reduceAll(withKeys(state), ...actions))
    .join(' ')
    .replace(/\s+/g, ' ');

const child = {id: toRunId('33333333-3333-4333-8333-333333333333'), name: 'tune', startedAt: at(105), durationMs: 200};
const runId = aRun().id;
const noMatch: readonly Action[] = [
  {type: 'field/opened', purpose: 'steps'},
  {type: 'field/typed', text: 'nothing'},
  {type: 'field/kept'},
];

const aDynamicState = (): State =>
  reduceAll(
    aWatchingState({
      size: {columns: 120, rows: 40},
      run: aRun({isDynamic: true}),
      dag: aDag({
        steps: [aDagStep({name: 'train'})],
        childRuns: [{...child, status: {status: 'completed', statusWord: 'completed'}}],
        waitConditions: [{id: 'q', name: 'approve', status: 'pending', question: undefined}],
      }),
      attempts: [anAttempt({name: 'train', startedAt: at(1), endedAt: at(100)})],
    }),
    createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [aQuestion({id: 'q'})]}, at(600)),
  );

describe('the screen names the keys that the user has chosen', () => {
  test('for a child run and a question, in the details and in the timeline', () => {
    const childState = withSelected(aDynamicState(), `run:${child.id}`);
    const text = render(childState);
    for (const fact of [/В opens it\b/, /Р lists its steps here/, /Н returns/]) {
      assert.match(text, fact);
    }

    assert.match(render(childState, {type: 'tab/chosen', tab: 'inputs'}), /В opens the child run/);
    assert.match(render(childState, {type: 'timeline/toggled'}), /В opens it · Р shows its steps here/);
    const questionState = withSelected(aDynamicState(), 'question:q');
    assert.match(render(questionState), /Ф answers it/);
    assert.match(render(questionState, {type: 'timeline/toggled'}), /Ф answers/);
  });

  test('for a list without matches', () => {
    assert.match(render(anEndedState(), ...noMatch), /no step matches the filter \(Н to clear\)/);
    assert.match(
      render(anEndedState(), ...noMatch, {type: 'list/successfulToggled'}),
      /no step matches \(У: show successful, Н: clear f/,
    );
    assert.match(
      render(aRunList([aListedRun(1)]), {type: 'runs/filtered', text: 'nothing'}),
      /no matching runs \(Я to clear\)/,
    );
  });

  test('for a confirmation', () => {
    const stop = {kind: 'stop', runId, isForced: false} as const;
    const abort = {kind: 'abort', runId, questionId: 'q'} as const;
    assert.match(
      render(aDynamicState(), {type: 'confirming/opened', intervention: stop}),
      /Д to confirm, ctrl-g to cancel/,
    );
    assert.match(
      render(aDynamicState(), {type: 'confirming/opened', intervention: abort}),
      /press enter, or ctrl-g to cancel/,
    );
  });

  test('for a group with more failed steps than it lists', () => {
    const names = Array.from({length: 12}, (_, index) => `map:embed:${index}`);
    const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
    const state = aWatchingState({
      size: {columns: 120, rows: 40},
      dag: aDag({steps: names.map(name => aDagStep({name, group}))}),
      attempts: names.map(name => anAttempt({name, status: 'failed'})),
    });
    assert.match(render(withSelected(state, 'group:map:embed:')), /and 4 more \(О: go to the next\)/);
  });

  test('for a run that does not stop', () => {
    const dag = aDag({steps: [aDagStep({name: 'train'})]});
    const attempts = [anAttempt({name: 'train', status: 'running', updatedAt: at(580)})];
    const state = aWatchingState({run: aRun({status: 'stopping', updatedAt: at(588)}), dag, attempts});
    assert.match(render(state, {type: 'clock/ticked', now: at(900)}), /may be gone \((Л lists commands|see Л)\)/);
  });
});

test.each<readonly [string, string, () => State, readonly Action[], string]>([
  ['an unbound key', '~', anEndedState, [], '“~” has no command (П for keys)'],
  [
    'a refresh while updates are paused',
    'r',
    anEndedState,
    [{type: 'polling/toggled'}],
    'updates are paused (З to resume)',
  ],
  ['a sort of the graph', 's', anEndedState, [{type: 'graph/toggled'}], 'the graph has its own order (Г for the list)'],
  ['a match without a filter', 'n', anEndedState, [], 'no filter or search yet: press Ж'],
  ['the run hidden by a filter', 'i', anEndedState, noMatch, 'the run is hidden by the filter (Н to clear)'],
  ['the first screen', 'Я', () => aRunList([aListedRun(1)]), [], 'already at the first screen (К to quit)'],
  ['a comparison of a single run', 'c', () => aRunList([aListedRun(1)]), [], 'mark a run with М, then select another'],
  [
    'a match in a log without a search',
    'n',
    anEndedState,
    [{type: 'tab/chosen', tab: 'logs'}, {type: 'pane/toggled'}],
    'no search yet: press И to search',
  ],
  [
    'a shift of wrapped lines',
    'right',
    anEndedState,
    [{type: 'tab/chosen', tab: 'logs'}, {type: 'pane/toggled'}, {type: 'log/wrapToggled'}],
    'lines are wrapped (Ш to unwrap)',
  ],
])('the notice about %s names a key that the user has chosen', (_, key, createState, actions, text) => {
  const state = reduceAll(withKeys(createState()), ...actions);
  assert.deepEqual(
    findKeyOutcome(
      key,
      state,
      createFrame(state, () => 0),
    ),
    {
      action: {type: 'notice/shown', text, tone: 'info'},
    },
  );
});
