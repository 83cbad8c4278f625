import assert from 'node:assert/strict';
import {test} from 'vitest';
import {findStep} from '../../../src/domain/step-table.js';
import {getListedGraph} from '../../../src/store/selectors.js';
import {aDag, aDagStep, anAttempt, aRun, at} from '../../support/builders.js';
import {aWatchingState, createArrival, reduceAll} from '../../support/watching.js';

test('the graph of 5,000 steps in open groups is not laid out again when a status changes or the cursor moves', () => {
  const group = {id: 'map:embed:', name: 'embed', type: 'map'} as const;
  const names = Array.from({length: 5000}, (_, index) => `map:embed:${index}`);
  const dag = aDag({
    steps: [aDagStep({name: 'plan'}), ...names.map(name => aDagStep({name, group, upstream: ['plan']}))],
  });
  const run = aRun({isDynamic: true});
  const attempts = [anAttempt({name: 'plan', startedAt: at(1), endedAt: at(5)})];
  const open = reduceAll(
    aWatchingState({run, dag, attempts}),
    {type: 'graph/toggled'},
    {type: 'selection/jumped', to: 'last'},
    {type: 'group/toggled'},
  );
  const before = getListedGraph(open.openRun!);
  assert.equal(before.keys.length, 5001);
  const page = {
    items: [anAttempt({name: 'map:embed:7', status: 'running', startedAt: at(6)})],
    index: 1,
    pageCount: 1,
    total: 1,
  };
  const changed = reduceAll(
    open,
    createArrival(`steps:delta:${run.id}`, {kind: 'steps', runId: run.id, subset: 'delta', size: 100, page}, at(602)),
    {type: 'selection/moved', by: -100},
  );
  assert.equal(findStep(changed.openRun!.table, 'map:embed:7')?.attempts.length, 1);
  assert.equal(getListedGraph(changed.openRun!), before);
});
