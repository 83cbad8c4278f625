import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Dag} from '../../src/domain/dag.js';
import {toArtifactVersionId} from '../../src/domain/ids.js';
import type {Action} from '../../src/store/action.js';
import {getNeeds} from '../../src/store/needs.js';
import {getRows} from '../../src/store/selectors.js';
import type {ScreenSize, State} from '../../src/store/state.js';
import {createGraphRows} from '../../src/view/graph/graph-rows.js';
import {layOutStepColumns} from '../../src/view/list/columns.js';
import {buildRowFacts} from '../../src/view/list/row-facts.js';
import {aDag, aDagStep, anArtifact, anAttempt, anInput, anOutput, aRun, at} from '../support/builders.js';
import {testTheme} from '../support/frames.js';
import {renderLines} from '../support/rendered.js';
import {aWatchingState, reduceAll} from '../support/watching.js';

type DagStep = Dag['steps'][number];

const aGraphStep = (name: string, upstream: readonly string[] = [], group?: DagStep['group']): DagStep =>
  aDagStep({name, upstream, group});

const diamond = aDag({
  steps: [
    aGraphStep('ingest'),
    aGraphStep('quick', ['ingest']),
    aGraphStep('slow', ['ingest']),
    aGraphStep('train', ['quick', 'slow', 'ingest']),
    aGraphStep('deploy', ['train']),
    aGraphStep('lonely'),
  ],
});
const attempts = [
  anAttempt({name: 'ingest', startedAt: at(1), endedAt: at(10)}),
  anAttempt({name: 'quick', startedAt: at(11), endedAt: at(20)}),
  anAttempt({name: 'slow', startedAt: at(11), endedAt: at(90)}),
  anAttempt({name: 'train', status: 'running', startedAt: at(91)}),
];

const wide: ScreenSize = {columns: 120, rows: 30};
const move = (to: 'upstream' | 'downstream' | 'previousSibling' | 'nextSibling'): Action => ({type: 'graph/moved', to});

const aGraphState = (size = wide, dag = diamond): State =>
  reduceAll(aWatchingState({dag, attempts, size}), {type: 'graph/toggled'});

const getSelectedAfter = (...actions: readonly Action[]): string | undefined =>
  reduceAll(aGraphState(), ...actions).openRun?.list.selectedKey;

const findRow = (lines: readonly string[], name: string): string =>
  lines.find(line => new RegExp(`^.{3,14}\\b${name}\\b`).test(line)) ?? '';

