import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import type {Status} from '../../src/domain/status.js';
import type {Action} from '../../src/store/action.js';
import {getNeeds} from '../../src/store/needs.js';
import type {ScreenSize, State} from '../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRun, at} from '../support/builders.js';
import {sizes} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {renderLines} from '../support/rendered.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const childId = toRunId('33333333-3333-4333-8333-333333333333');
const createStatus = (status: Status) => ({status, statusWord: status});

const dag = aDag({
  steps: [aDagStep({name: 'prepare'}), aDagStep({name: 'select'})],
  childRuns: [
    {id: childId, name: 'tune', status: createStatus('completed'), startedAt: at(105), durationMs: 200_000},
    {id: undefined, name: 'later', status: undefined, startedAt: undefined, durationMs: undefined},
  ],
  waitConditions: [{id: 'q', name: 'approve', status: 'pending', question: undefined}],
});
const attempts = [
  anAttempt({name: 'prepare', startedAt: at(1), endedAt: at(100)}),
  anAttempt({name: 'select', status: 'running', startedAt: at(306)}),
];

const question = aQuestion({
  id: 'q',
  text: 'Deploy model to production?',
  createdAt: at(400),
  lastPolledAt: at(599),
  leaseExpiresAt: at(700),
});

const createState = (): State =>
  reduceAll(
    aWatchingState({run: aRun({isDynamic: true}), dag, attempts}),
    createArrival(`questions:${aRun().id}`, {kind: 'questions', runId: aRun().id, questions: [question]}, at(600)),
  );

const childSteps = aDag({
  steps: [
    aDagStep({name: 'sample', status: createStatus('completed'), startedAt: at(110), durationMs: 40_000}),
    aDagStep({
      name: 'fit',
      status: createStatus('failed'),
      startedAt: at(160),
      durationMs: 90_000,
      upstream: ['sample'],
    }),
  ],
});
const childDagArrival: Action = createArrival(
  `child-dag:${childId}`,
  {kind: 'child-dag', runId: aRun().id, childId, dag: childSteps},
  at(600),
);

/** The names of the rows as they are on the screen. */
const listRows = (lines: readonly string[]): readonly string[] =>
  lines.flatMap(line => /^ . \S ((?:[▸▾↳ ]*)(?:prepare|select|tune|sample|fit|later|approve))\b/.exec(line)?.[1] ?? []);

const expandedRows = ['prepare', '▾ ↳ tune', '    sample', '    fit', 'select', 'approve', '↳ later'];

