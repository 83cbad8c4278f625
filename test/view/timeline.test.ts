import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {getNeeds} from '../../src/store/needs.js';
import type {ScreenSize, State} from '../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRun, at} from '../support/builders.js';
import {renderLines} from '../support/rendered.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const aDagStepAfter = (name: string, upstream: readonly string[]) => aDagStep({name, upstream});

const dag = aDag({
  steps: [
    aDagStepAfter('ingest', []),
    aDagStepAfter('features', ['ingest']),
    aDagStepAfter('train', ['features']),
    aDagStepAfter('deploy', ['train']),
  ],
});
const attempts = [
  anAttempt({name: 'ingest', startedAt: at(1), endedAt: at(100)}),
  anAttempt({name: 'features', startedAt: at(160), endedAt: at(300)}),
  anAttempt({name: 'train', number: 1, status: 'retried', startedAt: at(301), endedAt: at(400)}),
  anAttempt({name: 'train', number: 2, status: 'running', startedAt: at(420)}),
];

const aTimelineState = (size: ScreenSize): State =>
  reduceAll(aWatchingState({dag, attempts, size}), {type: 'timeline/toggled'});

const withSelectionMoved = (state: State, by: number): State => reduceAll(state, {type: 'selection/moved', by});

const findRow = (lines: readonly string[], name: string): string => {
  const row = lines.find(line => new RegExp(`^ . . ${name}`).test(line));
  assert.ok(row !== undefined, `no row ${name} in\n${lines.join('\n')}`);
  return row;
};

