import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {reduce} from '../../src/store/reducer.js';
import type {State} from '../../src/store/state.js';
import {aDag, aDetail, aRun, aStepConfig} from '../support/builders.js';
import {sizes} from '../support/frames.js';
import {renderFrame, renderLines} from '../support/rendered.js';
import {buildSteps} from '../support/runs.js';
import {
  aLiveState,
  aMappedState,
  aNoticeState,
  anEmptyState,
  anEndedState,
  anEstimatedState,
  anOpenPaneState,
  aPausedState,
  aRetriedState,
  aStaleState,
} from '../support/screens.js';
import {withSelected} from '../support/select.js';
import {aConnectingState, aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const renderAt = (state: State, size: State['size']): readonly string[] =>
  renderLines(reduce(state, {type: 'size/changed', size}));

const findLine = (lines: readonly string[], text: string): string => {
  const line = lines.find(each => each.includes(text));
  assert.ok(line, `expected ${text} in\n${lines.join('\n')}`);
  return line;
};

test('at 120x30 the header shows location, freshness, progress and time', () => {
  const [where, state, bar] = renderAt(aLiveState(), sizes.wide);
  assert.match(where!, /^ zentop {2}zenml\.example\.com › default › training_pipeline #42 .* ● live 1s$/);
  assert.match(
    state!,
    /^ ◒ running {3}4\/9 done {3}1 cached {2}2 completed {2}1 failed {2}2 running {2}3 waiting +10m 01s$/,
  );
  assert.match(bar!, /^ ━{78}─{40}$/);
});

test('nothing is said about steps before they are known', () => {
  const connectingState = aConnectingState({size: sizes.wide});
  const runKnown = reduceAll(
    connectingState,
    createArrival(
      `run:${connectingState.openRun!.runId}`,
      {kind: 'run', run: aRun({status: 'completed'}), isHydrated: true},
      0,
    ),
  );
  const text = renderLines(runKnown).join('\n');
  assert.match(text, /completed/);
  assert.match(text, /loading steps…/);
  assert.doesNotMatch(text, /0\/0|no steps/);
  assert.match(renderLines(aWatchingState({size: sizes.wide})).join('\n'), /no steps yet/);
});

test('a run with an empty graph is not said to have no steps while its step runs are still loading', () => {
  const connectingState = aConnectingState({size: sizes.wide});
  const {runId} = connectingState.openRun!;
  const graphKnown = reduceAll(
    connectingState,
    createArrival(`run:${runId}`, {kind: 'run', run: aRun(), isHydrated: true}, 0),
    createArrival(`dag:${runId}`, {kind: 'dag', runId, dag: aDag()}, 0),
  );
  const text = renderLines(graphKnown).join('\n');
  assert.match(text, /loading steps…/);
  assert.doesNotMatch(text, /no steps/);
});

test('a failed run says how many steps are still running', () => {
  const state = aWatchingState({
    size: sizes.wide,
    run: aRun({status: 'failed', isInProgress: true, endedAt: undefined}),
    ...buildSteps([
      ['load', 'failed', 1, 5],
      ['train', 'running', 5],
      ['report', 'running', 6],
    ]),
  });
  assert.match(renderLines(state)[1]!, /^ ✗ failed, 2 steps still running {3}1\/3 done/);
});

test('the log of the run has the title of the run', () => {
  const state = reduceAll(aLiveState(), {type: 'size/changed', size: sizes.wide}, {type: 'tab/chosen', tab: 'logs'});
  const text = renderLines(reduceAll(state, {type: 'log/runToggled'})).join('\n');
  assert.match(text, /^ training_pipeline #42 +◒ running$/m);
});

test('the attempt of a retried step reads the same before and after its details are loaded', () => {
  const [load, first, second] = buildSteps([
    ['load', 'completed', 1, 5],
    ['train', 'retried', 5, 9],
    ['train', 'running', 10, undefined, 2],
  ]).attempts as [Attempt, Attempt, Attempt];
  const before = aWatchingState({size: sizes.narrow, attempts: [load, first, second]});
  const detail = aDetail({attempt: second, config: aStepConfig({retry: {maxRetries: 4, delaySeconds: 1, backoff: 1}})});
  const getRow = (state: State) => findLine(renderLines(state), 'train ').trimEnd();
  const loadedState = reduceAll(before, createArrival(`step:${second.id}`, {kind: 'step', detail}, 12));
  assert.match(getRow(before), / 2$/);
  assert.equal(getRow(loadedState), getRow(before));
});

test('a row has glyph, name, status, duration, and the attempt of a retried step', () => {
  const lines = renderAt(aRetriedState(), sizes.wide);
  assert.match(findLine(lines, 'STEP'), /^ {5}STEP +STATUS +TIME +TRY │ trainer +◒ running 8m 50s$/);
  assert.match(findLine(lines, 'load_data'), /^ {3}↺ load_data +cached +– +│/);
  assert.match(findLine(lines, ' validate'), /^ {3}✓ validate +completed +12s +│/);
  assert.match(findLine(lines, '› ◒ trainer'), /^ › ◒ trainer +running +8m 50s +2 │/);
  assert.match(findLine(lines, 'evaluate'), /^ {3}⋅ evaluate +waiting +│/);
});

test('the selected row has its background from its first to its last cell', () => {
  const row = renderFrame(reduce(aRetriedState(), {type: 'size/changed', size: sizes.narrow}))
    .split('\n')
    .find(line => line.includes('›'));
  assert.match(row!, /^(?:\x1b\[[\d;]*m)*\x1b\[(?:[\d;]*;)?48;5;238m/);
  assert.match(row!, /\x1b\[49m$/);
  assert.doesNotMatch(row!.slice(0, -5), /\x1b\[(?:0|49)m/);
});

test('the details of the selected step are beside the list: attempts, retry, cache, operator, inputs', () => {
  const text = renderAt(aRetriedState(), {columns: 120, rows: 40}).join('\n');
  assert.match(text, /│ attempt {2}2 of 3 · first failed after 41s: CUDA out of memory/);
  assert.match(text, /│ retry {4}up to 3 attempts/);
  assert.match(text, /│ cache {4}off · set by the step/);
  assert.match(text, /│ operator vertex-gpu/);
  assert.match(text, /│ inputs {3}dataset {2}embeddings:17/);
});

test('a retried step has a table of its attempts', () => {
  const lines = renderAt(aRetriedState(), {columns: 120, rows: 40});
  assert.match(findLine(lines, '│ attempt │'), /│ attempt │ status {2}│ started {2}│ took {3}│ why {16}│/);
  assert.match(findLine(lines, '│ 1 '), /│ 1 {7}│ retried │ 21:04:31 │ 41s {4}│ CUDA out of memory │/);
  assert.match(findLine(lines, '│ 2 '), /│ 2 {7}│ running │ 21:05:22 │ 8m 50s │ {20}│/);
});

test('at 80x24 the details are below the list, under a rule with the name', () => {
  const lines = renderAt(aRetriedState(), sizes.middle);
  assert.match(lines[0]!, /^ training_pipeline #42 +zenml\.example\.com › default {2}● live 1s$/);
  assert.match(lines[1]!, /^ ◒ running {2}4\/9 .* 10m 01s$/);
  const rule = lines.findIndex(line => /^ ── trainer ─+ Overview {2}Inputs .* {2}Code ──$/.test(line));
  assert.ok(rule > lines.findIndex(line => line.includes('deploy')), lines.join('\n'));
  assert.match(lines[rule + 1]!, /^ started {2}21:05:22/);
});

test('at 80x24 a long title is cut rather than the tabs', () => {
  const {openRun} = aLiveState();
  const run = {...openRun!.run!, pipeline: {...openRun!.run!.pipeline!, name: 'a_pipeline_with_a_long_name'}};
  const state = {...aLiveState(), openRun: {...openRun!, run}};
  const lines = renderAt(withSelected(state, 'this-run'), sizes.middle);
  assert.match(lines.join('\n'), /^ ── a_pipeline_w… #42 ─ Overview .* {2}Code ──$/m);
  const short = renderAt(withSelected(aLiveState(), 'this-run'), {columns: 45, rows: 30});
  assert.match(short.join('\n'), /^ ── training_pipeline #42 ─+ Overview 1\/7 ──$/m);
});

test('at 45x20 there is only the list, without status words', () => {
  const lines = renderAt(aLiveState(), sizes.narrow);
  assert.match(lines[0]!, /^ ◒ training_pipeline #42 +● 1s$/);
  assert.match(lines[1]!, /^ 4\/9 {2}✗ 1 +10m 01s$/);
  assert.match(findLine(lines, 'trainer'), /^ {3}◒ trainer +8m 50s +2$/);
  assert.ok(!lines.join('\n').includes('completed'));
});

test('at 20x5 there is one line of state, then rows, then the keys for help and quit', () => {
  const lines = renderAt(aLiveState(), sizes.tiny);
  assert.match(lines[0]!, /^ ◒ tra\S*… {2}4\/9 {2}✗ 1$/);
  assert.ok(lines.slice(1, 4).some(line => line.startsWith(' › ◒ embed')));
  assert.equal(lines[4], ' ? help  q quit');
});

for (const [name, size] of Object.entries({wide: sizes.wide, middle: sizes.middle, narrow: sizes.narrow})) {
  test(`a failed run shows its first failed step, the exception and the line of code without a key press: ${name}`, () => {
    const text = renderAt(anEndedState(), size).join('\n');
    assert.match(text, /› ✗ trainer/);
    assert.match(text, /error {4}RuntimeError: CUDA out of memory/);
    assert.match(text, /line 3 {3}loss = model\.fit\(batch\)/);
  });
}

test('an ended run shows its status and the steps that will not run', () => {
  const lines = renderAt(anEndedState(), sizes.wide);
  assert.match(lines[0]!, /∎ ended$/);
  const followedState = {...anEndedState(), session: {...anEndedState().session, isFollowingPipeline: true}};
  assert.match(renderAt(followedState, sizes.wide)[0]!, /∎ ended · waiting for the next run$/);
  assert.match(lines[1]!, /^ ✗ failed {3}6\/9 done .* 3 not run +12m 04s$/);
  assert.match(findLine(lines, 'evaluate'), /∅ evaluate +not run/);
});

test('stale data stays on the screen, and the header shows since when and why', () => {
  const lines = renderAt(aStaleState(), sizes.wide);
  assert.match(lines[0]!, /◌ stale 43s · retrying · timed out after 10s$/);
  assert.ok(lines.some(line => line.includes('validate')));
  assert.match(renderAt(aStaleState(), sizes.middle)[0]!, /◌ stale 43s/);
  assert.match(renderAt(aStaleState(), sizes.narrow)[0]!, /◌ stale 43s$/);
});

test('while updates are paused, the header says so, with the age of the data', () => {
  assert.match(renderAt(aPausedState(), sizes.wide)[0]!, /◫ paused 43s$/);
  assert.match(renderAt(aPausedState(), sizes.wide).at(-1)!, /p resume/);
});

test('a group is one row with counts and a small bar, and the details name the step that failed', () => {
  const lines = renderAt(aMappedState(), sizes.middle);
  assert.match(findLine(lines, 'map:embed ['), /^ › ✗ ▸ map:embed \[130\/200\] ━{8}─{2} +failed/);
  assert.ok(!lines.some(line => /^ . \S +embed:\d/.test(line)), lines.join('\n'));
  assert.match(lines.join('\n'), /^ failed +embed:7 /m);
});

test('an expanded group shows its steps indented', () => {
  const open = reduceAll(withSelected(aMappedState(), 'group:map-1'), {type: 'group/toggled'});
  const lines = renderAt(open, sizes.wide);
  assert.match(findLine(lines, '▾ map:embed'), /› ✗ ▾ map:embed/);
  assert.match(findLine(lines, ' embed:0 '), /^ {3}✓ {3}embed:0 +completed/);
  assert.match(findLine(lines, 'STEP'), /STEP 2 of 203/);
});

test('a list longer than the screen shows the cursor position in every layout', () => {
  const open = reduceAll(withSelected(aMappedState(), 'group:map-1'), {type: 'group/toggled'});
  assert.match(findLine(renderAt(open, sizes.middle), ' ── map'), /── map:embed .*─ 2 of 203 ─ /);
  assert.match(renderAt(open, sizes.narrow)[3]!, /^ +2 of 203$/);
  assert.doesNotMatch(renderAt(aLiveState(), sizes.narrow)[3]!, /of/);
});

test('a run without steps says that there are none yet', () => {
  assert.match(renderAt(anEmptyState(), sizes.wide).join('\n'), /no steps yet/);
  assert.match(renderAt(anEmptyState(), sizes.narrow).join('\n'), /no steps yet/);
});

test('a notice replaces the keys until it expires', () => {
  assert.equal(renderAt(aNoticeState(), sizes.wide).at(-1), ' no failed steps');
  const later = reduceAll(aNoticeState(), {type: 'clock/ticked', now: aNoticeState().now + 5000});
  assert.match(renderAt(later, sizes.wide).at(-1)!, /^ j\/k move/);
});

test('a narrowing footer keeps the keys for help and quit longest', () => {
  for (const columns of [120, 80, 60, 45, 30, 20, 16]) {
    const footer = renderAt(aLiveState(), {columns, rows: 24}).at(-1)!;
    assert.match(footer, /\? help {2}q quit$/);
  }

  assert.equal(renderAt(aLiveState(), {columns: 12, rows: 24}).at(-1), ' q quit');
});

test('full-screen details have name, status and tabs above them', () => {
  const lines = renderAt(anOpenPaneState(), sizes.middle);
  assert.match(lines[3]!, /^ trainer +◒ running 8m 50s$/);
  assert.match(lines[4]!, /^ Overview {2}Inputs {2}Outputs/);
  assert.match(lines[6]!, /^ started/);
  assert.ok(!lines.some(line => line.includes('load_data')));
});

test('the details count the lines below, and scroll to the end', () => {
  const size = {columns: 80, rows: 18};
  const top = renderAt(anOpenPaneState(), size);
  assert.match(top.at(-2)!, /▾ \d+ more$/);
  const end = reduceAll(
    anOpenPaneState(),
    {type: 'size/changed', size},
    {type: 'pane/scrolled', by: 1000, lineCount: 1000},
  );
  assert.match(renderLines(end).at(-2)!, / end$/);
  assert.match(renderLines(end).at(-3)!, /^ └─/);
});

test('a clock tick changes only times', () => {
  const before = renderLines(aLiveState());
  const tickedLines = renderLines(reduceAll(aLiveState(), {type: 'clock/ticked', now: aLiveState().now + 1000}));
  const changedLines = before.flatMap((line, index) => (line === tickedLines[index] ? [] : [line]));
  assert.equal(changedLines.length, 7, changedLines.join('\n'));
  for (const line of changedLines) {
    assert.match(line, /live 1s|10m 01s|9m 43s|8m 50s/);
  }
});

test('a replay shows its speed instead of freshness', () => {
  const state = aLiveState();
  const [where] = renderAt({...state, session: {...state.session, replaySpeed: 4}}, sizes.wide);
  assert.match(where!, /replay ×4$/);
});

test('the remaining time follows the elapsed time, with its basis if there is room', () => {
  const wide = renderAt(anEstimatedState(), sizes.wide);
  assert.match(
    wide[1]!,
    /^ ◒ running {3}3\/5 done {3}1 cached {2}2 completed {2}1 running {2}1 waiting +10m 01s {3}~11m left \(6m–16m, based on 2 runs\)$/,
  );
  assert.match(renderAt(anEstimatedState(), sizes.middle)[1]!, /^ ◒ running {2}3\/5 .*running.* 10m 01s {3}~11m left$/);
  assert.match(renderAt(anEstimatedState(), sizes.narrow)[1]!, /^ 3\/5 +10m 01s {2}~11m left$/);
  assert.doesNotMatch(renderAt(aLiveState(), sizes.wide)[1]!, /left/);
});

test('a step shows how long it usually takes', () => {
  const renderStep = (step: string) =>
    renderAt(reduceAll(anEstimatedState(), {type: 'step/selected', name: step}), sizes.wide).join('\n');
  assert.match(renderStep('train'), /started {2}21:04:51 · 9m 21s ago · usually ~15m/);
  assert.match(renderStep('deploy'), /duration +usually ~5m/);
});
