import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getCommands, type KeyBindings} from '../../src/keymap/commands.js';
import {buildFooterEntries} from '../../src/keymap/footer.js';
import {findKeyOutcome, findPasteOutcome} from '../../src/keymap/press.js';
import type {Action} from '../../src/store/action.js';
import {selectLayout} from '../../src/store/selectors.js';
import type {State} from '../../src/store/state.js';
import {aDag, aDagStep, aDetail, anAttempt, anInput, aQuestion, aRun, aServerInfo, at} from '../support/builders.js';
import {renderLines} from '../support/rendered.js';
import {aListedRun, aRunList} from '../support/run-lists.js';
import {aLiveState, aMappedState, anEndedState} from '../support/screens.js';
import {withSelected} from '../support/select.js';
import {aConnectingState, aSession, aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const frame = {
  paneLineCount: 30,
  paneTop: 0,
  paneHeight: 10,
  marks: [],
  cursor: undefined,
  textLineCount: 60,
  textHeight: 20,
};
const shortFrame = {...frame, paneLineCount: 5, textLineCount: 5};

test('an unavailable key says why', () => {
  const explain = (key: string, state = aLiveState()) => findKeyOutcome(key, state, shortFrame);
  const createNotice = (text: string) => ({action: {type: 'notice/shown', text, tone: 'info'}});
  assert.deepEqual(explain('j', aConnectingState()), createNotice('no steps yet'));
  assert.deepEqual(explain('space'), createNotice('this step is not in a group'));
  assert.deepEqual(explain('<'), createNotice('there is only one attempt'));
  assert.deepEqual(explain('>', anEndedState()), createNotice('this is the latest attempt'));
  const withSelectedRow = (key: string) => withSelected(aLiveState(), key);
  assert.deepEqual(explain('<', withSelectedRow('this-run')), createNotice('select a step to see its attempts'));
  assert.deepEqual(explain('<', withSelectedRow('step:deploy')), createNotice('this step has not started yet'));
  assert.deepEqual(explain('J'), createNotice('everything is already visible'));
  assert.deepEqual(explain('u'), createNotice('nothing to expand here'));
  assert.deepEqual(
    explain('r', reduceAll(aLiveState(), {type: 'polling/toggled'})),
    createNotice('updates are paused (p to resume)'),
  );
  const replayedState = {...aLiveState(), session: {...aLiveState().session, replaySpeed: 1}};
  assert.deepEqual(explain('escape', replayedState), createNotice('already at the first screen (q to quit)'));
  assert.deepEqual(explain('escape'), {action: {type: 'runs/shown'}});
});

test('space collapses the group of its only item, since a map is shown as a group from its first item', () => {
  const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
  const dag = aDag({steps: [aDagStep({name: 'map:embed:0', group}), aDagStep({name: 'report'})]});
  const state = reduceAll(withSelected(aWatchingState({dag}), 'group:map:embed:'), {type: 'group/toggled'});
  const outcome = findKeyOutcome('space', withSelected(state, 'step:map:embed:0'), frame);
  assert.deepEqual(outcome, {action: {type: 'group/toggled'}});
});

test('space says why it collapses nothing on the run, a question, a child run without an ID, and without rows', () => {
  const runId = aRun().id;
  const child = {name: 'tune', id: undefined, status: undefined, startedAt: undefined, durationMs: undefined};
  const state = reduceAll(
    aWatchingState({dag: aDag({steps: [aDagStep()], childRuns: [child]})}),
    createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [aQuestion()]}, at(600)),
  );
  const explain = (key: string) => {
    const outcome = findKeyOutcome('space', withSelected(state, key), frame);
    return 'action' in outcome && outcome.action.type === 'notice/shown' ? outcome.action.text : undefined;
  };
  assert.equal(explain('this-run'), 'the run itself cannot be collapsed');
  assert.equal(explain('step:trainer'), 'this step is not in a group');
  assert.equal(explain('run:tune'), 'the steps of this child run cannot be shown here');
  assert.equal(explain('question:question'), 'a question cannot be expanded');
  assert.deepEqual(findKeyOutcome('space', aConnectingState(), frame), {
    action: {type: 'notice/shown', text: 'no steps yet', tone: 'info'},
  });
});