describe('the timeline', () => {
  test.each([[{columns: 120, rows: 30}], [{columns: 80, rows: 24}], [{columns: 45, rows: 20}]])(
    'shows every step with its bar, the failed attempt and now, on a screen of %o',
    size => {
      const lines = renderLines(aTimelineState(size));
      assert.ok(lines.some(line => /0s .*now/.test(line)));
      assert.match(findRow(lines, 'ingest'), /[━╺╸]/);
      assert.match(findRow(lines, 'train'), /✗.*▸/);
      assert.match(findRow(lines, 'deploy'), /╎/);
      assert.equal(lines.length, size.rows);
    },
  );

  test('says how long a step waited, and that ZenML does not record why', () => {
    const state = withSelectionMoved(aTimelineState({columns: 120, rows: 30}), -1);
    const text = renderLines(state).join('\n');
    assert.match(text, /critical path so far {2}ingest › features › train/);
    assert.match(text, /features · ran 2m 20s · on the critical path/);
    assert.match(text, /waited 1m 00s after ingest ended; ZenML does not record why/);
  });

  test('says that a step waited for an answer, as part of the critical path', () => {
    const question = aQuestion({isPending: false, createdAt: at(110), resolvedAt: at(159)});
    const state = reduceAll(
      aTimelineState({columns: 120, rows: 30}),
      createArrival(`questions:${aRun().id}`, {kind: 'questions', runId: aRun().id, questions: [question]}, at(600)),
    );
    const text = renderLines(withSelectionMoved(state, -1)).join('\n');
    assert.match(text, /critical path so far {2}ingest › approve › features › train/);
    assert.match(text, /started after approve was answered/);
    const chosen = renderLines(reduceAll(state, {type: 'selection/jumped', to: 'last'})).join('\n');
    assert.match(chosen, /approve · was answered after 49s · on the critical path/);
  });

  test('does not say after how long a question was answered if the server does not say when', () => {
    const asked = aQuestion({isPending: false, createdAt: at(110), resolvedAt: undefined});
    const state = reduceAll(
      aTimelineState({columns: 120, rows: 30}),
      createArrival(`questions:${aRun().id}`, {kind: 'questions', runId: aRun().id, questions: [asked]}, at(600)),
    );
    const lines = renderLines(reduceAll(state, {type: 'selection/jumped', to: 'last'}));
    assert.match(lines.join('\n'), /approve · was answered(?! after)/);
  });

  test('shows the progress that a running step reports, and continues its bar at that pace', () => {
    const progress = {label: 'epoch', count: {done: 5, total: 10}, share: 0.5, extras: []};
    const state = reduceAll(
      aTimelineState({columns: 120, rows: 30}),
      createArrival(
        'activity',
        {kind: 'activity', stepId: attempts[3]!.id, activity: {lastAt: at(590), longestPauseMs: undefined, progress}},
        at(600),
      ),
    );
    const lines = renderLines(state);
    assert.match(lines.join('\n'), /train · running for 4m 39s in 2 attempts · epoch 5\/10 · left ~3m/);
    const [solid, rest] = /✗⋅+(━+▸)(╌+)/.exec(findRow(lines, 'train'))?.slice(1) ?? [];
    assert.ok(Math.abs(solid!.length - rest!.length) <= 2, `half of the bar is solid: ${findRow(lines, 'train')}`);
  });

  test('lists the attempts of a retried step, with the pause after them', () => {
    const text = renderLines(aTimelineState({columns: 120, rows: 30})).join('\n');
    assert.match(text, /attempt 1 {2}5m 01s – 6m 40s {2}failed after 1m 39s, then waited 20s/);
  });

  test('says what happened to a step that waits for its next attempt', () => {
    const failedAttempt = anAttempt({
      name: 'train',
      number: 1,
      status: 'retried',
      startedAt: at(301),
      endedAt: at(400),
    });
    const state = reduceAll(
      aWatchingState({dag, attempts: [...attempts.slice(0, 2), failedAttempt], size: {columns: 120, rows: 30}}),
      {type: 'timeline/toggled'},
      {type: 'selection/jumped', to: 'first'},
      {type: 'selection/moved', by: 2},
    );
    const text = renderLines(state).join('\n');
    assert.match(text, /train · ran 1m 39s · on the critical path/);
    assert.match(text, /attempt 1 {2}5m 01s – 6m 40s {2}failed after 1m 39s/);
    assert.doesNotMatch(text, /train · running/);
  });

  test('zooms in around now, pans, and goes back to the whole run', () => {
    const whole = aTimelineState({columns: 120, rows: 30});
    const near = reduceAll(whole, {type: 'timeline/zoomed', factor: 2}, {type: 'timeline/zoomed', factor: 2});
    assert.doesNotMatch(findRow(renderLines(near), 'ingest'), /[━╺╸]/);
    assert.match(findRow(renderLines(near), 'train'), /▸/);
    const far = reduceAll(near, {type: 'timeline/panned', share: -1}, {type: 'timeline/panned', share: -1});
    assert.doesNotMatch(findRow(renderLines(far), 'train'), /▸/);
    assert.deepEqual(renderLines(reduceAll(far, {type: 'timeline/fitted'})), renderLines(whole));
  });

  test('needs no request that the list does not need', () => {
    const listNeededKeys = (state: State) => getNeeds(state).map(({key}) => key);
    const size = {columns: 120, rows: 30};
    const keysOfList = listNeededKeys(aWatchingState({dag, attempts, size}));
    assert.deepEqual(
      listNeededKeys(aTimelineState(size)).filter(key => !keysOfList.includes(key)),
      [],
    );
  });

  test('shows the same stretch of time after a resize', () => {
    const near = reduceAll(
      aTimelineState({columns: 120, rows: 30}),
      {type: 'timeline/zoomed', factor: 4},
      {type: 'timeline/panned', share: -1 / 4},
    );
    const resizedState = reduceAll(near, {type: 'size/changed', size: {columns: 80, rows: 24}});
    assert.deepEqual(resizedState.openRun?.timeline.window, near.openRun?.timeline.window);
  });

  test('keeps now on the screen while it follows, and not after panning', () => {
    const near = reduceAll(
      aTimelineState({columns: 120, rows: 30}),
      {type: 'timeline/zoomed', factor: 4},
      {type: 'clock/ticked', now: at(900)},
    );
    assert.match(findRow(renderLines(near), 'train'), /▸/);
    const left = reduceAll(near, {type: 'timeline/panned', share: -1 / 4}, {type: 'clock/ticked', now: at(1500)});
    assert.doesNotMatch(findRow(renderLines(left), 'train'), /▸/);
  });

  test('folds long pauses with z, and by itself once they take most of the room', () => {
    const pressZ = (state: State): State => reduceAll(state, {type: 'timeline/foldToggled'});
    const short = [
      anAttempt({name: 'ingest', startedAt: at(1), endedAt: at(20)}),
      anAttempt({name: 'features', status: 'running', startedAt: at(120)}),
    ];
    const pausedState = reduceAll(aWatchingState({dag, attempts: short}), {type: 'timeline/toggled'});
    assert.doesNotMatch(renderLines(pausedState).join('\n'), /╱/);
    const foldedText = renderLines(pressZ(pausedState)).join('\n');
    assert.match(foldedText, /╱╱ 1m 40s/);
    const long = [
      anAttempt({name: 'ingest', startedAt: at(1), endedAt: at(20)}),
      anAttempt({name: 'features', status: 'running', startedAt: at(560)}),
    ];
    const automatic = reduceAll(aWatchingState({dag, attempts: long}), {type: 'timeline/toggled'});
    assert.match(findRow(renderLines(automatic), 'ingest'), /[━╺].*╱╱/);
    assert.match(renderLines(automatic).join('\n'), /╱╱ 9m 00s/);
    assert.doesNotMatch(renderLines(pressZ(automatic)).join('\n'), /╱/);
  });

  test('leaves little free space after now in a run that mostly waited', () => {
    const endedAttempts = [anAttempt({name: 'ingest', startedAt: at(1), endedAt: at(20)})];
    const lines = renderLines(
      reduceAll(
        aWatchingState({dag, attempts: endedAttempts, size: {columns: 80, rows: 24}}),
        {type: 'clock/ticked', now: at(50_000)},
        {type: 'timeline/toggled'},
      ),
    );
    const axis = lines.find(line => line.includes('now')) ?? '';
    assert.match(axis, /now {0,3}$/);
    assert.match(findRow(lines, 'ingest'), /[━╺]{20,}╸?╱╱╎/);
  });

  test('wraps what it says about the selected step on a narrow screen with few rows', () => {
    const text = renderLines(aTimelineState({columns: 45, rows: 20}))
      .map(line => line.trim())
      .join(' ');
    assert.match(text, /train · running for .*on the critical path/);
    assert.match(text, /retry delay/);
  });

  test('leaves out the middle of a critical path that is too long', () => {
    const names = Array.from({length: 12}, (_, index) => `a_rather_long_name_${index}`);
    const chain = aDag({
      steps: names.map((name, index) => aDagStepAfter(name, names.slice(Math.max(0, index - 1), index))),
    });
    const ran = names.map((name, index) => anAttempt({name, startedAt: at(index * 10), endedAt: at(index * 10 + 10)}));
    const state = aWatchingState({dag: chain, attempts: ran, size: {columns: 120, rows: 30}});
    const text = renderLines(reduceAll(state, {type: 'timeline/toggled'})).join('\n');
    assert.match(
      text,
      /a_rather_long_name_0 › … › a_rather_long_name_9 › a_rather_long_name_10 › a_rather_long_name_11/,
    );
  });

  test('folds an ongoing pause only when hardly anything else fits', () => {
    const renderTimeline = (endedAt: number) =>
      renderLines(
        reduceAll(
          aWatchingState({dag, attempts: [anAttempt({name: 'ingest', startedAt: at(1), endedAt: at(endedAt)})]}),
          {
            type: 'timeline/toggled',
          },
        ),
      ).join('\n');
    assert.doesNotMatch(renderTimeline(200), /╱/);
    assert.match(renderTimeline(20), /╱╱/);
  });

  test('shows all rows rather than a tall panel, and a legend where there is room for it', () => {
    const names = Array.from({length: 15}, (_, index) => `s${index}`);
    const many = aDag({steps: names.map(name => aDagStepAfter(name, []))});
    const endedAttempts = names.map(name => anAttempt({name, startedAt: at(1), endedAt: at(20)}));
    const renderTimeline = (size: ScreenSize) =>
      renderLines(
        reduceAll(aWatchingState({dag: many, attempts: endedAttempts, size}), {type: 'timeline/toggled'}),
      ).join('\n');
    const middle = renderTimeline({columns: 80, rows: 24});
    assert.match(middle, /s14 .*[━─]/);
    assert.match(middle, /critical path/);
    assert.doesNotMatch(middle, /other work/);
    assert.match(renderTimeline({columns: 120, rows: 40}), /━━ critical path +── other work +⋅⋅ waiting/);
  });

  test('opens a deep chain zoomed in around now, and any other run as a whole', () => {
    const names = Array.from({length: 200}, (_, index) => `s${index}`);
    const chain = aDag({steps: names.map((name, index) => aDagStepAfter(name, index === 0 ? [] : [`s${index - 1}`]))});
    const times = names.map((name, index) =>
      index === 199
        ? anAttempt({name, status: 'running', startedAt: at(3 * index)})
        : anAttempt({name, startedAt: at(3 * index), endedAt: at(3 * index + 3)}),
    );
    const state = reduceAll(aWatchingState({dag: chain, attempts: times}), {type: 'timeline/toggled'});
    assert.match(findRow(renderLines(state), 's198'), /━{3}/);
    assert.equal(state.openRun?.timeline.isFollowing, true);
    const whole = reduceAll(state, {type: 'timeline/fitted'}, {type: 'timeline/toggled'}, {type: 'timeline/toggled'});
    assert.equal(whole.openRun?.timeline.window, undefined);
    assert.equal(aTimelineState({columns: 120, rows: 30}).openRun?.timeline.window, undefined);
  });

  test('is right whatever the local clock says, because now comes from the server', () => {
    const ahead = aTimelineState({columns: 120, rows: 30});
    const behind: State = {...ahead, now: ahead.now - 3_600_000, clockOffsetMs: ahead.clockOffsetMs + 3_600_000};
    assert.deepEqual(renderLines(behind).slice(3, -1), renderLines(ahead).slice(3, -1));
  });

  test('says how far off the clock of a worker is if a bar was shifted because of it', () => {
    const [first, ...otherAttempts] = attempts;
    const skewedAttempts = [
      {...first!, startedAt: at(1 - 42), endedAt: at(100 - 42), createdAt: at(1), updatedAt: at(101)},
      ...otherAttempts,
    ];
    const state = reduceAll(
      aWatchingState({dag, attempts: skewedAttempts}),
      {type: 'timeline/toggled'},
      {type: 'selection/jumped', to: 'first'},
    );
    const lines = renderLines(state);
    assert.match(lines.join('\n'), /its clock is 42s behind the server's/);
    assert.equal(
      findRow(lines, 'ingest').slice(3),
      findRow(renderLines(aTimelineState({columns: 120, rows: 30})), 'ingest').slice(3),
    );
  });

  test('marks bars that are outside the time shown', () => {
    const near = reduceAll(aTimelineState({columns: 120, rows: 30}), {type: 'timeline/zoomed', factor: 8});
    assert.match(findRow(renderLines(near), 'ingest'), /ingest +‹/);
  });

  test('is closed with the same key, and the list selects the same row', () => {
    const state = withSelectionMoved(aTimelineState({columns: 120, rows: 30}), -1);
    const back = reduceAll(state, {type: 'timeline/toggled'});
    assert.equal(back.openRun?.list.selectedKey, state.openRun?.list.selectedKey);
    assert.match(renderLines(back).join('\n'), /STEP/);
  });
});

test('the overview of a step on the critical path says so, with what making it instant would save', () => {
  const state = withSelectionMoved(aWatchingState({dag, attempts, size: {columns: 120, rows: 30}}), -1);
  const text = renderLines(state).join('\n');
  assert.match(text, /path +critical: making it instant saves at most 2m 20s/);
});
