import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {toRunId} from '../../src/domain/ids.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRun, at} from '../support/builders.js';
import {sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

/*
 * Five runs, each in the timeline and in the graph, on terminals of three sizes. All are in progress, ten minutes after their start.
 */

const everySize = [
  ['120x30', sizes.wide],
  ['80x24', sizes.middle],
  ['45x20', sizes.narrow],
] as const;

/** Seconds after the start of the run; without an end, the step is running. */
type Times = readonly [from: number, to?: number];

const aTimedAttempt = (name: string, [from, to]: Times): Attempt =>
  to === undefined
    ? anAttempt({name, status: 'running', startedAt: at(from)})
    : anAttempt({name, startedAt: at(from), endedAt: at(to)});

const createPreviousRunsArrival = (): Action => {
  const previousId = toRunId('44444444-4444-4444-8444-444444444444');
  const run = aRun({id: previousId, status: 'completed', startedAt: at(0), endedAt: at(1000)});
  return createArrival('previous-runs', {kind: 'previous-runs', runId: aRun().id, runs: [run]}, at(600));
};

const createPreviousDagArrival = (times: readonly (readonly [name: string, from: number, to: number])[]): Action =>
  createArrival(
    'previous-dag',
    {
      kind: 'previous-dag',
      runId: aRun().id,
      previousId: toRunId('44444444-4444-4444-8444-444444444444'),
      dag: aDag({
        steps: times.map(([name, from, to]) =>
          aDagStep({
            name,
            status: {status: 'completed', statusWord: 'completed'},
            startedAt: at(from),
            durationMs: (to - from) * 1000,
          }),
        ),
      }),
      retried: [],
    },
    at(600),
  );

const withPreviousRun = (state: State, times: readonly (readonly [name: string, from: number, to: number])[]): State =>
  reduceAll(state, createPreviousRunsArrival(), createPreviousDagArrival(times));

const aDiamondState = (): State =>
  withPreviousRun(
    aWatchingState({
      dag: aDag({
        steps: [
          aDagStep({name: 'ingest'}),
          aDagStep({name: 'reference'}),
          aDagStep({name: 'validate', upstream: ['ingest']}),
          aDagStep({name: 'features_a', upstream: ['validate']}),
          aDagStep({name: 'features_b', upstream: ['validate']}),
          aDagStep({name: 'features_c', upstream: ['validate', 'reference']}),
          aDagStep({name: 'join', upstream: ['features_a', 'features_b', 'features_c']}),
          aDagStep({name: 'train_small', upstream: ['join']}),
          aDagStep({name: 'train_large', upstream: ['join']}),
          aDagStep({name: 'evaluate', upstream: ['train_small', 'train_large']}),
          aDagStep({name: 'deploy', upstream: ['evaluate']}),
        ],
      }),
      attempts: [
        aTimedAttempt('ingest', [10, 70]),
        anAttempt({name: 'reference', status: 'cached', startedAt: at(10), endedAt: at(10)}),
        aTimedAttempt('validate', [71, 114]),
        aTimedAttempt('features_a', [115, 205]),
        aTimedAttempt('features_b', [115, 265]),
        aTimedAttempt('features_c', [115, 168]),
        aTimedAttempt('join', [266, 306]),
        aTimedAttempt('train_small', [307, 386]),
        anAttempt({name: 'train_large', number: 1, status: 'retried', startedAt: at(307), endedAt: at(455)}),
        anAttempt({name: 'train_large', number: 2, status: 'running', startedAt: at(474)}),
      ],
    }),
    [
      ['train_large', 0, 320],
      ['evaluate', 320, 370],
      ['deploy', 370, 420],
    ],
  );

const chainNames = ['extract', 'clean', 'dedupe', 'geocode', 'aggregate', 'train', 'score', 'publish'] as const;

const aChainState = (): State =>
  withPreviousRun(
    aWatchingState({
      dag: aDag({
        steps: chainNames.map((name, index) =>
          aDagStep({name, upstream: chainNames.slice(Math.max(0, index - 1), index)}),
        ),
      }),
      attempts: [
        aTimedAttempt('extract', [1, 40]),
        aTimedAttempt('clean', [41, 76]),
        aTimedAttempt('dedupe', [77, 147]),
        aTimedAttempt('geocode', [205, 505]),
        aTimedAttempt('aggregate', [506, 566]),
        aTimedAttempt('train', [567]),
      ],
    }),
    [
      ['train', 0, 290],
      ['score', 290, 380],
      ['publish', 380, 400],
    ],
  );

const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
const itemNames = Array.from({length: 500}, (_, index) => `map:embed:${index}`);

const aMapState = (): State =>
  aWatchingState({
    run: aRun({isDynamic: true}),
    dag: aDag({
      steps: [aDagStep({name: 'plan'}), ...itemNames.map(name => aDagStep({name, group, upstream: ['plan']}))],
    }),
    attempts: [
      aTimedAttempt('plan', [1, 28]),
      ...itemNames.slice(0, 451).map((name, index) => aTimedAttempt(name, [29 + index, 60 + index * 1.2])),
      ...itemNames.slice(451, 499).map(name => aTimedAttempt(name, [580])),
    ],
  });

const deepNames = Array.from({length: 300}, (_, index) => `stage_${index + 1}`);

const aDeepState = (): State =>
  aWatchingState({
    dag: aDag({
      steps: deepNames.map((name, index) => aDagStep({name, upstream: deepNames.slice(Math.max(0, index - 1), index)})),
    }),
    attempts: deepNames
      .slice(0, 136)
      .map((name, index) =>
        aTimedAttempt(name, index === 135 ? [1 + 4.4 * index] : [1 + 4.4 * index, 5.4 + 4.4 * index]),
      ),
  });

const getChildId = (index: number) => toRunId(`33333333-3333-4333-8333-33333333333${index}`);

const aNestedState = (): State =>
  reduceAll(
    aWatchingState({
      run: aRun({isDynamic: true}),
      dag: aDag({
        steps: [aDagStep({name: 'prepare'}), aDagStep({name: 'select'})],
        childRuns: [
          {
            id: getChildId(1),
            name: 'tune-1',
            status: {status: 'completed', statusWord: 'completed'},
            startedAt: at(101),
            durationMs: 200_000,
          },
          {
            id: getChildId(2),
            name: 'tune-2',
            status: {status: 'running', statusWord: 'running'},
            startedAt: at(333),
            durationMs: undefined,
          },
          {
            id: getChildId(3),
            name: 'tune-3',
            status: {status: 'failed', statusWord: 'failed'},
            startedAt: at(333),
            durationMs: 100_000,
          },
        ],
      }),
      attempts: [aTimedAttempt('prepare', [1, 100]), aTimedAttempt('select', [302, 330])],
    }),
    createArrival(
      `questions:${aRun().id}`,
      {
        kind: 'questions',
        runId: aRun().id,
        questions: [aQuestion({createdAt: at(440), text: 'Deploy model to production?'})],
      },
      at(600),
    ),
    createArrival(
      `child-dag:${getChildId(1)}`,
      {
        kind: 'child-dag',
        runId: aRun().id,
        childId: getChildId(1),
        dag: aDag({
          steps: [
            aDagStep({
              name: 'sample',
              status: {status: 'completed', statusWord: 'completed'},
              startedAt: at(105),
              durationMs: 40_000,
            }),
            aDagStep({
              name: 'fit',
              status: {status: 'completed', statusWord: 'completed'},
              startedAt: at(150),
              durationMs: 140_000,
            }),
          ],
        }),
      },
      at(600),
    ),
  );

const open = (state: State, size: State['size'], ...keys: readonly string[]) => {
  const user = startJourney(state)
    .resizeTo(size)
    .press(...keys);
  const lines = user.lines();
  assert.equal(lines.length, size.rows);
  assert.ok(lines.every(line => line.length <= size.columns));
  const findRow = (name: string): string => {
    const row = lines.find(line => new RegExp(`^ .{1,20}\\b${name}\\b`).test(line));
    assert.ok(row !== undefined, `no row ${name} in\n${lines.join('\n')}`);
    return row;
  };
  return {user, lines, text: lines.join('\n'), findRow};
};

describe.each(everySize)('at %s', (_name, size) => {
  const isWide = size.columns >= 60;
  const isTall = size.rows >= 24;

  test('the timeline of a diamond has bars, the failed attempt, the pause after it if there is room, the expected rest, and the critical path', () => {
    const {findRow, text} = open(aDiamondState(), size, 't');
    assert.match(findRow('ingest'), /[━╺╸]/);
    assert.match(findRow('reference'), /↺ reference +⋅?↺/);
    assert.match(findRow('features_a'), /[─╶╴]/);
    assert.doesNotMatch(findRow('features_a'), /[━╺╸]/);
    assert.match(findRow('train_large'), isWide ? /━✗⋅+[╺━]+▸╌+/ : /━✗[╺━]+▸╌+/);
    assert.match(findRow('evaluate'), /╎.*╌/);
    assert.match(findRow('deploy'), /╎.*╌/);
    assert.match(text, /train_large · running for 4m 34s in 2 att/);
    assert.match(
      text,
      isTall ? /critical path {2}ingest › .*join › train_large › evaluate/ : /critical path {2}ingest › … › deploy/,
    );

    if (isWide) {
      assert.match(findRow('evaluate'), /~50s$/);
      assert.match(text, /parallel +1[1 ]*3+2+1+/);
    }
  });

  test('the graph of a diamond has its rails, and what the selected step follows and feeds', () => {
    const {findRow, text} = open(aDiamondState(), size, 'D');
    assert.match(findRow('ingest'), /^ {3}✓ {7}ingest/);
    assert.match(findRow('validate'), /^ {3}✓─╮ {5}validate/);
    assert.match(findRow('features_a'), /^ {3}├─│─✓─╮ features_a/);
    assert.match(findRow('features_b'), /^ {3}╰─│─✓─┤ features_b/);
    assert.match(findRow('reference'), /^ {3}↺─┤ {3}│ reference/);
    assert.match(findRow('features_c'), /^ {3}✓─┴───┤ features_c/);
    assert.match(findRow('join'), /^ {3}✓─────╯ join/);
    assert.match(findRow('train_small'), /^ {3}├─✓─╮ {3}train_small/);
    assert.match(findRow('train_large'), /^ › ╰─◒─┤ {3}train_large/);
    assert.match(findRow('evaluate'), /^ {3}⋅───╯ {3}evaluate/);
    assert.match(findRow('deploy'), /^ {3}⋅ {7}deploy/);
    assert.match(text, isWide ? /follows {5}✓ join 40s/ : /← ✓ join 40s/);
    assert.match(text, isWide ? /feeds {7}⋅ evaluate/ : /→ ⋅ evaluate/);
  });

  test('the timeline of a chain shows a long wait and what is expected, and says what was waited for', () => {
    const {findRow, user} = open(aChainState(), size, 't', 'g', 'j', 'j', 'j');
    assert.match(findRow('geocode'), /⋅{2,}[╺━]+/);
    assert.match(findRow('train'), /▸╌+/);
    assert.match(findRow('score'), /╎ *╌+/);
    assert.ok(findRow('publish').indexOf('╌') > findRow('score').indexOf('╌'));
    user.showsCursorAt('geocode').shows('geocode · ran 5m 00s');
    if (isTall) {
      user.shows('waited 58s after dedupe ended; ZenML does not record why');
    }
  });

  test('the graph of a chain is one column', () => {
    const {findRow, lines, user} = open(aChainState(), size, 'D', 'g', 'j', 'j', 'j');
    assert.deepEqual(
      chainNames.map(name => findRow(name).indexOf(name)),
      chainNames.map(() => 5),
    );
    assert.ok(!lines.some(line => /[╮╯├╰┤]/.test(line)));
    user.showsCursorAt('geocode').shows(isWide ? /follows {5}✓ dedupe 1m 10s/ : /← ✓ dedupe 1m 10s/);
    user.shows(isWide ? /feeds {7}✓ aggregate 1m 00s/ : /→ ✓ aggregate 1m 00s/);
  });

  test('the timeline of a map of 500 items has its density, what is expected of its items, and how long they take', () => {
    const {findRow, user, text} = open(aMapState(), size, 't', 'G');
    assert.match(text, /critical path so far {2}plan › embed/);
    assert.match(findRow('embed'), /[⣀⣤⣶⣿]{2,}╌+/);
    user.shows('embed · 451 of 500 done · 48 running');
    user.shows(`items take 1m 16s · slowest map:embed:450${isTall ? ' 2m 01s' : ''}`);

    user.press('space', 'G', 'k');
    assert.match(user.lines().find(line => line.startsWith(' ›')) ?? '', /◒ .*:498 .*▸╌+/);
  });

  test('the graph of a map of 500 items shows the map as one node', () => {
    const {lines, user} = open(aMapState(), size, 'D', 'G');
    const rows = lines.filter(line => /\bembed\b.*\d+s/.test(line));
    assert.equal(rows.length, 1);
    assert.match(rows[0] ?? '', /^ › ◒ ▸ embed \[451\/500\]/);
    user.shows(isWide ? /follows {5}✓ plan 27s/ : /← ✓ plan 27s/);
  });

  test('the timeline of a deep chain is zoomed in until its steps are visible, and follows now', () => {
    const {findRow, user, lines} = open(aDeepState(), size, 't');
    assert.match(findRow('stage_136'), /▸/);
    assert.match(findRow('stage_135'), /[╺━]{2,}/);
    assert.ok(user.state().openRun?.timeline.isFollowing);
    const now = lines.find(line => / now\b/.test(line))?.indexOf('now') ?? 0;
    assert.ok(now > size.columns / 2 && now < size.columns - 3, `now at ${now}`);
    user.press('0');
    assert.equal(user.state().openRun?.timeline.window, undefined);
  });

  test('the graph of a deep chain shows the running step', () => {
    const {findRow, user} = open(aDeepState(), size, 'D');
    assert.match(findRow('stage_136'), /^ › ◒ stage_136/);
    user.shows(isWide ? /follows {5}✓ stage_135/ : /← ✓ stage_135/);
  });

  test('the graph of nested runs says that ZenML does not record what a child run follows', () => {
    const {user} = open(aNestedState(), size, 'D', 'g', 'G');
    user
      .showsCursorAt('▸ ↳ tune-2')
      .shows(isWide ? /follows {5}not recorded by ZenML for child/ : /← not recorded by ZenML for child runs/);
  });

  test('the timeline of nested runs has child runs, the steps of an unfolded one, a failure, and the question', () => {
    const {findRow, user} = open(aNestedState(), size, 't', 'g', 'j', 'space');
    assert.match(findRow('tune-1'), /▾ ↳ tune-1 .*━{2}/);
    assert.match(findRow('sample'), / {4}sample .*[─╶╴]/);
    assert.match(findRow('tune-3'), /─✗/);
    assert.match(findRow('approve'), /╍{2}/);
    user.press('G').shows('approve · has waited 2m 40s for an answer', /· a answers/, 'Deploy model to production?');
  });

  test('the graph of nested runs has the question below what had ended, and says where ZenML records no edges', () => {
    const {findRow, lines, user} = open(aNestedState(), size, 'D', 'g');
    const question = lines.indexOf(findRow('approve'));
    assert.match(findRow('approve'), /◫┄+╯ approve/);
    for (const name of ['prepare', 'tune-1', 'select', 'tune-3']) {
      assert.match(findRow(name), /[✓✗]┄+[╮┤] /);
      assert.ok(lines.indexOf(findRow(name)) < question, name);
    }

    assert.match(findRow('tune-2'), /◒ +▸ ↳ tune-2/);
    user
      .press('G', 'k')
      .showsCursorAt('approve')
      .shows(isWide ? /asked after ✓ prepare 1m 39s/ : /← ✓ prepare 1m 39s/);
    if (isWide) {
      user.shows(/edges {7}by time: ZenML does not record/, 'any for wait conditions');
    }
  });
});