test('space says that no step matches the filter', () => {
  const filteredState = reduceAll(
    aMappedState(),
    {type: 'field/opened', purpose: 'steps'},
    {type: 'field/typed', text: 'nothing has this name'},
    {type: 'field/kept'},
  );
  assert.deepEqual(findKeyOutcome('space', withSelected(filteredState, 'group:map-1'), frame), {
    action: {type: 'notice/shown', text: 'no step matches the filter', tone: 'info'},
  });
});

test('the footer says what u expands: the traceback, or long lists', () => {
  const attempt = anAttempt({
    name: 'trainer',
    number: 2,
    status: 'running',
    startedAt: at(71),
    inputs: Array.from({length: 9}, (_, index) => anInput({name: `input${index}`})),
  });
  const listState = reduceAll(
    withSelected(aLiveState(), 'step:trainer'),
    createArrival(`step:${attempt.id}`, {kind: 'step', detail: aDetail({attempt})}, at(600)),
  );
  const failedState = withSelected(anEndedState(), 'step:trainer');
  const findWord = (state: State) => buildFooterEntries(state, frame, 300).find(({keys}) => keys === 'u')?.word;
  assert.equal(findWord(listState), 'long lists');
  assert.equal(findWord(failedState), 'traceback');
});

test('a letter of another keyboard layout gives a hint', () => {
  const outcome = findKeyOutcome('о', aLiveState(), frame);
  assert.ok('action' in outcome && outcome.action.type === 'notice/shown');
  assert.equal(outcome.action.text, '“о” has no command; wrong keyboard layout?');
});

test('q goes back from full-screen details and logs', () => {
  const details = reduceAll(aLiveState(), {type: 'pane/toggled'});
  assert.deepEqual(findKeyOutcome('q', details, frame), {action: {type: 'pane/closed'}});
  const log = reduceAll(details, {type: 'tab/chosen', tab: 'logs'});
  assert.deepEqual(findKeyOutcome('q', log, frame), {action: {type: 'pane/closed'}});
});

test('tab goes to the next tab, and shift-tab to the previous one', () => {
  for (const state of [aLiveState(), reduceAll(aLiveState(), {type: 'pane/toggled'})]) {
    assert.deepEqual(findKeyOutcome('tab', state, frame), {action: {type: 'tab/stepped', by: 1}});
    assert.deepEqual(findKeyOutcome('shift-tab', state, frame), {action: {type: 'tab/stepped', by: -1}});
  }
});

test('/ beside a log searches it, and elsewhere filters the steps; the footer says which', () => {
  const log = {isAtStart: true, isAtEnd: true, moveBy: () => undefined};
  const findWord = (changes = {}) =>
    buildFooterEntries(aLiveState(), {...frame, ...changes}, 200).find(({keys}) => keys === '/')?.word;
  assert.equal(findWord({log}), 'search');
  assert.equal(findWord(), 'filter');
  assert.deepEqual(findKeyOutcome('/', aLiveState(), {...frame, log}), {
    action: {type: 'field/opened', purpose: 'search'},
  });
  assert.deepEqual(findKeyOutcome('/', aLiveState(), frame), {action: {type: 'field/opened', purpose: 'steps'}});
});

test('n and N go through the steps that match the filter', () => {
  const filteredState = reduceAll(
    aLiveState(),
    {type: 'field/opened', purpose: 'steps'},
    {type: 'field/typed', text: 'e'},
    {type: 'field/kept'},
  );
  assert.deepEqual(findKeyOutcome('n', filteredState, frame), {action: {type: 'selection/moved', by: 1}});
  assert.deepEqual(findKeyOutcome('N', filteredState, frame), {action: {type: 'selection/moved', by: -1}});
  assert.deepEqual(findKeyOutcome('n', aLiveState(), frame), {
    action: {type: 'notice/shown', text: 'no filter or search yet: press /', tone: 'info'},
  });
});

test('g goes to the top on every screen that scrolls', () => {
  for (const context of ['list', 'pane', 'log', 'runs', 'comparing', 'help', 'value', 'menu', 'choosing'] as const) {
    const command = getCommands(context).find(({keys}) => keys.includes('g'));
    assert.match(command?.title ?? '', /top|first/, context);
    assert.ok(command!.keys.includes('home'), context);
  }
});

