import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Attempt} from '../../../src/domain/attempt.js';
import type {Status} from '../../../src/domain/status.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import {getRows} from '../../../src/store/selectors.js';
import type {State} from '../../../src/store/state.js';
import {
  aDag,
  aDagStep,
  aDetail,
  anArtifact,
  anAttempt,
  anException,
  anInput,
  aRun,
  at,
} from '../../support/builders.js';
import {renderLines} from '../../support/rendered.js';
import {withSelected} from '../../support/select.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const runId = aRun().id;
const list = anArtifact({itemCount: 60});

const anItem = (index: number, status: Status = 'running', seconds = 10): Attempt =>
  anAttempt({
    name: `map:embed:${index}`,
    status,
    startedAt: at(index),
    endedAt: status === 'running' ? undefined : at(index + seconds),
    updatedAt: at(index + seconds),
    inputs: [anInput({name: 'item', chunkIndex: index, chunkSize: 1, artifact: list})],
  });

const createRowsArrival = (...items: readonly Attempt[]): Action =>
  createArrival(
    `steps:delta:${runId}`,
    {kind: 'steps', runId, subset: 'delta', size: 100, page: {items, index: 1, pageCount: 1, total: items.length}},
    at(700),
  );

const createDagArrival = (count: number): Action => {
  const group = {id: 'of-the-server', name: 'embed', type: 'map'};
  const items = Array.from({length: count}, (_, index) => aDagStep({name: `map:embed:${index}`, group}));
  return createArrival(
    `dag:${runId}`,
    {kind: 'dag', runId, dag: aDag({steps: [aDagStep({name: 'load'}), ...items]})},
    at(701),
  );
};

const start = aWatchingState({
  run: aRun({isDynamic: true}),
  attempts: [anAttempt({name: 'load', status: 'completed'})],
});
const getKeys = (state: State) =>
  getRows(state.openRun!)
    .rows.map(({key}) => key)
    .filter(key => key !== 'this-run');
const getGroupLine = (state: State) => renderLines(state).find(line => /[▸▾] embed/.test(line)) ?? '';

/** Items arrive in any order, before and after the graph, which lags behind. */
const arrivals: readonly Action[] = [
  createRowsArrival(anItem(3)),
  createRowsArrival(anItem(1), anItem(7)),
  createDagArrival(2),
  createRowsArrival(anItem(0), anItem(2), anItem(12)),
  createDagArrival(5),
  createRowsArrival(anItem(10), anItem(1, 'completed')),
  createDagArrival(13),
];

test('a map is a single row as soon as its first item arrives, in whatever order the items arrive', () => {
  let state = reduceAll(start, arrivals[0]!);
  const first = getKeys(state);
  assert.deepEqual(first, ['step:load', 'group:map:embed:']);
  for (const arrival of arrivals.slice(1)) {
    state = reduceAll(state, arrival);
    assert.deepEqual(getKeys(state), first);
  }
});

test('the count of a map never decreases, and its total and its bar are those of its whole input list', () => {
  let state = reduceAll(start, {type: 'size/changed', size: {columns: 120, rows: 30}});
  let done = 0;
  for (const arrival of arrivals) {
    state = reduceAll(state, arrival);
    const [, shown = '0', total] = /\[(\d+)\/(\d+)\]/.exec(getGroupLine(state)) ?? [];
    assert.equal(total, '60');
    assert.ok(Number(shown) >= done);
    done = Number(shown);
  }

  assert.equal(done, 1);
  const bar = /[━─]+/.exec(getGroupLine(state))?.[0] ?? '';
  assert.ok(bar.replaceAll('━', '').length > bar.length / 2, getGroupLine(state));
});

test('items keep the order of the input list of the map, and the selected one stays selected', () => {
  let state = reduceAll(start, arrivals[0]!, {type: 'step/selected', name: 'map:embed:3'});
  for (const arrival of arrivals.slice(1)) {
    state = reduceAll(state, arrival);
    assert.equal(state.openRun?.list.selectedKey, 'step:map:embed:3');
    const indexes = getKeys(state)
      .slice(2)
      .map(key => Number(key.split(':').at(-1)));
    assert.deepEqual(
      indexes,
      indexes.toSorted((one, other) => one - other),
    );
  }

  assert.equal(getKeys(state).length, 2 + 13);
});

test('the pane of a map shows the rate, median, 95th percentile and minimum, and failures by exception', () => {
  const done = Array.from({length: 20}, (_, index) => anItem(index, 'completed', index + 1));
  const failed = [20, 21, 22].map(index => anItem(index, 'failed'));
  const sized = reduceAll(start, createRowsArrival(...done, ...failed), {
    type: 'size/changed',
    size: {columns: 140, rows: 40},
  });
  const state = withSelected(sized, 'group:map:embed:');
  assert.equal(state.openRun?.list.selectedKey, 'group:map:embed:');
  const needed = getNeeds(state).map(({key}) => key);
  for (const {id} of failed) {
    assert.ok(needed.includes(`step:${id}`), needed.join(' '));
  }

  const explained = reduceAll(
    state,
    ...failed.map(attempt =>
      createArrival(
        `step:${attempt.id}`,
        {kind: 'step', detail: aDetail({attempt, exception: anException()})},
        at(702),
      ),
    ),
  );
  const text = renderLines(explained).join('\n');
  assert.match(text, /steps +23 of 60 done/);
  assert.match(text, /times +median 10s · p95 19s · min 1s/);
  assert.match(text, /\d\/(?:s|min)/);
  assert.match(text, /failed +3× CUDA out of memory/);
});
