import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {DagChildRun} from '../../../src/domain/dag.js';
import {toRunId} from '../../../src/domain/ids.js';
import type {Run} from '../../../src/domain/run.js';
import type {Action} from '../../../src/store/action.js';
import {getNeeds} from '../../../src/store/needs.js';
import type {State} from '../../../src/store/state.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../../support/builders.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

const runId = aRun().id;
const childId = toRunId('44444444-4444-4444-8444-444444444444');
const size = {columns: 120, rows: 30};
const load = anAttempt({name: 'load', startedAt: at(1), endedAt: at(20)});

const findDueAt = (state: State, key: string) => getNeeds(state).find(need => need.key === key)?.dueAt;

describe('a child run', () => {
  const createChild = (status: 'running' | 'completed', durationMs?: number): DagChildRun => ({
    id: childId,
    name: 'tune',
    status: {status, statusWord: status},
    startedAt: at(500),
    durationMs,
  });
  const aParentState = (child: DagChildRun, changes: Partial<Run> = {}): State =>
    aWatchingState({
      size,
      run: aRun({isDynamic: true, ...changes}),
      dag: aDag({steps: [aDagStep({name: 'load'})], childRuns: [child]}),
      attempts: [load],
    });

  test('that outlives its parent is still fetched', () => {
    const key = `children:${runId}`;
    const child = {...aRun({id: childId, status: 'running'}), startedAt: at(500)};
    const createChildArrival = (seconds: number, changes: Partial<Run> = {}) =>
      createArrival(key, {kind: 'child-runs', runId, runs: [{...child, ...changes}]}, at(seconds));
    const over = reduceAll(aParentState(createChild('running'), {status: 'stopped', endedAt: at(100)}));
    assert.ok(over.openRun?.overAt !== undefined);
    const fetched = reduceAll(over, createChildArrival(610));
    assert.equal(findDueAt(fetched, key), at(625) + 200);
    const ended = reduceAll(fetched, createChildArrival(626, {status: 'completed', endedAt: at(620)}));
    assert.equal(findDueAt(ended, key), Number.POSITIVE_INFINITY);
  });

  test('stays as the list of child runs has it when a graph arrives that was requested before the list', () => {
    const other = toRunId('55555555-5555-4555-8555-555555555555');
    const child = aRun({id: childId, status: 'completed', startedAt: at(500), endedAt: at(600)});
    const state = reduceAll(
      aParentState(createChild('running')),
      createArrival(
        `children:${runId}`,
        {kind: 'child-runs', runId, runs: [child, aRun({id: other, status: 'running'})]},
        at(612),
      ),
    );
    const receiveDag = (requestedAt: number, childRuns: readonly DagChildRun[]) =>
      reduceAll(state, {
        ...createArrival(`dag:${runId}`, {kind: 'dag', runId, dag: aDag({childRuns})}, at(requestedAt)),
        respondedAt: at(620),
      } as Action).openRun!.childRuns.map(({id, status}) => [id, status?.status]);
    assert.deepEqual(receiveDag(611, [createChild('running')]), [
      [childId, 'completed'],
      [other, 'running'],
    ]);
    assert.deepEqual(receiveDag(613, [createChild('running')]), [[childId, 'running']], 'unless it was resumed since');
  });

  test('stays as the graph has it when a list arrives that was requested before the graph', () => {
    const state = reduceAll(
      aParentState(createChild('running')),
      createArrival(
        `dag:${runId}`,
        {kind: 'dag', runId, dag: aDag({childRuns: [createChild('completed', 99_000)]})},
        at(612),
      ),
    );
    const receiveList = (requestedAt: number) =>
      reduceAll(state, {
        ...createArrival(
          `children:${runId}`,
          {kind: 'child-runs', runId, runs: [aRun({id: childId, status: 'running', startedAt: at(500)})]},
          at(requestedAt),
        ),
        respondedAt: at(620),
      } as Action).openRun!.childRuns.map(({status, durationMs}) => [status?.status, durationMs]);
    assert.deepEqual(receiveList(611), [['completed', 99_000]]);
    assert.deepEqual(receiveList(613), [['running', undefined]], 'unless it was resumed since');
  });

  test('whose steps were fetched before it ended has them fetched once more', () => {
    const key = `child-dag:${childId}`;
    const steps = [
      aDagStep({name: 'sample', status: {status: 'completed', statusWord: 'completed'}}),
      aDagStep({name: 'fit'}),
    ];
    const createDagArrival = (seconds: number) =>
      createArrival(key, {kind: 'child-dag', runId, childId, dag: aDag({steps})}, at(seconds));
    const open = reduceAll(
      aParentState(createChild('completed', 104_000)),
      {type: 'selection/moved', by: 1},
      {type: 'group/toggled'},
    );
    assert.ok(findDueAt(open, key) !== undefined);
    assert.equal(findDueAt(reduceAll(open, createDagArrival(602)), key), at(607) + 200);
    assert.equal(findDueAt(reduceAll(open, createDagArrival(608)), key), Number.POSITIVE_INFINITY);
  });
});
