import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toStepId} from '../../src/domain/ids.js';
import type {Run} from '../../src/domain/run.js';
import type {CommandOutcome} from '../../src/keymap/command.js';
import {selectMenuEntries, selectMenuIndex} from '../../src/keymap/intervention-menu.js';
import {findKeyOutcome} from '../../src/keymap/press.js';
import {getNeeds} from '../../src/store/needs.js';
import {reduce} from '../../src/store/reducer.js';
import type {Session} from '../../src/store/session.js';
import type {State} from '../../src/store/state.js';
import {createFrame} from '../../src/view/frame.js';
import {aContext, aDag, aDagStep, aDetail, anAttempt, aQuestion, aRun, aServerInfo, at} from '../support/builders.js';
import {renderLines} from '../support/rendered.js';
import {aListedRun, aRunList} from '../support/run-lists.js';
import {withSelected} from '../support/select.js';
import {aSession, aWatchingState, createArrival, createFailedRequest, reduceAll} from '../support/watching.js';

const createInfoArrival = (version: string) =>
  createArrival('info', {kind: 'info', info: aServerInfo({version})}, at(600));

const createStackArrival = (flavor: string) =>
  createArrival(
    'stack:stack',
    {kind: 'stack', stack: {id: 'stack', name: 's', orchestrator: {name: 'o', flavor}}},
    at(600),
  );

type Options = {readonly run?: Partial<Run>; readonly version?: string; readonly session?: Partial<Session>};

const aWatchedState = ({run, version = '0.98.0', session}: Options = {}): State =>
  reduceAll(
    aWatchingState({
      size: {columns: 120, rows: 30},
      run: aRun(run),
      dag: aDag({steps: [aDagStep({name: 'train'})]}),
      attempts: [anAttempt({name: 'train'})],
      session: aSession(session),
    }),
    createInfoArrival(version),
  );

const press = (state: State, key: string): CommandOutcome =>
  findKeyOutcome(
    key,
    state,
    createFrame(state, () => 0),
  );

/** The notice that the key shows instead of doing something. */
const findNotice = (state: State, key: string): string | undefined => {
  const outcome = press(state, key);
  return 'action' in outcome && outcome.action.type === 'notice/shown' ? outcome.action.text : undefined;
};

const apply = (state: State, outcome: CommandOutcome): State =>
  'action' in outcome
    ? [outcome.action, ...('followUps' in outcome ? (outcome.followUps ?? []) : [])].reduce(reduce, state)
    : state;

test('a run that was stopped before the clock was set back can be stopped again once it has been fetched', () => {
  const intervention = {kind: 'stop', runId: aRun().id, isForced: false} as const;
  const stoppedState = reduceAll(
    aWatchedState(),
    {type: 'intervention/started', intervention},
    {type: 'intervention/ended', outcome: {kind: 'done', text: 'stopping'}},
  );
  assert.match(findNotice(stoppedState, 'x') ?? '', /already stopping/);
  const earlierState = reduceAll(stoppedState, {type: 'clock/ticked', now: at(-3600)});
  const runArrival = createArrival(`run:${aRun().id}`, {kind: 'run', run: aRun(), isHydrated: true}, at(-3599));
  assert.equal(findNotice(reduceAll(earlierState, runArrival), 'x'), undefined);
});

const isHydrationNeeded = (state: State): boolean | undefined =>
  getNeeds(state).flatMap(({query}) => (query.kind === 'run' ? query.isHydrated : []))[0];

test('X in the confirmation of a stop switches to the confirmation of a stop by force, in which X is typed like any other letter', () => {
  const state = aWatchedState();
  const askedState = apply(state, press(state, 'x'));
  const forcedState = apply(askedState, press(askedState, 'X'));
  assert.ok(forcedState.screen.name === 'confirming' && forcedState.screen.intervention.kind === 'stop');
  assert.equal(forcedState.screen.intervention.isForced, true);
  assert.equal(forcedState.screen.under.name, 'run');
  const typedState = apply(forcedState, press(forcedState, 'X'));
  assert.ok(typedState.screen.name === 'confirming' && typedState.screen.typed === 'X');
});

