import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {Instant} from '../../src/domain/instant.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import {isFinished} from '../../src/domain/status.js';
import {findLatestAttempt, type Step} from '../../src/domain/step.js';
import {emptyStepTable, getCountedStatus, iterateSteps, type StepTable} from '../../src/domain/step-table.js';
import {at} from '../support/builders.js';
import {dagAt, type History, history, listAt} from '../support/histories.js';

/** An answer of the server: what was asked, as of when, and for a list which of its rows came. */
type Told =
  | {readonly kind: 'dag'; readonly now: Instant}
  | {readonly kind: 'list'; readonly now: Instant; readonly part: number};

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.record({kind: fc.constant('dag' as const), now: fc.integer({min: 0, max: 150}).map(at)}),
  fc.record({
    kind: fc.constant('list' as const),
    now: fc.integer({min: 0, max: 150}).map(at),
    part: fc.integer({min: 1, max: 3}),
  }),
);

const brought = (table: StepTable, whole: History, answer: Told): StepTable =>
  answer.kind === 'dag'
    ? withDag(table, dagAt(whole, answer.now))
    : withAttempts(
        table,
        listAt(whole, answer.now).filter((_, place) => place % answer.part === 0),
      );

/** What is told of a step at last, without what says the same in another way. */
const essence = (step: Step) => ({name: step.name, attempts: step.attempts, upstream: step.upstream});

const finalOf = (table: StepTable, whole: History) =>
  [...iterateSteps(withDag(withAttempts(table, listAt(whole, whole.endAt)), dagAt(whole, whole.endAt)))].map(essence);

/** How far a step has come: attempts, and whether the last of them is finished. */
const progressOf = (step: Step): number => {
  const attempt = findLatestAttempt(step);
  return step.attempts.length * 2 + (attempt !== undefined && isFinished(attempt.status) ? 1 : 0);
};

const recounted = (table: StepTable): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const step of iterateSteps(table)) {
    counts[getCountedStatus(step)] = (counts[getCountedStatus(step)] ?? 0) + 1;
  }
  return counts;
};

describe('what comes of answers in any order', () => {
  test('whatever came before, late, twice or in part: the whole truth makes the same table', () => {
    fc.assert(
      fc.property(history, fc.array(told, {maxLength: 12}), (whole, answers) => {
        const table = answers.reduce((known, answer) => brought(known, whole, answer), emptyStepTable);
        assert.deepEqual(finalOf(table, whole), finalOf(emptyStepTable, whole));
      }),
      {numRuns: 300},
    );
  });

  test('an answer that was seen before changes nothing, not even which objects are held', () => {
    fc.assert(
      fc.property(history, fc.array(told, {minLength: 1, maxLength: 12}), (whole, answers) => {
        const table = answers.reduce((known, answer) => brought(known, whole, answer), emptyStepTable);
        assert.equal(brought(table, whole, answers.at(-1)!), table);
      }),
      {numRuns: 300},
    );
  });

  test('no late answer takes an attempt back from its end, or away', () => {
    fc.assert(
      fc.property(history, fc.array(told, {minLength: 2, maxLength: 12}), (whole, answers) => {
        let table: StepTable = emptyStepTable;
        for (const answer of answers) {
          const before = new Map([...iterateSteps(table)].map(step => [step.name, step]));
          table = brought(table, whole, answer);
          for (const step of iterateSteps(table)) {
            const known = before.get(step.name);
            before.delete(step.name);
            assert.ok(known === undefined || progressOf(step) >= progressOf(known), `${step.name} went back`);
          }
          assert.deepEqual([...before.keys()], [], 'a step is gone');
        }
      }),
      {numRuns: 300},
    );
  });

  test('attempts are numbered upwards, and all but the last are retried', () => {
    fc.assert(
      fc.property(history, fc.array(told, {minLength: 1, maxLength: 12}), (whole, answers) => {
        const table = answers.reduce((known, answer) => brought(known, whole, answer), emptyStepTable);
        for (const {attempts} of iterateSteps(table)) {
          const numbers = attempts.map(attempt => attempt.number);
          assert.deepEqual(
            numbers,
            [...new Set(numbers)].sort((a, b) => a - b),
          );
          assert.ok(attempts.slice(0, -1).every(attempt => attempt.status === 'retried'));
        }
      }),
      {numRuns: 300},
    );
  });

  test('the counts are always those of a recount', () => {
    fc.assert(
      fc.property(history, fc.array(told, {maxLength: 12}), (whole, answers) => {
        const table = answers.reduce((known, answer) => brought(known, whole, answer), emptyStepTable);
        assert.deepEqual(table.counts, recounted(table));
      }),
      {numRuns: 300},
    );
  });
});