test('a key without a command on this screen says so, and where it has one', () => {
  const findNotice = (key: string, state = aLiveState()): string | undefined => {
    const outcome = findKeyOutcome(key, state, frame);
    assert.ok('action' in outcome && outcome.action.type === 'notice/shown', key);
    return outcome.action.text;
  };
  assert.equal(findNotice('Z'), '“Z” has no command (? for keys)');
  assert.equal(findNotice('h'), '“h” works in the graph, not here');
  assert.equal(findNotice('P'), '“P” works in the run list, not here');
  assert.equal(
    findNotice('t', reduceAll(aLiveState(), {type: 'pane/toggled'})),
    '“t” works in the step list, not here',
  );
  assert.equal(findNotice('x', reduceAll(aLiveState(), {type: 'help/toggled'})), '“x” has no command here');
  assert.equal(
    findNotice('pageup', reduceAll(aLiveState(), {type: 'field/opened', purpose: 'steps'})),
    '“pgup” has no command here',
  );
});

test('keys for details that are not shown say how to open them', () => {
  const graph = reduceAll(
    anEndedState(),
    {type: 'graph/toggled'},
    {type: 'tab/chosen', tab: 'code'},
    {type: 'pane/closed'},
  );
  assert.equal(selectLayout(graph).pane, undefined);
  assert.deepEqual(findKeyOutcome('d', graph, shortFrame), {
    action: {type: 'notice/shown', text: 'enter opens the details', tone: 'info'},
  });
});

test('steps cannot be sorted in the graph, and the timeline says how they are sorted', () => {
  const graph = reduceAll(aLiveState(), {type: 'graph/toggled'});
  assert.deepEqual(findKeyOutcome('s', graph, shortFrame), {
    action: {type: 'notice/shown', text: 'the graph has its own order (D for the list)', tone: 'info'},
  });
  const timeline = reduceAll(aLiveState(), {type: 'timeline/toggled'}, {type: 'list/sorted'});
  assert.match(renderLines(timeline).at(-1) ?? '', /^ by duration {2}t list/);
});

test('L on the run list opens the log of the run, even if that was open when the run was left', () => {
  const press = (state: State, key: string): State => {
    const outcome = findKeyOutcome(key, state, frame);
    assert.ok('action' in outcome);
    return reduceAll(state, outcome.action, ...('followUps' in outcome ? (outcome.followUps ?? []) : []));
  };
  const openState = press(aRunList([aListedRun(1)]), 'L');
  const reopenedState = press(reduceAll(openState, {type: 'runs/shown'}), 'L');
  for (const {openRun} of [openState, reopenedState]) {
    assert.ok(openRun?.logs.ofRun !== undefined && openRun.pane.isOpen);
  }
});

test('r says that it refreshes, since the screen may stay the same', () => {
  const outcome = findKeyOutcome('r', aLiveState(), frame);
  assert.ok('followUps' in outcome);
  assert.deepEqual(outcome.followUps, [{type: 'notice/shown', text: 'refresh requested', tone: 'info'}]);
});

test('q quits, or closes help; ctrl-c always quits', () => {
  assert.deepEqual(findKeyOutcome('q', aLiveState(), frame), {effect: {type: 'quit', isInterrupt: false}});
  assert.deepEqual(findKeyOutcome('ctrl-c', aLiveState(), frame), {effect: {type: 'quit', isInterrupt: true}});
  const help = reduceAll(aLiveState(), {type: 'help/toggled'});
  assert.deepEqual(findKeyOutcome('ctrl-c', help, frame), {effect: {type: 'quit', isInterrupt: true}});
  assert.deepEqual(findKeyOutcome('q', help, frame), {action: {type: 'help/toggled'}});
});

test('the pane does not scroll past its last line', () => {
  const open = reduceAll(aLiveState(), {type: 'pane/toggled'});
  const state = Array.from({length: 100}).reduce<typeof open>(current => {
    const outcome = findKeyOutcome('j', current, frame);
    return 'action' in outcome ? reduceAll(current, outcome.action) : current;
  }, open);
  assert.deepEqual([...state.openRun!.pane.topByKey.values()], [20]);
});

test('help does not scroll past its last line', () => {
  let state = reduceAll(aLiveState(), {type: 'help/toggled'});
  for (const key of ['pagedown', 'pagedown', 'pagedown', 'j']) {
    const outcome = findKeyOutcome(key, state, frame);
    state = 'action' in outcome ? reduceAll(state, outcome.action) : state;
  }

  assert.equal(state.screen.name === 'help' && state.screen.top, 40);
});