test('the details of the run are fetched while a stop is being confirmed', () => {
  const state = aWatchedState();
  assert.equal(isHydrationNeeded(state), false);
  assert.equal(isHydrationNeeded(apply(state, press(state, 'x'))), true);
});

/** The entries of the menu that `A` opens. */
const getMenu = (state: State) => {
  const {screen} = apply(state, press(state, 'A'));
  return screen.name === 'menu' ? screen.entries : [];
};

const findEntry = (state: State, what: string) => getMenu(state).find(entry => entry.what === what);

describe('says, before it is tried, what cannot be done', () => {
  test.each<[string, string, Options, RegExp]>([
    ['0.80.2', 'x', {version: '0.80.2'}, /this server \(0\.80\.2\) cannot stop runs: that needs ZenML 0\.84$/],
    ['0.80.2', 'X', {version: '0.80.2'}, /cannot stop runs: that needs ZenML 0\.84$/],
    ['0.80.2', 'R', {version: '0.80.2'}, /cannot refresh runs on request: that needs ZenML 0\.84$/],
    [
      '0.80.2',
      'a',
      {version: '0.80.2'},
      /runs on this server \(0\.80\.2\) cannot ask questions: that needs ZenML 0\.94\.1$/,
    ],
    [
      '0.84.3',
      'a',
      {version: '0.84.3'},
      /runs on this server \(0\.84\.3\) cannot ask questions: that needs ZenML 0\.94\.1$/,
    ],
    ['0.94.0', 'a', {version: '0.94.0'}, /cannot ask questions: that needs ZenML 0\.94\.1$/],
    ['an answer without a question', 'a', {}, /the run is not waiting for an answer/],
    ['a run that is over', 'x', {run: {status: 'completed'}}, /the run is over \(completed\)/],
    ['a run that is stopping', 'x', {run: {status: 'stopping'}}, /the run is already stopping/],
    ['a refresh while stopping', 'R', {run: {status: 'stopping'}}, /the run is stopping/],
    ['a recording', 'x', {session: {replaySpeed: 1}}, /not available in a recording/],
    ['--read-only', 'x', {session: {isReadOnly: true}}, /not available: read-only/],
    ['--read-only', 'R', {session: {isReadOnly: true}}, /not available: read-only/],
    [
      'force while the run is waiting for an answer',
      'X',
      {run: {waitCondition: {id: 'q', name: 'approve', question: undefined}}},
      /the run is waiting for an answer: x aborts the question/,
    ],
  ])('%s, %s', (_, key, options, expected) => {
    assert.match(findNotice(aWatchedState(options), key) ?? 'nothing', expected);
  });

  test('a failed run whose last step has just ended, before the run itself is fetched again', () => {
    const aStepState = (status: 'running' | 'completed') =>
      aWatchingState({
        run: aRun({status: 'failed', isInProgress: true}),
        dag: aDag({steps: [aDagStep({name: 'broken'}), aDagStep({name: 'train'})]}),
        attempts: [anAttempt({name: 'broken', status: 'failed'}), anAttempt({name: 'train', status})],
      });
    const describeStop = (state: State) => findNotice(reduceAll(state, createInfoArrival('0.98.0')), 'x');
    assert.match(describeStop(aStepState('running')) ?? '', /ZenML cannot stop what is still running in it/);
    assert.equal(describeStop(aStepState('completed')), 'the run is over (failed)');
  });

  test('a local run on a server before 0.93, where a stop changes nothing', () => {
    const aVersionState = (version: string) => reduceAll(aWatchedState({version}), createStackArrival('local'));
    assert.match(findNotice(aVersionState('0.84.3'), 'x') ?? '', /cannot stop local runs: that needs ZenML 0\.93/);
    assert.equal(findNotice(aVersionState('0.98.0'), 'x'), undefined);
    assert.match(findNotice(aVersionState('0.98.0'), 'R') ?? '', /a local orchestrator cannot report the status/);
  });

  test('a stop that turns out to be impossible while it is being confirmed', () => {
    const askedState = apply(aWatchedState({version: '0.84.3'}), press(aWatchedState({version: '0.84.3'}), 'x'));
    assert.equal(askedState.screen.name, 'confirming');
    assert.ok(getNeeds(askedState).some(({key}) => key === 'stack:stack'));
    const outcome = press(reduceAll(askedState, createStackArrival('local')), 'y');
    assert.ok(!('effect' in outcome));
    assert.match(
      apply(reduceAll(askedState, createStackArrival('local')), outcome).notice?.text ?? '',
      /cannot stop local runs: that needs ZenML 0\.93/,
    );
    const endArrival = createArrival(
      `run:${aRun().id}`,
      {kind: 'run', run: aRun({status: 'completed'}), isHydrated: true},
      at(602),
    );
    assert.ok(!('effect' in press(reduceAll(askedState, endArrival), 'y')));
  });

  test('a run that its orchestrator does not know yet: its details are fetched until it does', () => {
    const initializingRun = aRun({status: 'initializing', context: aContext({orchestratorRunId: undefined})});
    const state = aWatchedState({run: initializingRun});
    assert.match(findNotice(state, 'x') ?? '', /the orchestrator does not know the run yet; try again in a moment/);
    assert.equal(isHydrationNeeded(state), true);
    const news = {kind: 'run', run: {...initializingRun, context: aContext()}, isHydrated: true} as const;
    const next = reduceAll(state, createArrival(`run:${initializingRun.id}`, news, at(602)));
    assert.equal(apply(next, press(next, 'x')).screen.name, 'confirming');
  });

  test('a refresh that the orchestrator has refused once', () => {
    const state = reduceAll(
      aWatchedState(),
      {type: 'intervention/started', intervention: {kind: 'refresh', runId: aRun().id}},
      {type: 'intervention/ended', outcome: {kind: 'failed', isUnsupported: true}},
    );
    assert.match(findNotice(state, 'R') ?? '', /this orchestrator cannot report the status of a run/);
  });

  test('a second stop right after the first, before the run has been fetched again', () => {
    const intervention = {kind: 'stop', runId: aRun().id, isForced: false} as const;
    const stoppedState = reduceAll(
      aWatchedState(),
      {type: 'clock/ticked', now: at(603)},
      {type: 'intervention/started', intervention},
      {type: 'intervention/ended', outcome: {kind: 'done', text: 'stopping the run'}},
    );
    assert.equal(findNotice(stoppedState, 'x'), 'the run is already stopping');
    assert.equal(findNotice(stoppedState, 'X'), 'the run is already stopping');
    const nextArrival = createArrival(`run:${aRun().id}`, {kind: 'run', run: aRun(), isHydrated: false}, at(605));
    assert.equal(findNotice(reduceAll(stoppedState, nextArrival), 'x'), undefined);
  });

  test('a second action while one is under way', () => {
    const intervention = {kind: 'stop', runId: aRun().id, isForced: false} as const;
    const state = reduceAll(aWatchedState(), {type: 'intervention/started', intervention});
    for (const key of ['x', 'X', 'R', 'a']) {
      assert.equal(findNotice(state, key), 'wait until the server has responded');
    }
  });
});

