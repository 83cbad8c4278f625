import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {toStepId} from '../../src/domain/ids.js';
import type {Intervention} from '../../src/domain/intervention/intervention.js';
import type {Run} from '../../src/domain/run.js';
import {findKeyOutcome} from '../../src/keymap/press.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {createFrame} from '../../src/view/frame.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../support/builders.js';
import {renderLines} from '../support/rendered.js';
import {aRunsState} from '../support/run-screens.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const runId = aRun().id;
const stop: Intervention = {kind: 'stop', runId, isForced: false};

type Options = {readonly run?: Partial<Run>; readonly train?: Partial<Attempt>; readonly hasChildRuns?: boolean};

const aConfirmingState = (intervention: Intervention, {run, train, hasChildRuns = false}: Options = {}): State =>
  reduceAll(
    aWatchingState({
      size: {columns: 120, rows: 30},
      run: aRun(run),
      dag: aDag({
        steps: [
          aDagStep({name: 'train'}),
          ...['evaluate', 'report'].map(name => aDagStep({name, upstream: ['train']})),
        ],
        childRuns: hasChildRuns
          ? [{id: undefined, name: 'trial', status: undefined, startedAt: at(10), durationMs: undefined}]
          : [],
      }),
      attempts: [anAttempt({name: 'train', status: 'running', startedAt: at(300), ...train})],
    }),
    {type: 'confirming/opened', intervention},
  );

const createStackArrival = (flavor: string): Action =>
  createArrival(
    'stack:stack',
    {kind: 'stack', stack: {id: 'stack', name: 'default', orchestrator: {name: 'here', flavor}}},
    at(3000),
  );

const renderConfirmation = (intervention: Intervention, options?: Options): string =>
  renderLines(aConfirmingState(intervention, options)).join(' ').replace(/\s+/g, ' ');