describe('the graph', () => {
  test.each([[wide], [{columns: 80, rows: 24}], [{columns: 45, rows: 20}]])(
    'shows every step with its rails and what the selected one follows and feeds, on a screen of %o',
    size => {
      const lines = renderLines(aGraphState(size));
      assert.match(findRow(lines, 'ingest'), /^ {3}✓ {5}ingest/);
      assert.match(findRow(lines, 'quick'), /^ {3}├─✓─╮ quick/);
      assert.match(findRow(lines, 'slow'), /^ {3}╰─✓─┤ slow/);
      assert.match(findRow(lines, 'train'), /^ › ◒───╯ train/);
      assert.match(findRow(lines, 'deploy'), /^ {3}⋅ {5}deploy/);
      const text = lines.join('\n');
      assert.match(text, size.columns < 60 ? /← ✓ quick 9s, ✓ slow/ : /follows {5}✓ quick 9s, ✓ slow 1m 19s,/);
      assert.match(text, size.columns < 60 ? /→ ⋅ deploy/ : /feeds {7}⋅ deploy/);
      assert.equal(lines.length, size.rows);
    },
  );

  test('lists steps without edges at the end, and says so', () => {
    const lines = renderLines(aGraphState());
    assert.match(findRow(lines, 'lonely'), /^ {3}⋅ {5}lonely {2}no edges {2}/);
    const dynamic = aWatchingState({run: aRun({isDynamic: true}), dag: diamond, attempts});
    const dynamicLines = renderLines(reduceAll(dynamic, {type: 'graph/toggled'}));
    assert.match(findRow(dynamicLines, 'lonely'), /lonely {2}no edges known/);
  });

  test('says of a live dynamic run that nothing follows yet', () => {
    const renderGraph = (isDynamic: boolean) =>
      renderLines(
        reduceAll(
          aWatchingState({
            run: aRun({isDynamic}),
            dag: aDag({steps: [aGraphStep('ingest')]}),
            attempts: attempts.slice(0, 1),
          }),
          {type: 'graph/toggled'},
        ),
      ).join('\n');
    assert.match(renderGraph(true), /feeds {7}nothing yet/);
    assert.match(renderGraph(false), /feeds {7}nothing *\n/);
  });

  test('says what else a downstream step waits for', () => {
    const text = renderLines(reduceAll(aGraphState(), move('upstream'))).join('\n');
    assert.match(text, /feeds {7}◒ train .*\(also/);
  });

  test('counts the neighbors that do not fit as it counts steps elsewhere, with separators', () => {
    const readers = Array.from({length: 1206}, (_, index) => aGraphStep(`r_${index}`, ['plan']));
    const fan = aWatchingState({dag: aDag({steps: [aGraphStep('plan'), ...readers]}), attempts: [], size: wide});
    const lines = renderLines(reduceAll(fan, {type: 'graph/toggled'}, {type: 'selection/jumped', to: 'first'}));
    assert.match(lines.join('\n'), /\b1,200 more/);
  });

  test('goes to the step that was waited for last, and back the same way', () => {
    assert.equal(getSelectedAfter(move('upstream')), 'step:slow');
    assert.equal(getSelectedAfter(move('upstream'), move('upstream')), 'step:ingest');
    assert.equal(getSelectedAfter(move('upstream'), move('upstream'), move('downstream')), 'step:slow');
    assert.equal(getSelectedAfter(move('upstream'), move('upstream'), move('upstream')), 'step:ingest');
  });

  test('goes upstream to the step whose slot the selected step took', () => {
    const dag = aDag({steps: [aGraphStep('load'), aGraphStep('a', ['load']), aGraphStep('b', ['load'])]});
    const turns = [
      anAttempt({name: 'load', startedAt: at(1), endedAt: at(10)}),
      anAttempt({name: 'a', startedAt: at(11), endedAt: at(100)}),
      anAttempt({name: 'b', startedAt: at(101), endedAt: at(200)}),
    ];
    const state = reduceAll(
      aWatchingState({dag, attempts: turns}),
      {type: 'graph/toggled'},
      {type: 'selection/jumped', to: 'last'},
    );
    const once = reduceAll(state, move('upstream'));
    assert.deepEqual(
      [state, once, reduceAll(once, move('upstream'))].map(each => each.openRun?.list.selectedKey),
      ['step:b', 'step:a', 'step:load'],
    );
  });

  test.each([100, 115])('has its panel below on a screen of %s columns, so that rails have room', columns => {
    const lines = renderLines(aGraphState({columns, rows: 30}));
    assert.match(findRow(lines, 'quick'), /^ {3}├─✓─╮ quick/);
    assert.ok(lines.findIndex(line => line.includes('follows')) > 15, lines.join('\n'));
    assert.equal(lines.length, 30);
  });

  test('says how many edges close a cycle and are not drawn', () => {
    const dag = aDag({steps: [aGraphStep('a', ['b']), aGraphStep('b', ['a'])]});
    const text = renderLines(reduceAll(aWatchingState({dag, attempts: []}), {type: 'graph/toggled'})).join('\n');
    assert.match(text, /cycle +1 edge closes a cycle and is not/);
  });

  test('goes downstream to the step that started first', () => {
    assert.equal(getSelectedAfter({type: 'selection/jumped', to: 'first'}, move('downstream')), 'step:quick');
  });

  test('goes to steps with the same upstream and back', () => {
    assert.equal(getSelectedAfter(move('upstream'), move('previousSibling')), 'step:quick');
    assert.equal(getSelectedAfter(move('upstream'), move('previousSibling'), move('nextSibling')), 'step:slow');
  });

  test('keeps the selected step when it is opened and closed, and takes the place of the timeline', () => {
    const state = reduceAll(aGraphState(), move('upstream'), {type: 'timeline/toggled'});
    assert.equal(state.openRun?.graph.isShown, false);
    assert.equal(reduceAll(state, {type: 'graph/toggled'}).openRun?.timeline.isShown, false);
    const closedState = reduceAll(state, {type: 'graph/toggled'}, {type: 'graph/toggled'});
    assert.equal(closedState.openRun?.list.selectedKey, 'step:slow');
  });

  test('needs no request that the list does not need', () => {
    const listNeeds = new Set(getNeeds(aWatchingState({dag: diamond, attempts})).map(({key}) => key));
    assert.deepEqual(
      getNeeds(aGraphState()).filter(({key}) => !listNeeds.has(key)),
      [],
    );
  });

  test('highlights the critical path by color alone: no text changes', () => {
    const state = reduceAll(aGraphState(), {type: 'graph/pathToggled'});
    assert.equal(renderLines(state).join('\n'), renderLines(aGraphState()).join('\n'));
    const {openRun} = state;
    assert.ok(openRun !== undefined);
    const around = {graphColumns: 120, now: at(600), theme: testTheme};
    const rows = createGraphRows(openRun, layOutStepColumns(72, false), around);
    const highlightedRows = getRows(openRun).rows.filter(row => {
      const facts = buildRowFacts(row, openRun, at(600), testTheme);
      return facts !== undefined && rows.withGutter(row, facts).isHighlighted === true;
    });
    assert.deepEqual(
      highlightedRows.map(({key}) => key),
      ['step:ingest', 'step:slow', 'step:train'],
    );
  });

  test('leaves out successful steps that are hidden', () => {
    const lines = renderLines(reduceAll(aGraphState(), {type: 'list/successfulToggled'}));
    assert.equal(findRow(lines, 'ingest'), '');
    assert.match(findRow(lines, 'train'), /^ › ◒ train/);
    assert.match(findRow(lines, 'deploy'), /^ {3}⋅ deploy/);
  });

  test('keeps paths connected if a filter hides the steps in between', () => {
    const dag = aDag({
      steps: [
        aGraphStep('shown_a'),
        aGraphStep('hidden_b', ['shown_a']),
        aGraphStep('hidden_c', ['shown_a']),
        aGraphStep('shown_b', ['hidden_b']),
        aGraphStep('shown_c', ['hidden_c']),
      ],
    });
    const lines = renderLines(
      reduceAll(
        aGraphState(wide, dag),
        {type: 'field/opened', purpose: 'steps'},
        {type: 'field/typed', text: 'shown'},
        {type: 'field/kept'},
      ),
    );
    assert.equal(findRow(lines, 'hidden_b') + findRow(lines, 'hidden_c'), '');
    assert.doesNotMatch(lines.join('\n'), /no edges/);
    assert.match(findRow(lines, 'shown_b'), /[├╰]─⋅ +shown_b/, lines.join('\n'));
    assert.match(findRow(lines, 'shown_c'), /[├╰]─⋅ +shown_c/, lines.join('\n'));
  });

  const mappedDag = aDag({
    steps: [
      aGraphStep('plan'),
      ...[0, 1, 2].map(item => aGraphStep(`embed:${item}`, ['plan'], {id: 'g', name: 'embed', type: 'map'})),
      aGraphStep('reduce', ['embed:0', 'embed:1', 'embed:2']),
    ],
  });

  test('counts the artifacts that a step reads from the items of a group', () => {
    const items = [0, 1, 2].map(item => {
      const artifact = anArtifact({id: toArtifactVersionId(`vector-${item}`), artifactName: 'vector'});
      return {
        artifact,
        attempt: anAttempt({name: `embed:${item}`, startedAt: at(1), endedAt: at(5), outputs: [anOutput({artifact})]}),
      };
    });
    const reduce = anAttempt({
      name: 'reduce',
      status: 'running',
      startedAt: at(6),
      inputs: items.map(({artifact}) => anInput({artifact})),
    });
    const state = reduceAll(
      aWatchingState({dag: mappedDag, attempts: [...items.map(({attempt}) => attempt), reduce]}),
      {
        type: 'graph/toggled',
      },
    );
    assert.match(renderLines(state).join('\n'), /artifacts +vector ×3 \w* ?from embed/);
  });

  test('shows a closed group as one node, and its steps below it once it is open', () => {
    const closedState = reduceAll(
      aGraphState(wide, mappedDag),
      {type: 'selection/jumped', to: 'first'},
      move('downstream'),
    );
    assert.equal(closedState.openRun?.list.selectedKey, 'group:g');
    assert.match(renderLines(closedState).join('\n'), / › ⋅ ▸ embed.*\n {3}⋅ reduce/);
    assert.match(renderLines(closedState).join('\n'), /follows {5}⋅ plan/);
    const openLines = renderLines(reduceAll(closedState, {type: 'group/toggled'}));
    const from = openLines.findIndex(line => /│ {5}⋅ ▾ embed/.test(line));
    assert.deepEqual(
      openLines.slice(from, from + 5).map(line => line.slice(3, 20).trimEnd()),
      ['│     ⋅ ▾ embed [', '├─⋅─╮   embed:0', '├─⋅─┤   embed:1', '╰─⋅─┤   embed:2', '⋅───╯ reduce  wai'],
    );
    assert.equal(
      new Set(openLines.slice(from, from + 5).map(line => line.indexOf('waiting'))).size,
      1,
      openLines.join('\n'),
    );
  });
});