describe('the menu of all actions', () => {
  const aSelectedState = (options?: Options) => withSelected(aWatchedState(options), 'step:train');
  const createDetailArrival = (changes = {}) =>
    createArrival(
      `step:${anAttempt({name: 'train'}).id}`,
      {kind: 'step', detail: aDetail({attempt: anAttempt({name: 'train'}), ...changes})},
      at(600),
    );

  test('lists all actions, with the reason if one is not possible now', () => {
    const entries = getMenu(aSelectedState());
    assert.deepEqual(
      entries.map(({what}) => what),
      [
        'answer the question',
        'stop gracefully',
        'stop by force',
        'refresh',
        'expire the cache',
        'change tags',
        'stop (in a shell)',
      ],
    );
    assert.equal(entries[0]?.whyNot, 'the run is not waiting for an answer');
    assert.equal(entries[1]?.whyNot, undefined);
    assert.match(
      findNotice(apply(aSelectedState(), press(aSelectedState(), 'A')), '1') ?? '',
      /is not waiting for an answer/,
    );
  });

  test('names the run, and begins at the first entry that can be chosen', () => {
    const state = aWatchedState();
    const {screen} = apply(state, press(state, 'A'));
    assert.ok(screen.name === 'menu');
    assert.equal(screen.title, 'actions: training_pipeline #42');
    assert.equal(screen.entries[screen.selectedIndex]?.what, 'stop gracefully');
  });

  test('follows the run while it is open', () => {
    const state = aWatchedState({run: {status: 'initializing', context: aContext({orchestratorRunId: undefined})}});
    const openedState = apply(state, press(state, 'A'));
    const isRefused = (shownState: State) =>
      renderLines(shownState).some(line => /stop gracefully +the orchestrator does not know/.test(line));
    assert.ok(isRefused(openedState));
    const run = {kind: 'run', run: aRun(), isHydrated: true} as const;
    const runningState = reduceAll(openedState, createArrival(`run:${aRun().id}`, run, at(602)));
    assert.ok(!isRefused(runningState));
    assert.match(renderLines(runningState).join('\n'), /stop gracefully +no further steps start/);
  });

  test('G and j reach the entries that have been added since it was opened', () => {
    const state = aWatchedState();
    const openedState = apply(state, press(state, 'A'));
    const run = {kind: 'run', run: aRun({status: 'paused'}), isHydrated: true} as const;
    const pausedState = reduceAll(openedState, createArrival(`run:${aRun().id}`, run, at(602)));
    const lastIndex = selectMenuEntries(pausedState).length - 1;
    assert.ok(lastIndex >= selectMenuEntries(openedState).length);
    const lastState = apply(pausedState, press(pausedState, 'G'));
    assert.equal(selectMenuIndex(lastState), lastIndex);
    const sameState = apply(lastState, press(lastState, 'j'));
    assert.equal(selectMenuIndex(apply(sameState, press(sameState, 'k'))), lastIndex - 1);
  });

  test('fetches the source of the pipeline for the code that replays a run', () => {
    const run = aRun({status: 'completed', isInProgress: false, snapshotId: 'snapshot'});
    const state = aWatchedState({run});
    const openedState = apply(state, press(state, 'A'));
    const need = getNeeds(openedState).find(({query}) => query.kind === 'pipeline-source');
    assert.deepEqual(need?.query, {kind: 'pipeline-source', runId: run.id, snapshotId: 'snapshot'});
    assert.ok(!getNeeds(state).some(({query}) => query.kind === 'pipeline-source'));
    assert.match(renderLines(openedState).join('\n'), /replay .*loading the pipeline…/);
    const source = {module: 'fraud', attribute: 'train'};
    const knownState = reduceAll(
      openedState,
      createArrival(need.key, {kind: 'pipeline-source', runId: run.id, source}, at(602)),
    );
    assert.match(renderLines(knownState).join('\n'), /replay .*a new run; skips successful steps/);
    assert.ok(selectMenuEntries(knownState).some(({text}) => text.startsWith('from fraud import train')));
    assert.ok(!getNeeds(knownState).some(({query}) => query.kind === 'pipeline-source'));
  });

  test('leaves placeholders in the code that replays a run if the source of the pipeline cannot be fetched', () => {
    const run = aRun({status: 'completed', isInProgress: false, snapshotId: 'snapshot'});
    const state = aWatchedState({run});
    const openedState = apply(state, press(state, 'A'));
    const refusedState = reduceAll(
      openedState,
      createFailedRequest(`pipeline-source:${run.id}`, {kind: 'not-found', detail: ''}, at(602)),
    );
    assert.ok(
      selectMenuEntries(refusedState).some(({text, whyNot}) => text.startsWith('from MODULE') && whyNot === undefined),
    );
  });

  test('fetches the source of the pipeline again after an outage', () => {
    const run = aRun({status: 'completed', isInProgress: false, snapshotId: 'snapshot'});
    const state = aWatchedState({run});
    const failure = {kind: 'unreachable', host: 'zenml', reason: 'connection refused'} as const;
    const failingState = reduceAll(
      apply(state, press(state, 'A')),
      createFailedRequest(`run:${run.id}`, failure, at(602)),
      createFailedRequest(`pipeline-source:${run.id}`, failure, at(603)),
    );
    const findDueAt = (watchedState: State) =>
      getNeeds(watchedState).find(({query}) => query.kind === 'pipeline-source')?.dueAt;
    assert.equal(findDueAt(failingState), Number.POSITIVE_INFINITY);
    const recoveredState = reduceAll(failingState, createInfoArrival('0.98.0'));
    assert.ok(Number.isFinite(findDueAt(recoveredState)));
  });

  test('expires the cache of the step run that did the work', () => {
    const original = anAttempt({name: 'train', id: toStepId('original')});
    const cachedState = reduceAll(aSelectedState(), createDetailArrival({originalStepId: original.id}));
    const opens = findEntry(cachedState, 'expire the cache')?.opens;
    assert.ok(opens?.kind === 'confirmation' && opens.intervention.kind === 'expire-cache');
    assert.equal(opens.intervention.stepId, original.id);
    assert.equal(findEntry(cachedState, 'expire the cache')?.whyNot, undefined);
  });

  test('does not offer to expire the cache if it has expired, the server is too old, zentop is read-only, or the step is not loaded', () => {
    const findReason = (state: State) => findEntry(state, 'expire the cache')?.whyNot;
    assert.equal(
      findReason(reduceAll(aSelectedState(), createDetailArrival({cacheExpiresAt: at(10)}))),
      'its cache has expired',
    );
    assert.match(
      findReason(reduceAll(aSelectedState({version: '0.90.0'}), createDetailArrival())) ?? '',
      /cannot expire cached steps: that needs ZenML 0\.91/,
    );
    assert.equal(
      findReason(reduceAll(aSelectedState({session: {isReadOnly: true}}), createDetailArrival())),
      'not available: read-only',
    );
    assert.equal(findReason(aSelectedState()), 'loading the step…');
  });

  test('takes tags on one line, and asks for confirmation before changing them', () => {
    const menu = apply(aWatchedState({run: {tags: ['old']}}), press(aWatchedState({run: {tags: ['old']}}), 'A'));
    assert.equal(findEntry(aWatchedState({run: {tags: ['old']}}), 'change tags')?.text, 'now: old');
    const index = menu.screen.name === 'menu' ? menu.screen.entries.findIndex(({what}) => what === 'change tags') : -1;
    const typingState = apply(menu, press(menu, String(index + 1)));
    const typedState = reduceAll(typingState, {type: 'field/typed', text: 'nightly -old'});
    const askedState = apply(typedState, press(typedState, 'return'));
    assert.ok(askedState.screen.name === 'confirming');
    assert.deepEqual(askedState.screen.intervention, {
      kind: 'tag',
      runId: aRun().id,
      add: ['nightly'],
      remove: ['old'],
    });
    const outcome = press(askedState, 'y');
    assert.ok('effect' in outcome && outcome.effect.type === 'intervene');
    assert.match(findNotice(typingState, 'return') ?? '', /type a tag/);
  });

  test('says which commands the server is too old for', () => {
    const failedOptions = {run: {status: 'failed', isDynamic: true}} as const;
    const findReason = (version: string, what: string) =>
      findEntry(aWatchedState({...failedOptions, version}), what)?.whyNot;
    assert.equal(findReason('0.84.3', 'retry (with the code)'), 'this needs ZenML 0.94.1');
    assert.equal(findReason('0.84.3', 'replay (in a file)'), 'this needs ZenML 0.94');
    assert.equal(findReason('0.98.0', 'retry (with the code)'), undefined);
  });
});

