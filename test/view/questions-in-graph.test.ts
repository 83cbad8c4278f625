import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import type {Dag} from '../../src/domain/dag.js';
import {toRunId} from '../../src/domain/ids.js';
import type {Question} from '../../src/domain/intervention/question.js';
import {getRows} from '../../src/store/selectors.js';
import type {State} from '../../src/store/state.js';
import {createGraphRows} from '../../src/view/graph/graph-rows.js';
import {layOutStepColumns} from '../../src/view/list/columns.js';
import {buildRowFacts} from '../../src/view/list/row-facts.js';
import {aDag, aDagStep, anAttempt, aQuestion, aRun, at} from '../support/builders.js';
import {asciiTheme, renderFrameLines, testTheme} from '../support/frames.js';
import {startJourney} from '../support/journey.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const run = aRun({isDynamic: true});

const aWatchedState = (dag: Dag, attempts: readonly Attempt[], questions: readonly Question[]): State =>
  reduceAll(
    aWatchingState({run, dag, attempts}),
    createArrival(`questions:${run.id}`, {kind: 'questions', runId: run.id, questions}, at(600)),
  );

const trainingDag = aDag({
  steps: [
    aDagStep({name: 'train'}),
    aDagStep({name: 'check', upstream: ['train']}),
    aDagStep({name: 'monitor'}),
    aDagStep({name: 'deploy', upstream: ['train']}),
    aDagStep({name: 'notify', upstream: ['deploy']}),
  ],
});

/** `monitor` was running all the time, so the question is neither before nor after it. */
const attempts = [
  anAttempt({name: 'train', startedAt: at(1), endedAt: at(20)}),
  anAttempt({name: 'check', startedAt: at(21), endedAt: at(30)}),
  anAttempt({name: 'monitor', startedAt: at(2), endedAt: at(75)}),
  anAttempt({name: 'deploy', startedAt: at(62), endedAt: at(70)}),
  anAttempt({name: 'notify', startedAt: at(71), endedAt: at(80)}),
];

const answeredQuestion = aQuestion({isPending: false, createdAt: at(31), resolvedAt: at(60), resolution: 'continue'});
const answeredState = aWatchedState(trainingDag, attempts, [answeredQuestion]);

const readRows = (lines: readonly string[]) =>
  lines.flatMap(
    line =>
      /^ . (.{0,14}(?:train|check|monitor|deploy|notify|approve|publish|tune|load))\b/.exec(line)?.[1]?.trimEnd() ?? [],
  );