describe('the confirmation of a stop', () => {
  test('names the run, the server, the project and the command', () => {
    const text = renderConfirmation(stop);
    assert.match(text, /Stop training_pipeline #42 gracefully\?/);
    assert.match(text, /https:\/\/zenml\.example\.com, project default/);
    assert.match(text, new RegExp(`Same as zenml pipeline runs stop ${runId} -g`));
  });

  test('says what becomes of the steps: waiting ones, those that finish, those that are interrupted', () => {
    assert.match(renderConfirmation(stop), /no further steps start: 2 waiting steps will not run/);
    assert.match(renderConfirmation(stop), /train is running and will finish first/);
    assert.match(
      renderConfirmation(stop, {train: {heartbeatThresholdMs: 1_800_000}}),
      /train will be interrupted at the next heartbeat/,
    );
    assert.match(renderConfirmation(stop), /the run ends as stopped, not failed/);
  });

  test('says how long a running step will still take, by its own progress', () => {
    const progress = {label: 'epoch', count: {done: 5, total: 10}, share: 0.5, extras: []};
    const activity = {lastAt: at(590), longestPauseMs: undefined, progress};
    const stepId = anAttempt({name: 'train'}).id;
    const state = reduceAll(
      aConfirmingState(stop),
      createArrival(`activity:${stepId}`, {kind: 'activity', stepId, activity}, at(600)),
    );
    assert.match(renderLines(state).join(' '), /train is running and will finish first, in ~5m/);
  });

  test.each(['initializing', 'provisioning', 'queued', 'retrying'] as const)(
    'leaves open whether a step that is %s will run',
    status => {
      const text = renderConfirmation(stop, {train: {status}});
      assert.match(text, new RegExp(`2 waiting steps will not run - train is ${status} and may still run`));
    },
  );

  test('says that child runs are not stopped', () => {
    assert.match(renderConfirmation(stop, {hasChildRuns: true}), /child runs are not stopped/);
    assert.doesNotMatch(renderConfirmation(stop), /child runs/);
  });

  test('by force says which orchestrators support that, and requires a typed word', () => {
    const text = renderConfirmation({...stop, isForced: true});
    assert.match(
      text,
      /ended if the orchestrator can do that \(Kubernetes, Modal\); otherwise the run stops gracefully/,
    );
    assert.match(text, /Type force and press enter/);
    const withOrchestrator = (flavor: string) =>
      renderLines(reduceAll(aConfirmingState({...stop, isForced: true}), createStackArrival(flavor))).join(' ');
    assert.match(withOrchestrator('local'), /local orchestrators cannot force a stop: the run stops gracefully/);
    assert.match(withOrchestrator('kubernetes'), /- running steps are ended +/);
  });

  test('says in the list of runs, too, what becomes of running steps, by force or not', () => {
    const list = aRunsState();
    const renderInList = (isForced: boolean) =>
      renderLines(
        reduceAll(list, {
          type: 'confirming/opened',
          intervention: {kind: 'stop', runId: list.runs.selectedId!, isForced},
        }),
      ).join('\n');
    assert.match(
      renderInList(false),
      /no further steps start; running steps finish first or are interrupted at their next heartbeat/,
    );
    assert.match(renderInList(true), /running steps are ended if the orchestrator can do that/);
    assert.doesNotMatch(renderInList(true), /finish first/);
  });

  test('by force shows the typed word on a narrow or short screen, too', () => {
    const state = {...aConfirmingState({...stop, isForced: true}), size: {columns: 45, rows: 20}};
    for (const size of [state.size, {columns: 45, rows: 8}, {columns: 20, rows: 5}]) {
      const lines = renderLines(reduceAll({...state, size}, {type: 'confirming/typed', text: 'forc'}));
      assert.match(lines.join('\n'), /forc_/);
    }
  });

  test('says beforehand that a run whose process seems to have died would stay stopping', () => {
    const stepId = anAttempt({name: 'train'}).id;
    const page = {items: [], index: 1, pageCount: 1, total: 0};
    const silentActions: readonly Action[] = [
      {type: 'clock/ticked', now: at(3000)},
      createArrival(`steps:delta:${runId}`, {kind: 'steps', runId, subset: 'delta', size: 100, page}, at(3000)),
      createArrival(
        `activity:${stepId}`,
        {kind: 'activity', stepId, activity: {lastAt: at(600), longestPauseMs: 9000, progress: undefined}},
        at(3000),
      ),
      createStackArrival('local'),
    ];
    const text = renderLines(reduceAll(aConfirmingState(stop), ...silentActions)).join(' ');
    assert.match(
      text,
      /the run's process seems to have died: the run would stay “stopping” \(A lists commands to end it\)/,
    );
  });
});

test.each<[Intervention, RegExp, RegExp]>([
  [
    {kind: 'abort', runId, questionId: 'q'},
    /Abort the question and stop training_pipeline #42\?/,
    /the run ends immediately as stopped; this cannot be undone/,
  ],
  [
    {kind: 'answer', runId, questionId: 'q', value: true},
    /Answer true and continue training_pipeline #42\?/,
    /the run continues as soon as its process polls for the answer/,
  ],
  [
    {kind: 'refresh', runId},
    /Refresh training_pipeline #42 from its orchestrator\?/,
    /the server updates the run and its steps from the orchestrator; finished steps do not change/,
  ],
  [
    {kind: 'tag', runId, add: ['nightly'], remove: ['old']},
    /Add the tag nightly to training_pipeline #42 and remove the tag old\?/,
    /tags that do not exist are created/,
  ],
  [
    {kind: 'expire-cache', runId, stepId: toStepId('original'), stepName: 'train', at: at(600)},
    /Expire the cache of train\?/,
    /later runs do not reuse the outputs of this step run; this cannot be undone.*the cached result is that of step run original, which did the work.*other completed step runs with the same cache key may still be reused.*stay cached if the new outputs are the same/,
  ],
])('the confirmation of $kind says what will follow', (intervention, question, consequence) => {
  assert.match(renderConfirmation(intervention), question);
  assert.match(renderConfirmation(intervention), consequence);
});

test('the confirmation of an answer to a paused run says that it must be resumed', () => {
  const answer: Intervention = {kind: 'answer', runId, questionId: 'q', value: true};
  assert.match(
    renderConfirmation(answer, {run: {status: 'paused'}}),
    /the run is paused until it is resumed \(A has the command\)/,
  );
});

describe('keys in a confirmation', () => {
  const press = (state: State, key: string) =>
    findKeyOutcome(
      key,
      state,
      createFrame(state, () => 0),
    );

  test('only y carries out the intervention; enter, esc, space and every other key close the dialog', () => {
    const state = aConfirmingState(stop);
    const carriedOut = press(state, 'y');
    assert.ok('effect' in carriedOut && carriedOut.effect.type === 'intervene');
    for (const key of ['return', 'escape', 'space', 'n', 'x', 'q', 'Y', 'tab', 'down']) {
      assert.deepEqual(press(state, key), {action: {type: 'dialog/closed'}}, key);
    }
  });

  test('c copies the command and leaves the question open', () => {
    const outcome = press(aConfirmingState(stop), 'c');
    assert.ok('effect' in outcome && outcome.effect.type === 'copy');
    assert.equal(outcome.effect.text, `zenml pipeline runs stop ${runId} -g`);
  });

  test.each<[string, Intervention]>([
    ['force', {...stop, isForced: true}],
    ['abort', {kind: 'abort', runId, questionId: 'q'}],
  ])('y is not enough where the word %s must be typed', (word, intervention) => {
    const state = aConfirmingState(intervention);
    assert.ok(!('effect' in press(state, 'y')));
    const half = reduceAll(state, {type: 'confirming/typed', text: word.slice(0, -1)});
    assert.ok(!('effect' in press(half, 'return')));
    const whole = press(reduceAll(state, {type: 'confirming/typed', text: word}), 'return');
    assert.ok('effect' in whole && whole.effect.type === 'intervene');
  });
});