describe('the list of runs', () => {
  const aListState = () => reduceAll(aRunList([aListedRun(2, 'running'), aListedRun(1)]), createInfoArrival('0.98.0'));

  test('x asks before it stops the selected run', () => {
    const state = apply(aListState(), press(aListState(), 'x'));
    assert.ok(state.screen.name === 'confirming');
    assert.deepEqual(state.screen.intervention, {kind: 'stop', runId: aListedRun(2).id, isForced: false});
  });

  test('x says why the selected run cannot be stopped', () => {
    const state = reduceAll(aListState(), {type: 'runs/jumped', to: 'last'});
    assert.equal(findNotice(state, 'x'), 'the run is over (completed)');
    assert.match(
      findNotice(reduceAll(aListState(), createInfoArrival('0.80.2')), 'x') ?? '',
      /cannot stop runs: that needs ZenML 0\.84/,
    );
  });

  test('x aborts the question of a run that waits for an answer', () => {
    const askingRun = aListedRun(2, 'running', {waitCondition: {id: 'q', name: 'approve', question: undefined}});
    const state = aRunList([askingRun]);
    const {screen} = apply(state, press(state, 'x'));
    assert.ok(screen.name === 'confirming' && screen.intervention.kind === 'abort');
    assert.equal(screen.intervention.questionId, 'q');
  });

  test('A opens the actions for the selected run', () => {
    assert.deepEqual(
      getMenu(aListState()).map(({what}) => what),
      ['stop gracefully', 'stop by force', 'change tags', 'stop (in a shell)'],
    );
  });
});