describe('a question in the graph', () => {
  test('is a node between the steps that came before and after it, in addition to the edges that ZenML records', () => {
    assert.deepEqual(readRows(startJourney(answeredState).press('D').lines()), [
      '✓─╮ train',
      '✓ │ check',
      '◫─┤ approve',
      '✓─╯ deploy',
      '✓   notify',
      '✓   monitor',
    ]);
  });

  test.each([
    [{columns: 120, rows: 30}, /asked after +✓ check 9s/, /then +✓ deploy 8s/],
    [{columns: 80, rows: 24}, /asked after +✓ check 9s/, /then +✓ deploy 8s/],
    [{columns: 45, rows: 20}, /← ✓ check 9s/, /→ ✓ deploy 8s/],
  ])('says in the panel what came before and after, on a screen of %o', (size, before, after) => {
    const user = startJourney(answeredState).resizeTo(size).press('D', 'g', 'j', 'j').showsCursorAt('approve');
    user.shows(before, after);
  });

  test('says where its edges come from, and what was asked', () => {
    const user = startJourney(answeredState).press('D', 'g', 'j', 'j').showsCursorAt('approve');
    assert.match(
      user
        .lines()
        .map(line => line.slice(73))
        .join('')
        .replace(/ +/g, ' '),
      /edges by time: ZenML does not record any for wait conditions/,
    );
    user.shows(/question +Deploy the model\?/);
  });

  test('is named in the panel of the steps before and after it', () => {
    const user = startJourney(answeredState)
      .press('D', 'g', 'j')
      .showsCursorAt('check')
      .shows(/then asked +◫ approve/);
    user
      .press('j', 'j')
      .showsCursorAt('deploy')
      .shows(/came after +◫ approve/, /follows +✓ train/);
  });

  test('is reached with h from the step that waited for its answer, and with l from the previous step', () => {
    const user = startJourney(answeredState).press('D', 'g', 'j', 'j', 'j').showsCursorAt('deploy');
    user
      .press('h')
      .showsCursorAt('approve')
      .press('h')
      .showsCursorAt('check')
      .press('l')
      .showsCursorAt('approve')
      .press('l')
      .showsCursorAt('deploy');
  });

  test('is on the critical path if the next step is', () => {
    const {openRun} = startJourney(answeredState).press('D', 'c').state();
    assert.ok(openRun !== undefined);
    const around = {graphColumns: 120, now: at(600), theme: testTheme};
    const graph = createGraphRows(openRun, layOutStepColumns(72, false), around);
    const row = getRows(openRun).rows.find(({kind}) => kind === 'question');
    const facts = row && buildRowFacts(row, openRun, at(600), testTheme);
    assert.equal(row && facts && graph.withGutter(row, facts).isMuted, false);
  });

  test('has nothing after it until it is answered', () => {
    const pending = aWatchedState(trainingDag, attempts.slice(0, 3), [aQuestion({createdAt: at(31)})]);
    const user = startJourney(pending).press('D', 'g', 'j', 'j').showsCursorAt('approve');
    user.shows(/asked after +✓ check/, /then +nothing until it is answered/);
  });

  test('has nothing after it if the run has ended without an answer', () => {
    const stoppedRun = aRun({...run, status: 'stopped', isInProgress: false, endedAt: at(90)});
    const state = reduceAll(
      aWatchingState({run: stoppedRun, dag: trainingDag, attempts: attempts.slice(0, 3)}),
      createArrival(
        `questions:${run.id}`,
        {kind: 'questions', runId: run.id, questions: [aQuestion({createdAt: at(31)})]},
        at(600),
      ),
    );
    const user = startJourney(state).press('D', 'g', 'j', 'j').showsCursorAt('approve');
    user.shows(/then +nothing *$/m);
  });

  test('follows previous questions and child runs', () => {
    const child = {status: {status: 'completed', statusWord: 'completed'}, durationMs: 10_000} as const;
    const dag = aDag({
      steps: [aDagStep({name: 'load'})],
      childRuns: [{...child, id: toRunId('33333333-3333-4333-8333-333333333333'), name: 'tune', startedAt: at(22)}],
    });
    const state = aWatchedState(
      dag,
      [anAttempt({name: 'load', startedAt: at(1), endedAt: at(10)})],
      [
        aQuestion({isPending: false, createdAt: at(11), resolvedAt: at(20)}),
        aQuestion({id: 'second', name: 'publish', createdAt: at(40)}),
      ],
    );
    assert.deepEqual(
      readRows(startJourney(state).press('D').lines()).map(row => row.replace(/ +/g, ' ')),
      ['✓ load', '◫ approve', '✓ ▸ ↳ tune', '◫ publish'],
    );
  });

  const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
  const mappedDag = aDag({
    steps: [
      aDagStep({name: 'load'}),
      ...[0, 1].map(item => aDagStep({name: `map:embed:${item}`, upstream: ['load'], group})),
    ],
  });
  const load = anAttempt({name: 'load', startedAt: at(1), endedAt: at(10)});
  const anItem = (index: number, startedAt: number, endedAt: number) =>
    anAttempt({name: `map:embed:${index}`, startedAt: at(startedAt), endedAt: at(endedAt)});

  test('comes after a closed group only if all of its items had ended', () => {
    const after = aWatchedState(
      mappedDag,
      [load, anItem(0, 11, 20), anItem(1, 11, 30)],
      [aQuestion({createdAt: at(31)})],
    );
    startJourney(after)
      .press('D', 'G')
      .showsCursorAt('approve')
      .shows(/asked after +✓ embed/);
    const during = aWatchedState(
      mappedDag,
      [load, anItem(0, 11, 20), anItem(1, 50, 60)],
      [aQuestion({isPending: false, createdAt: at(31), resolvedAt: at(45)})],
    );
    const user = startJourney(during).press('D', 'G').showsCursorAt('approve');
    user.shows(/asked after +✓ load/).hides('closes a cycle');
  });

  test('is listed at the end if no step had finished before it', () => {
    const state = aWatchedState(mappedDag, [{...load, status: 'running', endedAt: undefined}], [aQuestion()]);
    startJourney(state)
      .press('D', 'G')
      .showsCursorAt('approve')
      .shows(/asked after +no finished step/);
  });

  test('never closes a cycle, whatever the clocks of workers say', () => {
    // `deploy` follows `train`, but by its clock it ended before the question, and `train` started after the answer.
    const skewedState = aWatchedState(
      trainingDag,
      [
        anAttempt({name: 'train', startedAt: at(61), endedAt: at(62)}),
        anAttempt({name: 'deploy', startedAt: at(20), endedAt: at(30)}),
      ],
      [answeredQuestion],
    );
    startJourney(skewedState).press('D', 'G').hides('cycle');
  });

  test('can be drawn in ASCII', () => {
    const text = renderFrameLines(startJourney(answeredState).press('D').state(), asciiTheme).join('\n');
    assert.match(text, /^[\x20-\x7e\n]*$/);
    assert.match(text, /=-\| approve/);
  });
});
