import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {buildComparedSections} from '../../src/domain/compare-runs.js';
import type {JsonRecord} from '../../src/domain/json.js';
import {formatShortTime} from '../../src/format/time.js';
import {unknownRun} from '../../src/store/runs/comparison.js';
import type {State} from '../../src/store/state.js';
import {renderDurationChange} from '../../src/view/comparing/compared-cell.js';
import {buildComparingText} from '../../src/view/comparing/comparing-text.js';
import {aRefusal, at} from '../support/builders.js';
import {sizes, testTheme, withSize} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {renderLines, renderText} from '../support/rendered.js';
import {aListedRun, aRunList, createListArrival, getRunId, listNow} from '../support/run-lists.js';
import {
  aComparingState,
  aFilteredRunsState,
  anEmptyRunsState,
  anUnknownComparingState,
  anUnmatchedRunsState,
  aRunsState,
  aServerChoiceState,
  aStaleRunsState,
} from '../support/run-screens.js';
import {createArrival, createFailedRequest, reduceAll} from '../support/watching.js';

describe('the list of runs', () => {
  test('at 120x30 has all columns under their titles, and shows how many runs are counted', () => {
    const lines = renderLines(withSize(aRunsState(), sizes.wide));
    assert.match(lines[0]!, /^ zentop {2}zenml\.example\.com › default +● live \S+$/);
    assert.match(
      lines[1]!,
      /^ 3 in progress {3}\d+ completed {2}\d+ failed .* of the newest 40 +1 marked {3}312 runs$/,
    );
    assert.match(lines[4]!, /^ +RUN 1 of 312 +STATUS +STEPS +TIME +STARTED {2}USER +TAGS/);
    assert.match(lines[5]!, /^ › ◒ training_pipeline #55 +running +8\/14 +5m 00s +5m ago {2}ada +nightly gpu/);
    assert.match(lines[7]!, /^ {2}▪◒ training_pipeline #53 +running/);
    assert.match(lines[9]!, /^ {3}⊡ training_pipeline #51 +stopped/);
  });

  test('at 80x24 keeps the most important columns', () => {
    const lines = renderLines(withSize(aRunsState(), sizes.middle));
    assert.match(lines[1]!, /^ 3 in progress {3}\d+ completed {2}\d+ failed .*of 40 +1 marked {3}312 runs$/);
    assert.match(lines[4]!, /^ +RUN 1 of 312 +STATUS +STEPS +TIME +STARTED$/);
    assert.match(lines[5]!, /^ › ◒ training_pipeline #55 +running +8\/14 +5m 00s +5m ago/);
  });

  test('at 45x20 shows run and time', () => {
    const lines = renderLines(withSize(aRunsState(), sizes.narrow));
    assert.match(lines[0]!, /^ default +● \S+$/);
    assert.match(lines[1]!, /^ 3 in progress {2}✗ \d+ +1 marked {3}312 runs$/);
    const unmarked = renderLines(reduceAll(withSize(aRunsState(), sizes.narrow), {type: 'runs/unmarked'}));
    assert.match(unmarked[1]!, /^ 3 in progress {2}✗ \d+ of 40 +312 runs$/);
    assert.match(lines[3]!, /1 of 312$/);
    assert.match(lines[4]!, /^ › ◒ training_pipeline #55 +5m 00s/);
  });

  test('at 20x5 still shows the runs', () => {
    const lines = renderLines(withSize(aRunsState(), sizes.tiny));
    assert.match(lines[1]!, /^ › ◒ trai\S+ #55/);
    assert.equal(lines.length, 5);
  });

  test('shows no outdated count of steps for an ended run, and stops its time', () => {
    const [runningRun, endedRun] = [aListedRun(1, 'running'), aListedRun(1, 'completed', {endedAt: undefined})];
    const progress = {done: 1, total: 2};
    const countedState = reduceAll(
      aRunList([runningRun]),
      createArrival(
        'runs:progress',
        {kind: 'run-progress', isFinal: false, runId: runningRun.id, progress},
        at(listNow),
      ),
    );
    assert.match(renderLines(countedState).join('\n'), /running +1\/2 +59m 00s +59m ago/);
    assert.match(
      renderText(reduceAll(countedState, createListArrival([endedRun], {subset: 'delta'}))),
      /completed +59m ago/,
    );
  });

  test('shows the steps, the first failed step and the exception of an ended run where there is room', () => {
    const failedRun = aListedRun(1, 'failed', {user: {id: 'u', name: 'ada.lovelace'}});
    const exception = {message: 'CUDA out of memory', source: 'builtins.RuntimeError', line: 3, traceback: undefined};
    const progress = {done: 9, total: 14, failure: {step: 'trainer', exception}};
    const state = reduceAll(
      aRunList([failedRun]),
      createArrival('runs:progress', {kind: 'run-progress', isFinal: true, runId: failedRun.id, progress}, at(listNow)),
    );
    const text = renderText(withSize(state, {columns: 160, rows: 20}));
    assert.match(text, /failed +9\/14 .* ada\.lovelace +trainer: RuntimeError: CUDA out of memory/);
    assert.match(text, /USER +FIRST FAILURE/);
  });

  test('places child runs below the run that started them', () => {
    const parent = aListedRun(1, 'completed');
    const child = aListedRun(3, 'completed', {parentRun: {id: parent.id, name: 'parent'}});
    const lines = renderLines(aRunList([aListedRun(2, 'completed'), parent, child]));
    const order = lines.flatMap(line => /#\d+/.exec(line)?.[0] ?? []);
    assert.equal(order.indexOf(`#${child.index}`), order.indexOf(`#${parent.index}`) + 1);
  });

  test('s cycles through the sort orders, and the title names the current one', () => {
    const slow = aListedRun(1, 'completed', {startedAt: at(0), endedAt: at(500)});
    const fast = aListedRun(2, 'completed', {startedAt: at(0), endedAt: at(5)});
    const sortedState = reduceAll(aRunList([fast, slow]), {type: 'runs/sorted'});
    const lines = renderLines(sortedState);
    assert.match(lines[4]!, /RUN by duration/);
    assert.match(lines[5]!, new RegExp(`#${slow.index} `));
  });

  test('counts each run once: those in progress together, the others by status', () => {
    const rows = [
      aListedRun(1, 'paused', {isInProgress: true}),
      aListedRun(2, 'running', {isInProgress: true}),
      aListedRun(3, 'failed', {isInProgress: true, endedAt: at(200)}),
      aListedRun(4, 'failed', {isInProgress: false}),
      aListedRun(5, 'completed', {isInProgress: false}),
    ];
    const lines = renderLines(aRunList(rows));
    assert.match(lines[1]!, /^ 3 in progress {3}1 completed {2}1 failed +5 runs$/);
    assert.match(lines.find(line => line.includes('#3'))!, /failed +57m 00s/);
  });

  test('shows run names that contain more than the start time', () => {
    const namedText = renderText(aRunList([aListedRun(1, 'completed', {name: 'before the refactoring'})]));
    assert.match(namedText, /training_pipeline #1 +before the refactoring +completed/);
    const unnamedText = renderText(
      aRunList([aListedRun(1, 'completed', {name: 'training_pipeline-2026_11_24-08_10_00_123'})]),
    );
    assert.doesNotMatch(unnamedText, /2026_11_24/);
    const unnumbered = {name: 'training_pipeline-2026_11_24-08_10_00_123', index: undefined};
    assert.match(renderText(aRunList([aListedRun(1, 'completed', unnumbered)])), /training_pipeline +2026_11_24-08/);
  });

  test('shows the filter with its matches and completions', () => {
    const text = renderText(withSize(aFilteredRunsState(), sizes.wide));
    assert.match(text, /\/status:st {2}\d+ match(?:es)? so far/);
    assert.match(text, /\/status:st_ {2}stopped stopping +enter keep/);
  });

  test('moves no column when a filter hides rows', () => {
    const findStatusColumn = (state: State) =>
      renderLines(withSize(state, sizes.wide))
        .find(line => line.includes('STATUS'))!
        .indexOf('STATUS');
    const list = aRunsState();
    for (const text of ['nothing matches this', 'status:completed']) {
      assert.equal(findStatusColumn(reduceAll(list, {type: 'runs/filtered', text})), findStatusColumn(list), text);
    }
  });

  test('says why it is empty', () => {
    assert.match(renderLines(anEmptyRunsState()).join('\n'), /No runs yet/);
    assert.match(renderLines(anUnmatchedRunsState()).join('\n'), /no matching runs \(esc to clear\)/);
  });

  test('lists the filters after an unknown one', () => {
    const renderFiltered = (text: string) =>
      renderText(reduceAll(aRunList([aListedRun(1)]), {type: 'runs/filtered', text}));
    assert.match(renderFiltered('stage:one'), /filters: status: pipeline: user: tag:/);
    assert.doesNotMatch(renderFiltered('tag:one'), /filters:/);
  });

  test('stays on the screen while the server does not respond, and says so', () => {
    assert.match(renderLines(aStaleRunsState()).join('\n'), /◌ stale .*timed out[\s\S]*training_pipeline #55/);
  });
});

describe('the start time of a run', () => {
  const now = Date.UTC(2026, 10, 24, 9, 0, 0);
  test.each([
    [200, 'just now'],
    [40_000, '40s ago'],
    [59.9 * 60_000, '59m ago'],
    [23.9 * 3_600_000, '23h ago'],
    [36 * 3_600_000, '22 Nov 21:00'],
    [400 * 86_400_000, '20 Oct 2025'],
    [-5000, 'just now'],
  ])('%d ms ago: %s', (ago, words) => {
    assert.equal(
      formatShortTime(now - ago, now, () => 0),
      words,
    );
  });
});

describe('runs side by side', () => {
  test('differences come first, numbers with their change from the oldest run', () => {
    const lines = renderLines(withSize(aComparingState(), sizes.wide)).map(line => line.trimEnd());
    const findLineIndex = (pattern: RegExp) => {
      const index = lines.findIndex(line => pattern.test(line));
      assert.ok(index >= 0, `${pattern} in\n${lines.join('\n')}`);
      return index;
    };
    findLineIndex(/training_pipeline #50 +training_pipeline #51 +training_pipeline #52/);
    findLineIndex(/^ status +✓ completed +✓ completed +✗ failed/);
    findLineIndex(/^ lr +0\.05 +0\.051 \+0\.001 \(\+2%\) +0\.052/);
    findLineIndex(/^ accuracy +0\.91 +0\.93 \+0\.02/);
    findLineIndex(/^ trainer +✓ 1m 00s +✓ 1m 30s \+30s +✗ failed/);
    const same = findLineIndex(/^ parameters, the same/);
    assert.ok(findLineIndex(/^ steps$/) < same && same < findLineIndex(/^ optimizer\.name +adam +adam +adam/));
    assert.ok(findLineIndex(/^ steps, about the same/) < findLineIndex(/^ load +↺ cached +↺ cached +↺ cached/));
  });

  test('if not all fit, h and l scroll to the others', () => {
    const narrow = renderText(withSize(aComparingState(), sizes.narrow));
    assert.match(narrow, /#50/);
    assert.match(narrow, /^ runs 1–2 of 3/);
    assert.doesNotMatch(narrow, /#52/);
    const user = startJourney(withSize(aComparingState(), sizes.narrow));
    user.press('l').shows('#52').hides('#50').press('h').shows('#50').hides('#52');
  });

  test('unnumbered runs are distinguished by the ends of their names', () => {
    const [first = getRunId(50), second = getRunId(51)] = getComparedIds();
    const namedRuns = [first, second].map((id, index) =>
      aListedRun(50, 'completed', {id, index: undefined, name: `training_pipeline-2026_11_23-21_00_11_74190${index}`}),
    );
    const state = namedRuns.reduce(
      (state, run) =>
        reduceAll(state, createArrival('runs:compared', {kind: 'compared-run', run, metadata: {}}, at(listNow))),
      aComparingState(),
    );
    assert.match(renderLines(withSize(state, sizes.middle)).join('\n'), /trai\S+_741900 +trai\S+_741901/);
  });

  test('nothing is compared until all runs are loaded, so that no value looks missing', () => {
    const state = anUnknownComparingState();
    const [loaded = unknownRun] = [...aComparingState().runs.comparison.values()];
    const comparison = new Map([[getRunId(50), loaded]]);
    for (const [words, shownState] of [
      ['loading 2 runs…', state],
      ['loading 1 run…', {...state, runs: {...state.runs, comparison}}],
    ] as const) {
      const lines = renderLines(shownState).map(line => line.trim());
      assert.ok(lines.includes(words), lines.join('\n'));
      assert.doesNotMatch(lines.join('\n'), /parameters|metadata|the same|no differences|–( |$)/m);
    }
  });

  test('a run that the server no longer has is said to be gone, not to be loading', () => {
    const key = `runs:compared:${getRunId(50)}`;
    const state = reduceAll(
      anUnknownComparingState(),
      createFailedRequest(key, {kind: 'not-found', detail: ''}, at(listNow)),
    );
    const lines = renderLines(state).map(line => line.trim());
    assert.ok(lines.includes('training_pipeline #50 no longer exists on the server'), lines.join('\n'));
    assert.ok(lines.includes('loading 1 run…'), lines.join('\n'));
    const comparison = new Map(aComparingState().runs.comparison);
    comparison.delete(getRunId(50));
    const loadedText = renderText({...state, runs: {...state.runs, comparison}});
    assert.match(loadedText, /no longer exists on the server/);
    assert.doesNotMatch(loadedText, /loading/);
  });

  test('a run that was deleted after it was loaded is still compared', () => {
    const key = `runs:compared:${getRunId(50)}`;
    const state = reduceAll(aComparingState(), createFailedRequest(key, {kind: 'not-found', detail: ''}, at(listNow)));
    assert.match(renderText(state), /^ accuracy +0\.91 +0\.93/m);
  });

  test('says why a run cannot be loaded', () => {
    const keys = [50, 51].map(minute => `runs:compared-steps:${getRunId(minute)}`);
    const state = reduceAll(
      anUnknownComparingState(),
      ...keys.map(key => createFailedRequest(key, aRefusal(500), at(listNow))),
    );
    assert.match(renderText(state), /loading 2 runs… · 500 from the server$/m);
  });

  test('that nothing differs is said only when the parameters of the steps are loaded, too', () => {
    const runs = [50, 51].map(minute => aListedRun(minute));
    const state = reduceAll(
      aRunsState(),
      {type: 'comparing/opened', runIds: runs.map(({id}) => id)},
      ...runs.flatMap(run => [
        createArrival(`runs:compared:${run.id}`, {kind: 'compared-run', run, metadata: {}}, at(listNow)),
        createArrival(`runs:compared-steps:${run.id}`, {kind: 'compared-steps', runId: run.id, steps: []}, at(listNow)),
      ]),
    );
    const loadingText = renderLines(state).join('\n');
    assert.match(loadingText, /loading the parameters of the steps…/);
    assert.doesNotMatch(loadingText, /no differences/);
    const loadedState = reduceAll(
      state,
      ...runs.map(({id: runId}) =>
        createArrival(
          `runs:compared-parameters:${runId}`,
          {kind: 'compared-parameters', runId, parameters: {}},
          at(listNow),
        ),
      ),
    );
    assert.match(renderLines(loadedState).join('\n'), /no differences in parameters, metadata or steps/);
  });

  test('h scrolls back at once, however often l was pressed', () => {
    const user = startJourney(withSize(aComparingState(), sizes.narrow))
      .press('l', 'l', 'l')
      .shows(/^ runs 2–3 of 3/);
    user
      .press('h')
      .shows(/^ runs 1–2 of 3/, '#50')
      .hides('#52');
  });

  test('a run in progress is compared with the first only once it has taken longer', () => {
    const startedAt = at(50 * 60);
    const first = aListedRun(50, 'completed', {startedAt, endedAt: startedAt + 550_000});
    const comparedState = [first, aListedRun(51, 'running', {startedAt})].reduce(
      (state, run) =>
        reduceAll(state, createArrival('runs:compared', {kind: 'compared-run', run, metadata: {}}, at(listNow))),
      aComparingState(),
    );
    const renderAfter = (seconds: number) =>
      renderLines({...withSize(comparedState, sizes.wide), now: startedAt + seconds * 1000}).join('\n');
    assert.match(renderAfter(20), /^ duration +9m 10s {2,}20s {2,}\S/m);
    assert.match(renderAfter(3600), /^ duration +9m 10s {2,}1h 00m \+50m 50s/m);
  });

  test('runs are not compared again while only time passes', () => {
    const runIds = getComparedIds();
    const buildText = (state: State) => buildComparingText({state, runIds, left: 0, width: 118, theme: testTheme});
    const state = aComparingState();
    const before = buildText(state);
    assert.equal(buildText(reduceAll(state, {type: 'clock/ticked', now: state.now + 1000})).entries, before.entries);
  });

  test('an empty record is shown as such, others by their leaves', () => {
    const aRunWith = (parameters: JsonRecord) => ({parameters, metadata: {}, steps: []});
    const [section] = buildComparedSections([aRunWith({model: {}}), aRunWith({model: {depth: {tree: 3}}})]);
    assert.deepEqual(
      section?.rows.map(({label}) => label),
      ['model', 'model.depth.tree'],
    );
  });

  test('says that a step has not started, not that its parameter is missing', () => {
    const completed = {status: 'completed', statusWord: 'completed'} as const;
    const train = {name: 'train', durationMs: undefined};
    const endedRun = {parameters: {'train::depth': 8}, metadata: {}, steps: [{...train, status: completed}]};
    const liveRun = {parameters: {}, metadata: {}, steps: [{...train, status: undefined}]};
    const [row] = buildComparedSections([endedRun, liveRun])[0]!.rows;
    assert.deepEqual(row!.values[1], {kind: 'step', status: undefined, durationMs: undefined});
  });

  test('durations count as different only if they differ by at least a quarter and a second', () => {
    const aRunWith = (durationMs: number) => ({
      parameters: {},
      metadata: {},
      steps: [{name: 'load', status: {status: 'completed', statusWord: 'completed'} as const, durationMs}],
    });
    const isDifferent = (a: number, b: number) =>
      buildComparedSections([aRunWith(a), aRunWith(b)])[0]?.rows[0]?.isDifferent;
    assert.equal(isDifferent(60_000, 70_000), false);
    assert.equal(isDifferent(60_000, 76_000), true);
    assert.equal(isDifferent(100, 900), false);
  });

  test('differences in duration match the durations shown, and slower looks different from faster', () => {
    for (const [ms, before, text] of [
      [12_900, 11_100, ' +1s'],
      [12_100, 11_900, ' +1s'],
      [61_999, 59_000, ' +2s'],
      [59_000, 61_999, ' -2s'],
      [12_100, 12_900, ''],
    ] as const) {
      assert.equal(renderDurationChange(ms, before).text, text, `${ms} ${before}`);
    }

    assert.notEqual(renderDurationChange(9000, 1000).tone, renderDurationChange(1000, 9000).tone);
  });

  test('groups of steps are one row until they are opened', () => {
    const completed = {status: 'completed', statusWord: 'completed'} as const;
    const failed = {status: 'failed', statusWord: 'failed'} as const;
    const aRunWith = (items: number, status: typeof completed | typeof failed) => ({
      parameters: {},
      metadata: {},
      steps: [
        {name: 'load', status: completed, durationMs: 1000},
        ...Array.from({length: items}, (_, index) => ({
          name: `map:embed:${index}`,
          status: index === 1 ? status : completed,
          durationMs: 2000,
        })),
      ],
    });
    const runs = [aRunWith(3, completed), aRunWith(4, failed)];
    const buildRows = (areGroupsCollapsed: boolean) => buildComparedSections(runs, areGroupsCollapsed)[0]!.rows;
    assert.deepEqual(
      buildRows(true).map(({label}) => label),
      ['load', 'embed'],
    );
    assert.deepEqual(buildRows(true)[1]?.values, [
      {kind: 'step', status: completed, durationMs: 6000, itemCount: 3},
      {kind: 'step', status: failed, durationMs: 8000, itemCount: 4},
    ]);
    assert.equal(buildRows(false).length, 5);
  });

  test('a step, and each of several groups, has its own row even if their names are the same', () => {
    const completed = {status: 'completed', statusWord: 'completed'} as const;
    const embed = {name: 'embed', status: completed, durationMs: 1000};
    const fit = {name: 'fit', status: completed, durationMs: 1000};
    const mapItem = {name: 'map:embed:0', status: completed, durationMs: 2000};
    const createShard = (id: string) => ({...fit, name: `fit ${id}`, group: {id, name: 'shard', type: 'custom'}});
    const buildRows = (...stepsByRun: ReadonlyArray<typeof embed>[]) =>
      buildComparedSections(
        stepsByRun.map(steps => ({parameters: {}, metadata: {}, steps})),
        true,
      )[0]!.rows.map(({label, values}) => [
        label,
        ...values.map(value => value?.kind === 'step' && [value.durationMs, value.itemCount]),
      ]);
    assert.deepEqual(buildRows([embed, mapItem, fit], [mapItem, embed]), [
      ['embed', [1000, undefined], [1000, undefined]],
      ['embed', [2000, 1], [2000, 1]],
      ['fit', [1000, undefined], false],
    ]);
    assert.deepEqual(buildRows([createShard('a'), createShard('b')], [createShard('c')]), [
      ['shard', [1000, 1], [1000, 1]],
      ['shard', [1000, 1], false],
    ]);
    assert.deepEqual(
      buildRows([embed], [mapItem]),
      [['embed', [1000, undefined], [2000, 1]]],
      'a step that has become a map remains in its row',
    );
  });

  const getComparedIds = () => {
    const {screen} = aComparingState();
    return screen.name === 'comparing' ? screen.runIds : [];
  };
});

test('the server menu lists URLs and marks the current one', () => {
  assert.match(
    renderLines(aServerChoiceState()).join('\n'),
    /› https:\/\/zenml\.example\.com {2}here[\s\S]*https:\/\/other/,
  );
});