describe('a question whose process may have died', () => {
  const anAskingState = (leaseSeconds: number) =>
    reduceAll(
      aWatchedState(),
      createArrival(
        `questions:${aRun().id}`,
        {
          kind: 'questions',
          runId: aRun().id,
          questions: [aQuestion({lastPolledAt: at(580), leaseExpiresAt: at(leaseSeconds)})],
        },
        at(600),
      ),
    );

  test('cannot be answered until its lease has run out', () => {
    assert.match(
      findNotice(anAskingState(602), 'a') ?? '',
      /the run's process has not polled in time and may have died: wait 2s to be sure/,
    );
  });

  test('can be answered once its lease has run out, and the confirmation says what will happen then', () => {
    const state = apply(anAskingState(595), press(anAskingState(595), 'a'));
    assert.match(
      renderLines(state).join(' '),
      /no process polls for the answer: the run is paused until it is resumed \(A has the command\)/,
    );
    assert.match(
      renderLines(reduceAll(anAskingState(595), {type: 'run/selected'})).join('\n'),
      /no process has polled for the answer/,
    );
  });
});

test('a question cannot be answered again before it has been refetched', () => {
  const questions = {kind: 'questions', runId: aRun().id, questions: [aQuestion()]} as const;
  const askingState = reduceAll(aWatchedState(), createArrival(`questions:${aRun().id}`, questions, at(600)));
  const intervention = {kind: 'answer', runId: aRun().id, questionId: aQuestion().id, value: true} as const;
  const answeredState = reduceAll(
    askingState,
    {type: 'intervention/started', intervention},
    {type: 'intervention/ended', outcome: {kind: 'done', text: 'answered; the run continues'}},
  );
  assert.equal(findNotice(askingState, 'a'), undefined);
  assert.equal(findNotice(answeredState, 'a'), 'the question has been answered or aborted');
  const abortedState = reduceAll(
    askingState,
    {type: 'intervention/started', intervention: {kind: 'abort', runId: aRun().id, questionId: aQuestion().id}},
    {type: 'intervention/ended', outcome: {kind: 'done', text: 'aborted the question'}},
  );
  assert.equal(findNotice(abortedState, 'a'), 'the question has been answered or aborted');
});

test('a question that takes no value is answered after a confirmation, without a form', () => {
  const state = reduceAll(
    aWatchedState(),
    createArrival(`questions:${aRun().id}`, {kind: 'questions', runId: aRun().id, questions: [aQuestion()]}, at(600)),
  );
  const {screen} = apply(state, press(state, 'a'));
  assert.ok(screen.name === 'confirming' && screen.intervention.kind === 'answer');
});
