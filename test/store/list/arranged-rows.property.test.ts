import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {stepFilter, stepTermsOf} from '../../../src/domain/filter/step-filter.js';
import {elapsedMs} from '../../../src/domain/instant.js';
import {tableOf} from '../../../src/domain/put-steps.js';
import {isSlow} from '../../../src/domain/slowness.js';
import {phaseOf} from '../../../src/domain/status.js';
import {latestAttempt, type Step, stepStatus} from '../../../src/domain/step.js';
import {type StepTable, stepAt, stepsOf} from '../../../src/domain/step-table.js';
import {type Arrangement, plainArrangement} from '../../../src/store/list/arrangement.js';
import type {Row} from '../../../src/store/rows.js';
import {rowsOf} from '../../../src/store/selectors.js';
import type {Watch} from '../../../src/store/watch.js';
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
  isHidingDone: fc.boolean(),
  order: fc.constantFrom('pipeline', 'duration', 'status', 'start'),
  isReversed: fc.boolean(),
  turnedGroups: fc.constantFrom(new Set<string>(), new Set(['g1'])),
  asOf: fc.constant(now),
});

const base = aWatchingState().watch!;

const watchOf = (table: StepTable, arrangement: Arrangement): Watch => ({
  ...base,
  table,
  list: {...base.list, openGroups: new Set(['g2']), arrangement},
});

/** Every step looked at anew. */
const wantedOf = (table: StepTable, {filter, isHidingDone}: Arrangement): readonly Step[] => {
  const steps = [...stepsOf(table)];
  const isWanted = stepFilter(stepTermsOf(filter), {
    isRunOver: false,
    names: () => steps.map(({name}) => name),
    isSlow: step => isSlow(step, table, now, undefined),
  });
  return steps.filter(step => isWanted(step) && !(isHidingDone && phaseOf(stepStatus(step, false)) === 'succeeded'));
};

const placesIn = (row: Row): readonly number[] =>
  row.kind === 'step' ? (row.isInGroup ? [] : [row.index]) : row.kind === 'group' ? (row.members ?? []) : [];

test('what is let through is what a look at every step lets through, after any changes', () => {
  fc.assert(
    fc.property(someTables, anArrangement, (tables, arrangement) => {
      for (const table of tables) {
        const {rows, hiddenCount} = rowsOf(watchOf(table, arrangement));
        const wanted = wantedOf(table, arrangement);
        assert.equal(hiddenCount, table.structure.length - wanted.length);
        if (arrangement.filter !== '' || arrangement.isHidingDone) {
          const shown = rows.flatMap(placesIn).sort((one, other) => one - other);
          assert.deepEqual(
            shown.map(place => stepAt(table, place)!.name),
            wanted.map(({name}) => name),
          );
        }
      }
    }),
  );
});

test('a list that follows the changes is the list that is laid out anew', () => {
  fc.assert(
    fc.property(someTables, anArrangement, (tables, arrangement) => {
      const followed = tables.map(table => rowsOf(watchOf(table, arrangement))).at(-1)!;
      // The same steps in a table that shares nothing with what is remembered.
      const fresh = tableOf([...stepsOf(tables.at(-1)!)].map(step => ({...step})));
      const anew = rowsOf(watchOf(fresh, {...arrangement}));
      assert.deepEqual(followed.rows, anew.rows);
      assert.deepEqual([...followed.placeByKey], [...anew.placeByKey]);
    }),
  );
});

test('every row has its place, and the steps of an open group stand below it', () => {
  fc.assert(
    fc.property(someTables, anArrangement, (tables, arrangement) => {
      const table = tables.at(-1)!;
      const {rows, placeByKey} = rowsOf(watchOf(table, arrangement));
      assert.equal(placeByKey.size, rows.length);
      rows.forEach(({key}, place) => {
        assert.equal(placeByKey.get(key), place);
      });
      rows.forEach((row, place) => {
        if (row.kind === 'step' && row.isInGroup) {
          const above = rows.slice(0, place).findLast(({kind}) => kind === 'group');
          assert.equal(above?.kind === 'group' && above.isOpen && above.groupId, stepAt(table, row.index)!.group!.id);
        }
      });
    }),
  );
});

test('steps are sorted by what is asked for, and those that have none of it stand last', () => {
  const measures = {
    duration: (step: Step) => {
      const attempt = latestAttempt(step);
      return attempt === undefined ? undefined : attempt.status === 'cached' ? 0 : -elapsedMs(attempt, now)!;
    },
    start: (step: Step) => (step.attempts[0] === undefined ? undefined : -step.attempts[0].startedAt!),
  };
  fc.assert(
    fc.property(someTables, fc.constantFrom('duration', 'start'), fc.boolean(), (tables, order, isReversed) => {
      const table = tables.at(-1)!;
      const {rows} = rowsOf(watchOf(table, {...plainArrangement, asOf: now, order, isReversed}));
      const alone = rows.flatMap(row => (row.kind === 'step' && !row.isInGroup ? [stepAt(table, row.index)!] : []));
      const values = alone.map(measures[order]);
      const known = values.filter(value => value !== undefined);
      assert.deepEqual(values.slice(0, known.length), known);
      const sorted = [...known].sort((one, other) => (isReversed ? other - one : one - other));
      assert.deepEqual(known, sorted);
    }),
  );
});