describe('child runs and questions', () => {
  test.each([
    ['list', []],
    ['timeline', ['t']],
    ['graph', ['D']],
  ] as const)('are rows of the %s, and child runs can be expanded', (view, keys) => {
    const user = startJourney(createState()).press(...keys);
    const withoutGutter = (line: string) =>
      view === 'graph' ? line.replace(/^( .) .{0,8}?([^ ─┄│┆╮╯┤├╰])[ ─┄│┆╮╯┤├╰]+/, '$1 $2 ') : line;
    /** In alphabetical order, because the graph has its own. */
    const listNames = (rows = listRows(user.lines().map(withoutGutter))) => rows.map(row => row.trim()).sort();
    assert.deepEqual(listNames(), ['approve', 'prepare', 'select', '▸ ↳ tune', '↳ later'].sort());
    user.press('g', 'j').showsCursorAt('▸ ↳ tune');
    user.press('space').dispatch(childDagArrival);
    assert.deepEqual(listNames(), listNames(expandedRows), user.lines().join('\n'));
    user.press('space');
    assert.ok(!listNames().includes('fit'));
  });

  test('are in the same order in the list and in the timeline', () => {
    const user = startJourney(createState()).press('g', 'j', 'space').dispatch(childDagArrival);
    const inList = listRows(user.lines());
    assert.deepEqual(inList, expandedRows);
    assert.deepEqual(listRows(user.press('t').lines()), inList);
  });

  test('are among the steps in the order of their starts, so that a step that starts later comes below them', () => {
    assert.deepEqual(listRows(startJourney(createState()).lines()), [
      'prepare',
      '▸ ↳ tune',
      'select',
      'approve',
      '↳ later',
    ]);
  });

  test('follow the steps of a list that is sorted', () => {
    const sortedLines = startJourney(createState()).press('s').lines();
    assert.deepEqual(listRows(sortedLines).slice(2), ['▸ ↳ tune', '↳ later', 'approve']);
  });

  test('are counted by status in the header, because their failures are not among those of the steps', () => {
    const render = (size: ScreenSize, ...statuses: readonly Status[]) => {
      const [child] = dag.childRuns;
      const childRuns = statuses.map((status, index) => ({
        ...child!,
        id: undefined,
        name: `tune_${index}`,
        status: createStatus(status),
      }));
      const dagWithoutQuestions = {...dag, childRuns, waitConditions: []};
      return renderLines(aWatchingState({run: aRun({isDynamic: true}), dag: dagWithoutQuestions, attempts, size})).join(
        '\n',
      );
    };
    assert.match(render(sizes.wide, 'completed', 'running', 'failed'), /3 child runs: 1 completed 1 failed 1 running/);
    assert.match(render(sizes.wide, 'running', 'running'), /2 child runs running/);
    assert.match(render(sizes.wide, 'failed'), /1 child run failed/);
    assert.match(render(sizes.narrow, 'completed', 'running', 'failed'), /3 child runs: 1 failed/);
  });

  test('have bars in the timeline: work, failures, and the wait for an answer', () => {
    const user = startJourney(createState()).press('t', 'g', 'j', 'space').dispatch(childDagArrival);
    const findRow = (name: string): string => {
      const row = user.lines().find(line => line.includes(` ${name} `));
      assert.ok(row !== undefined, name);
      return row;
    };
    assert.match(findRow('tune'), /━{3}/);
    assert.doesNotMatch(findRow('select'), /⋅/, 'no wait is known before a step of a dynamic run');
    assert.match(findRow('fit'), /─✗/);
    assert.match(findRow('approve'), /╍{5}/);
  });

  test('are explained below the timeline', () => {
    const user = startJourney(createState()).press('t', 'G', 'k');
    user.shows('approve · has waited 3m 20s for an answer · a answers', 'Deploy model to production?');
    user.press('g', 'j', 'space').dispatch(childDagArrival);
    user.shows('tune · child run · ran 3m 20s · 2 of 2 steps done · on the critical path');
    user.shows('started 5s after prepare ended', 'enter opens it · space hides its steps');
    user.press('j', 'j').shows('fit · step of a child run · failed after 1m 30s');
  });

  test('cost a request only while a child run is expanded, and none once it is over', () => {
    const getChildNeeds = (state: State) => getNeeds(state).filter(({query}) => query.kind === 'child-dag');
    assert.deepEqual(getChildNeeds(createState()), []);
    const user = startJourney(createState()).press('g', 'j', 'space');
    assert.equal(getChildNeeds(user.state()).length, 1);
    user.dispatch(childDagArrival);
    assert.deepEqual(
      getChildNeeds(user.state()).map(({dueAt}) => dueAt),
      [Number.POSITIVE_INFINITY],
    );
  });

  test('have steps in the graph that say what they follow and feed, and between which h and l move', () => {
    const user = startJourney(createState()).press('D', 'g', 'j', 'space').dispatch(childDagArrival);
    user.press('j').shows(/follows {5}nothing/, /feeds {7}fit/);
    user
      .press('l')
      .showsCursorAt('fit')
      .shows(/follows {5}sample/, /feeds {7}nothing/);
    user.press('h').showsCursorAt('sample').press('h').shows('nothing upstream');
  });

  test('are named without the date in their names as long as their titles are not known', () => {
    const [child] = dag.childRuns;
    const childRuns = [{...child!, name: 'tune-2026_11_28-19_15_41_651127'}];
    const user = startJourney(aWatchingState({run: aRun({isDynamic: true}), dag: {...dag, childRuns}, attempts}));
    user
      .shows(/ ↳ tune +completed/)
      .press('t')
      .shows('prepare › tune › select')
      .hides('2026_11_28-19');
  });

  test('open the child run at the selected step', () => {
    const user = startJourney(createState()).press('t', 'g', 'j', 'space').dispatch(childDagArrival);
    user.press('j', 'j', 'return');
    assert.equal(user.state().openRun?.runId, childId);
  });

  test('have no tabs but the overview, and say where to find the details that steps have in the other tabs', () => {
    const user = startJourney(createState()).press('g', 'j', 'space').dispatch(childDagArrival).press(']');
    user.shows('enter opens the child run, which has these details').hides(/started {2}\d/);
    user.press('j').shows('enter opens the child run at this step, which has these details');
    user
      .press('G', 'k')
      .showsCursorAt('approve')
      .shows('questions have only an overview')
      .hides(/answer {3}a/);
  });

  test('show in the details of a question what it asks and how to answer it', () => {
    const lines = renderLines(startJourney(createState()).press('G', 'k').state());
    assert.match(lines.join('\n'), /Deploy model to production\?/);
    assert.match(lines.join('\n'), /a answers it/);
  });
});
