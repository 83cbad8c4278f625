import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {createStepFilter, parseStepTerms} from '../../../src/domain/filter/step-filter.js';
import {getElapsedMs} from '../../../src/domain/instant.js';
import {isSlow} from '../../../src/domain/slowness.js';
import {getPhase} from '../../../src/domain/status.js';
import {findLatestAttempt, getStepStatus, type Step} from '../../../src/domain/step.js';
import {findStepAt, iterateSteps, type StepTable} from '../../../src/domain/step-table.js';
import {createStepTable} from '../../../src/domain/update-step-table.js';
import {type Arrangement, defaultArrangement, stepOrders} from '../../../src/store/list/arrangement.js';
import type {Row} from '../../../src/store/list/rows.js';
import type {OpenRun} from '../../../src/store/run/open-run.js';
import {getRows} from '../../../src/store/selectors.js';
import {at} from '../../support/builders.js';
import {someTables} from '../../support/random-steps.js';
import {aWatchingState} from '../../support/watching.js';

const now = at(70);

const filters = [
  '',
  'train',
  'status:failed',
  '!status:completed',
  'cached',
  'retried',
  'slow',
  'group:embed',
  'e 1',
  'status:running,failed !name:load',
  'zzz',
];

const anArrangement = fc.record<Arrangement>({
  filter: fc.constantFrom(...filters),
  isHidingSuccessful: fc.boolean(),
  order: fc.constantFrom(...stepOrders),
  isReversed: fc.boolean(),
  toggledGroups: fc.constantFrom(new Set<string>(), new Set(['g1'])),
  asOf: fc.constant(now),
});

const base = aWatchingState().openRun!;

const anOpenRun = (table: StepTable, arrangement: Arrangement): OpenRun => ({
  ...base,
  table,
  list: {...base.list, openIds: new Set(['g2']), arrangement},
});

/** Filters every step from scratch. */
const filterSteps = (table: StepTable, {filter, isHidingSuccessful}: Arrangement): readonly Step[] => {
  const steps = [...iterateSteps(table)];
  const isWanted = createStepFilter(parseStepTerms(filter), {
    isRunOver: false,
    listNames: () => steps.map(({name}) => name),
    isSlow: step => isSlow(step, table, now, undefined),
  });
  return steps.filter(
    step => isWanted(step) && !(isHidingSuccessful && getPhase(getStepStatus(step, false)) === 'succeeded'),
  );
};

/** The indexes of the steps that a row stands for; those in a group count for the row of the group. */
const getIndexes = (row: Row): readonly number[] => {
  if (row.kind === 'group') {
    return row.members ?? [];
  }

  return row.kind === 'step' && !row.isInGroup ? [row.index] : [];
};

test('incremental filtering selects the same steps as filtering every step, after any changes', () => {
  fc.assert(
    fc.property(someTables, anArrangement, (tables, arrangement) => {
      for (const table of tables) {
        const {rows, hiddenCount} = getRows(anOpenRun(table, arrangement));
        const expectedSteps = filterSteps(table, arrangement);
        assert.equal(hiddenCount, table.structure.length - expectedSteps.length);
        if (arrangement.filter !== '' || arrangement.isHidingSuccessful) {
          const shownIndexes = rows.flatMap(getIndexes).sort((one, other) => one - other);
          assert.deepEqual(
            shownIndexes.map(index => findStepAt(table, index)!.name),
            expectedSteps.map(({name}) => name),
          );
        }
      }
    }),
  );
});

test('an incrementally updated list equals a list laid out from scratch', () => {
  fc.assert(
    fc.property(someTables, anArrangement, (tables, arrangement) => {
      const updatedList = tables.map(table => getRows(anOpenRun(table, arrangement))).at(-1)!;
      // The same steps in a table that shares nothing with the cached one.
      const fresh = createStepTable([...iterateSteps(tables.at(-1)!)].map(step => ({...step})));
      const rebuiltList = getRows(anOpenRun(fresh, {...arrangement}));
      assert.deepEqual(updatedList.rows, rebuiltList.rows);
      assert.deepEqual([...updatedList.indexByKey], [...rebuiltList.indexByKey]);
    }),
  );
});

test('every row has a position, and the steps of an open group are below it', () => {
  fc.assert(
    fc.property(someTables, anArrangement, (tables, arrangement) => {
      const table = tables.at(-1)!;
      const {rows, indexByKey} = getRows(anOpenRun(table, arrangement));
      assert.equal(indexByKey.size, rows.length);
      rows.forEach(({key}, index) => {
        assert.equal(indexByKey.get(key), index);
      });
      rows.forEach((row, index) => {
        if (row.kind === 'step' && row.isInGroup) {
          const above = rows.slice(0, index).findLast(({kind}) => kind === 'group');
          assert.equal(
            above?.kind === 'group' && above.isOpen && above.groupId,
            findStepAt(table, row.index)!.group!.id,
          );
        }
      });
    }),
  );
});

test('steps are sorted by the chosen value, and steps without one are last', () => {
  const measures = {
    duration: (step: Step) => {
      const attempt = findLatestAttempt(step);
      return attempt === undefined ? undefined : attempt.status === 'cached' ? 0 : -getElapsedMs(attempt, now)!;
    },
    start: (step: Step) => (step.attempts[0] === undefined ? undefined : -step.attempts[0].startedAt!),
  };
  fc.assert(
    fc.property(someTables, fc.constantFrom('duration', 'start'), fc.boolean(), (tables, order, isReversed) => {
      const table = tables.at(-1)!;
      const {rows} = getRows(anOpenRun(table, {...defaultArrangement, asOf: now, order, isReversed}));
      const ungroupedSteps = rows.flatMap(row =>
        row.kind === 'step' && !row.isInGroup ? [findStepAt(table, row.index)!] : [],
      );
      const values = ungroupedSteps.map(measures[order]);
      const knownValues = values.filter(value => value !== undefined);
      assert.deepEqual(values.slice(0, knownValues.length), knownValues);
      const expectedValues = [...knownValues].sort((one, other) => (isReversed ? other - one : one - other));
      assert.deepEqual(knownValues, expectedValues);
    }),
  );
});
