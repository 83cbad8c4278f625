import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {decodeRun} from '../../src/api/decode/run.js';
import {decodeRecord} from '../../src/api/decode/wire.js';
import {toArtifactVersionId, toRunId} from '../../src/domain/ids.js';
import type {Action} from '../../src/store/action.js';
import type {State} from '../../src/store/state.js';
import {readRecording} from '../api/recorded.js';
import {aDag, aDagStep, anArtifact, anAttempt, anInput, anOutput, aRun, at} from '../support/builders.js';
import {startJourney} from '../support/journey.js';
import {aWatchingState, createArrival, reduceAll} from '../support/watching.js';

const createArtifact = (letter: string) => anArtifact({id: toArtifactVersionId(`artifact-${letter}`)});
const childId = toRunId('33333333-3333-4333-8333-333333333333');

/** `report` loads by hand what `train` wrote, and `select` reads what the child run returned. */
const attempts = [
  anAttempt({name: 'train', startedAt: at(1), endedAt: at(20), outputs: [anOutput({artifact: createArtifact('a')})]}),
  anAttempt({name: 'check', startedAt: at(21), endedAt: at(30)}),
  anAttempt({
    name: 'report',
    startedAt: at(31),
    endedAt: at(40),
    inputs: [anInput({inputType: 'manual', artifact: createArtifact('a')})],
  }),
  anAttempt({
    name: 'select',
    startedAt: at(90),
    endedAt: at(95),
    inputs: [anInput({inputType: 'external', artifact: createArtifact('b')})],
  }),
];

const dag = aDag({
  steps: ['train', 'check', 'report', 'select'].map(name => aDagStep({name})),
  childRuns: [
    {
      id: childId,
      name: 'tune',
      status: {status: 'completed', statusWord: 'completed'},
      startedAt: at(41),
      durationMs: 40_000,
    },
  ],
});

const childRunArrival: Action = createArrival(
  `children:${aRun().id}`,
  {
    kind: 'child-runs',
    runId: aRun().id,
    runs: [aRun({id: childId, name: 'tune', index: undefined, outputIds: [createArtifact('b').id]})],
  },
  at(600),
);

const createState = (): State =>
  reduceAll(aWatchingState({run: aRun({isDynamic: true}), dag, attempts}), childRunArrival);

const readRows = (lines: readonly string[]) =>
  lines.flatMap(line => /^ . (.{0,14}(?:train|check|report|select|tune))\b/.exec(line)?.[1]?.replace(/ +/g, ' ') ?? []);

describe('edges known only from artifacts', () => {
  test('put a step of the graph below the steps that it reads from', () => {
    assert.deepEqual(readRows(startJourney(createState()).press('D').lines()), [
      '✓ train',
      '✓ report',
      ' ◒ ▸ ↳ tune',
      ' ✓ select',
      '✓ check',
    ]);
  });

  test('are dotted in the graph, unlike the edges that ZenML records', () => {
    const dagWithEdge = aDag({
      ...dag,
      steps: dag.steps.map(step => (step.name === 'check' ? {...step, upstream: ['train']} : step)),
    });
    const state = reduceAll(
      aWatchingState({run: aRun({isDynamic: true}), dag: dagWithEdge, attempts}),
      childRunArrival,
    );
    const text = startJourney(state).press('D').lines().join('\n');
    assert.match(text, /✓┄╮ train .*\n {3}✓ ┆ check .*\n {5}✓ report/);
  });

  test('are listed in the panel, separate from what the step waits for', () => {
    const user = startJourney(createState()).press('D', 'g', 'j').showsCursorAt('report');
    user.shows(/follows +nothing/, /reads from +train by loading an artifact/);
    user.press('j').shows(/feeds +select/);
    user.press('j').shows(/reads from +tune by loading an artifact/);
  });

  test('are followed by l, and h goes to what the step waited for last', () => {
    startJourney(createState()).press('D', 'g', 'l').showsCursorAt('report').press('h').showsCursorAt('check');
  });

  test('lead to a child run under its pipeline and number once these are known', () => {
    const runs = [
      aRun({id: childId, name: 'tune-2026_11_23-21_04_11', index: 12, outputIds: [createArtifact('b').id]}),
    ];
    const key = `children:${aRun().id}`;
    const namedArrival = createArrival(key, {kind: 'child-runs', runId: aRun().id, runs}, at(600));
    const dagArrival = createArrival(`dag:${aRun().id}`, {kind: 'dag', runId: aRun().id, dag}, at(601));
    const user = startJourney(reduceAll(createState(), namedArrival, dagArrival))
      .press('D', 'G', 'k', 'k')
      .showsCursorAt('▸ ↳ training_pipeline #12');
    user.press('l').shows(/reads from +training_pipeline #12 by loading/);
    user.press('t').shows(/critical path so far .*training_pipeline #12 ›/);
  });

  test('come from the outputs of child runs as a real server lists them', () => {
    const [item] = decodeRecord(readRecording('0.98.0', 'child-runs').body)['items'] as readonly unknown[];
    assert.equal(decodeRun(decodeRecord(item))?.outputIds?.length, 1);
  });

  test('survive a graph that does not say what child runs wrote', () => {
    const state = reduceAll(
      createState(),
      createArrival(`dag:${aRun().id}`, {kind: 'dag', runId: aRun().id, dag}, at(601)),
    );
    assert.deepEqual(readRows(startJourney(state).press('D').lines()), [
      '✓ train',
      '✓ report',
      ' ✓ ▸ ↳ tune',
      ' ✓ select',
      '✓ check',
    ]);
  });
});