test('k scrolls help and a comparison up by one visible line, even if a larger terminal shows more lines than before', () => {
  const scrollUp = (state: State): number | undefined => {
    const comparing = {lineCount: 60, height: 20, runCount: 2};
    const outcome = findKeyOutcome('k', state, {...frame, comparing});
    assert.ok('action' in outcome);
    const {screen} = reduceAll(state, outcome.action);
    return 'top' in screen ? screen.top : undefined;
  };
  const help = reduceAll(aLiveState(), {type: 'help/toggled'}, {type: 'text/scrolled', by: 50});
  assert.equal(scrollUp(help), 39);
  const runIds = [1, 2].map(number => aListedRun(number).id);
  const comparison = reduceAll(aRunList([]), {type: 'comparing/opened', runIds}, {type: 'comparing/scrolled', by: 50});
  assert.equal(scrollUp(comparison), 39);
});

test('the search for the next failure starts at the cursor and wraps at the end', () => {
  const withSelectedRow = (key: string) => withSelected(aLiveState(), key);
  const jump = {action: {type: 'step/selected', name: 'report'}};
  const refusal = {action: {type: 'notice/shown', text: 'this is the only failed step', tone: 'info'}};
  assert.deepEqual(findKeyOutcome('e', withSelectedRow('step:report'), frame), refusal);
  assert.deepEqual(findKeyOutcome('e', withSelectedRow('step:load_data'), frame), jump);
  assert.deepEqual(findKeyOutcome('e', withSelectedRow('step:deploy'), frame), jump);
  assert.deepEqual(findKeyOutcome('E', withSelectedRow('step:load_data'), frame), jump);
  assert.deepEqual(findKeyOutcome('e', aMappedState(), frame), {action: {type: 'step/selected', name: 'embed:7'}});
});

test('the footer lists available commands, with paired keys in one entry', () => {
  const getFooterWords = (state = aLiveState(), columns = 200) =>
    buildFooterEntries(state, shortFrame, columns).map(({keys, word}) => `${keys} ${word}`);
  assert.deepEqual(getFooterWords().slice(0, 2), ['j/k move', 'enter open']);
  assert.ok(getFooterWords().includes('e next failure'));
  assert.ok(!getFooterWords(reduceAll(aLiveState(), {type: 'polling/toggled'})).includes('r refresh'));
  assert.ok(getFooterWords(reduceAll(aLiveState(), {type: 'polling/toggled'})).includes('p resume'));
  assert.deepEqual(getFooterWords(aLiveState(), 14), ['? help', 'q quit']);
});

test('the footer measures keys in terminal cells', () => {
  const getFooterWords = (keys: KeyBindings, columns: number) =>
    buildFooterEntries({...aLiveState(), session: aSession({keys})}, shortFrame, columns).map(
      entry => `${entry.keys} ${entry.word}`,
    );
  assert.deepEqual(getFooterWords({'help.open': ['ㅎ']}, 15), ['ㅎ help', 'q quit']);
  assert.deepEqual(getFooterWords({'help.open': ['ㅎ']}, 14), ['q quit']);
  assert.deepEqual(getFooterWords({'program.quit': ['𝐪']}, 14), ['? help', '𝐪 quit']);
});

test.each<[string, readonly Action[]]>([
  ['list', []],
  ['timeline', [{type: 'timeline/toggled'}]],
  ['graph', [{type: 'graph/toggled'}]],
])('a narrow footer keeps the key that answers the question of the run, in the %s', (_, actions) => {
  const runId = aRun().id;
  const askingState = reduceAll(
    aWatchingState({size: {columns: 45, rows: 20}}),
    createArrival('info', {kind: 'info', info: aServerInfo({version: '0.98.0'})}, at(600)),
    createArrival(`questions:${runId}`, {kind: 'questions', runId, questions: [aQuestion()]}, at(600)),
    ...actions,
  );
  assert.ok(buildFooterEntries(askingState, shortFrame, 41).some(({keys, word}) => keys === 'a' && word === 'answer'));
});

test('a paste goes into the text input as one line, never interpreted as keys', () => {
  const typingState = reduceAll(aLiveState(), {type: 'field/opened', purpose: 'steps'});
  assert.deepEqual(findPasteOutcome(' train\n\tthe model \n', typingState), {
    action: {type: 'field/typed', text: 'train the model'},
  });
  assert.equal(findPasteOutcome('\n', typingState), undefined);
  assert.equal(findPasteOutcome('q', aLiveState()), undefined);
  const numberField = reduceAll(aLiveState(), {type: 'field/opened', purpose: 'step-number'});
  assert.deepEqual(findPasteOutcome('#1,234', numberField), {action: {type: 'field/typed', text: '1234'}});
});
