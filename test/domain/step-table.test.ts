import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {Status} from '../../src/domain/status.js';
import type {Step} from '../../src/domain/step.js';
import type {Group} from '../../src/domain/step-config.js';
import {
  countSteps,
  emptyStepTable,
  findStep,
  findStepAt,
  findStepIndex,
  getCountedStatus,
  iterateSteps,
  type StepTable,
} from '../../src/domain/step-table.js';
import {createStepTable, withSteps} from '../../src/domain/update-step-table.js';
import {anAttempt, aPlannedStep, aStep} from '../support/builders.js';

const buildNamedSteps = (count: number, status: Status = 'completed'): readonly Step[] =>
  Array.from({length: count}, (_, index) => aStep({name: `step_${index}`, status}));

const countSharedChunks = (before: StepTable, after: StepTable): number =>
  after.chunks.filter(chunk => before.chunks.includes(chunk)).length;

describe('a table of steps', () => {
  test('finds steps by index and by name', () => {
    const table = createStepTable(buildNamedSteps(200));
    assert.equal(findStepAt(table, 130)?.name, 'step_130');
    assert.equal(findStepIndex(table, 'step_130'), 130);
    assert.equal(findStep(table, 'step_200'), undefined);
    assert.equal(findStepAt(table, 200), undefined);
    assert.equal([...iterateSteps(table)].length, 200);
  });

  test('counts steps without a step run as waiting', () => {
    const table = createStepTable([aPlannedStep({name: 'a'}), aStep({name: 'b', status: 'failed'})]);
    assert.deepEqual(table.counts, {waiting: 1, failed: 1});
    assert.equal(countSteps(table.counts, 'failed', 'waiting', 'running'), 2);
  });

  test('changing one step of 5,000 copies only its chunk', () => {
    const table = createStepTable(buildNamedSteps(5000));
    const next = withSteps(table, [aStep({name: 'step_2500', status: 'failed'})]);
    assert.equal(countSharedChunks(table, next), table.chunks.length - 1);
    assert.equal(next.structure, table.structure);
    assert.equal(findStepAt(next, 2501), findStepAt(table, 2501));
    assert.equal(findStepAt(table, 2500)?.attempts[0]?.status, 'completed');
  });

  test('a heartbeat keeps the counts', () => {
    const table = createStepTable(buildNamedSteps(3, 'running'));
    const next = withSteps(table, [
      aStep({name: 'step_1', attempts: [anAttempt({status: 'running', heartbeatAt: 5})]}),
    ]);
    assert.notEqual(next, table);
    assert.equal(next.counts, table.counts);
    assert.equal(next.countsByGroup, table.countsByGroup);
  });

  test('the same steps again return the same table', () => {
    const table = createStepTable(buildNamedSteps(3));
    assert.equal(withSteps(table, [...iterateSteps(table)]), table);
  });

  test('two tables derived from one do not affect each other', () => {
    const root = createStepTable(buildNamedSteps(2));
    const left = withSteps(root, [aStep({name: 'left'})]);
    const right = withSteps(root, [aStep({name: 'right'}), aStep({name: 'other'})]);
    assert.equal(findStepIndex(root, 'left'), undefined);
    assert.equal(findStepIndex(left, 'right'), undefined);
    assert.equal(findStepIndex(right, 'left'), undefined);
    assert.equal(findStep(left, 'left')?.name, 'left');
    assert.equal(findStep(right, 'other')?.name, 'other');
  });

  test('the empty table stays empty', () => {
    createStepTable(buildNamedSteps(3));
    assert.equal(emptyStepTable.structure.indexByName.size, 0);
  });
});

const aGroup = (id: string): Group => ({id, name: id, type: 'map'});

const anyStep: fc.Arbitrary<Step> = fc
  .record({
    name: fc.integer({min: 0, max: 90}).map(index => `step_${index}`),
    status: fc.constantFrom<Status | undefined>('running', 'completed', 'failed', undefined),
    group: fc.constantFrom(undefined, aGroup('a'), aGroup('b')),
  })
  .map(({name, status, group}) => (status === undefined ? aPlannedStep({name, group}) : aStep({name, status, group})));

const recount = (steps: readonly Step[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const step of steps) {
    counts[getCountedStatus(step)] = (counts[getCountedStatus(step)] ?? 0) + 1;
  }
  return counts;
};

describe('any steps, added in any portions', () => {
  const anyPortions = fc.array(fc.array(anyStep, {maxLength: 20}), {maxLength: 8});

  test('keep the last step of each name, in the order in which the names were added', () => {
    fc.assert(
      fc.property(anyPortions, portions => {
        const table = portions.reduce(withSteps, emptyStepTable);
        const stepsByName = new Map(portions.flat().map(step => [step.name, step]));
        assert.deepEqual([...iterateSteps(table)], [...stepsByName.values()]);
      }),
    );
  });

  test('have the counts and groups that a recount gives', () => {
    fc.assert(
      fc.property(anyPortions, portions => {
        const table = portions.reduce(withSteps, emptyStepTable);
        const steps = [...iterateSteps(table)];
        assert.deepEqual(table.counts, recount(steps));
        const ids = [...new Set(steps.flatMap(step => (step.group === undefined ? [] : [step.group.id])))].sort();
        assert.deepEqual([...table.structure.groupsById.keys()].sort(), ids);
        assert.deepEqual([...table.countsByGroup.keys()].sort(), ids);
        for (const id of ids) {
          const members = steps.filter(step => step.group?.id === id);
          assert.deepEqual(table.countsByGroup.get(id), recount(members));
          const indexes = members.map(step => steps.indexOf(step));
          assert.deepEqual(table.structure.groupsById.get(id)?.indexes, indexes);
        }
      }),
    );
  });

  test('leave previous tables unchanged', () => {
    fc.assert(
      fc.property(anyPortions, portions => {
        const snapshots: [StepTable, string][] = [];
        let table: StepTable = emptyStepTable;
        for (const portion of portions) {
          table = withSteps(table, portion);
          snapshots.push([table, JSON.stringify([[...iterateSteps(table)], table.counts, [...table.countsByGroup]])]);
        }
        for (const [old, text] of snapshots) {
          assert.equal(JSON.stringify([[...iterateSteps(old)], old.counts, [...old.countsByGroup]]), text);
        }
      }),
    );
  });
});
