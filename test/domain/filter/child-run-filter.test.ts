import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {DagChildRun} from '../../../src/domain/dag.js';
import {createChildRunFilter} from '../../../src/domain/filter/child-run-filter.js';
import {getRows} from '../../../src/store/selectors.js';
import {aMappedState} from '../../support/screens.js';
import {reduceAll} from '../../support/watching.js';

const child: DagChildRun = {
  id: undefined,
  name: 'sample_quality-2026_11_24-12_03_28_741902',
  status: {status: 'failed', statusWord: 'failed'},
  startedAt: undefined,
  durationMs: undefined,
};

test.each([
  ['', true],
  ['Sample', true],
  ['smpl', false],
  ['failed', true],
  ['fail', false],
  ['status:fail', true],
  ['status:completed', false],
  ['status:completed status:failed', true],
  ['name:quality status:failed', true],
  ['!failed', false],
  ['!status:completed', true],
  ['group:sample', false],
  ['slow', false],
])('a child run matches "%s": %s', (filter, expected) => {
  assert.equal(createChildRunFilter(filter)(child), expected);
});

test('the filter of the list of steps keeps the child runs that match', () => {
  const state = aMappedState();
  const countChildRuns = (text: string) => {
    const {openRun} = reduceAll(
      {...state, openRun: {...state.openRun!, childRuns: [child]}},
      {type: 'field/opened', purpose: 'steps'},
      {type: 'field/typed', text},
    );
    return getRows(openRun!).rows.filter(({kind}) => kind === 'run').length;
  };
  assert.equal(countChildRuns('quality'), 1);
  assert.equal(countChildRuns('embed'), 0);
});
