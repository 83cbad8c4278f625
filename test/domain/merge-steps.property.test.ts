import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {Instant} from '../../src/domain/instant.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import {isFinished} from '../../src/domain/status.js';
import {findLatestAttempt, type Step} from '../../src/domain/step.js';
import {emptyStepTable, getCountedStatus, iterateSteps, type StepTable} from '../../src/domain/step-table.js';
import {at} from '../support/builders.js';
import {getDagAt, getListAt, type History, history} from '../support/histories.js';

/** A response from the time `now`. A list has only every `stride`-th row. */
type Response =
  | {readonly kind: 'dag'; readonly now: Instant}
  | {readonly kind: 'list'; readonly now: Instant; readonly stride: number};

const anyResponse: fc.Arbitrary<Response> = fc.oneof(
  fc.record({kind: fc.constant('dag' as const), now: fc.integer({min: 0, max: 150}).map(at)}),
  fc.record({
    kind: fc.constant('list' as const),
    now: fc.integer({min: 0, max: 150}).map(at),
    stride: fc.integer({min: 1, max: 3}),
  }),
);

const withResponse = (table: StepTable, whole: History, response: Response): StepTable =>
  response.kind === 'dag'
    ? withDag(table, getDagAt(whole, response.now))
    : withAttempts(
        table,
        getListAt(whole, response.now).filter((_, index) => index % response.stride === 0),
      );

/** The final state of a step, without redundant fields. */
const getEssence = (step: Step) => ({name: step.name, attempts: step.attempts, upstream: step.upstream});

const getFinalSteps = (table: StepTable, whole: History) =>
  [...iterateSteps(withDag(withAttempts(table, getListAt(whole, whole.endAt)), getDagAt(whole, whole.endAt)))].map(
    getEssence,
  );

/** The progress of a step: its attempts, and whether the last one is finished. */
const getProgress = (step: Step): number => {
  const attempt = findLatestAttempt(step);
  return step.attempts.length * 2 + (attempt !== undefined && isFinished(attempt.status) ? 1 : 0);
};

const recount = (table: StepTable): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const step of iterateSteps(table)) {
    counts[getCountedStatus(step)] = (counts[getCountedStatus(step)] ?? 0) + 1;
  }
  return counts;
};

describe('responses in any order', () => {
  test('give the same table once everything has been fetched, even if late, repeated or incomplete', () => {
    fc.assert(
      fc.property(history, fc.array(anyResponse, {maxLength: 12}), (whole, responses) => {
        const table = responses.reduce((known, response) => withResponse(known, whole, response), emptyStepTable);
        assert.deepEqual(getFinalSteps(table, whole), getFinalSteps(emptyStepTable, whole));
      }),
      {numRuns: 300},
    );
  });

  test('keep the same objects if a response is repeated', () => {
    fc.assert(
      fc.property(history, fc.array(anyResponse, {minLength: 1, maxLength: 12}), (whole, responses) => {
        const table = responses.reduce((known, response) => withResponse(known, whole, response), emptyStepTable);
        assert.equal(withResponse(table, whole, responses.at(-1)!), table);
      }),
      {numRuns: 300},
    );
  });

  test('never reopen or remove an attempt, even if they arrive late', () => {
    fc.assert(
      fc.property(history, fc.array(anyResponse, {minLength: 2, maxLength: 12}), (whole, responses) => {
        let table: StepTable = emptyStepTable;
        for (const response of responses) {
          const before = new Map([...iterateSteps(table)].map(step => [step.name, step]));
          table = withResponse(table, whole, response);
          for (const step of iterateSteps(table)) {
            const known = before.get(step.name);
            before.delete(step.name);
            assert.ok(known === undefined || getProgress(step) >= getProgress(known), `${step.name} went back`);
          }
          assert.deepEqual([...before.keys()], [], 'a step is gone');
        }
      }),
      {numRuns: 300},
    );
  });

  test('number attempts in order, all except the last retried', () => {
    fc.assert(
      fc.property(history, fc.array(anyResponse, {minLength: 1, maxLength: 12}), (whole, responses) => {
        const table = responses.reduce((known, response) => withResponse(known, whole, response), emptyStepTable);
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

  test('give the same counts as a recount', () => {
    fc.assert(
      fc.property(history, fc.array(anyResponse, {maxLength: 12}), (whole, responses) => {
        const table = responses.reduce((known, response) => withResponse(known, whole, response), emptyStepTable);
        assert.deepEqual(table.counts, recount(table));
      }),
      {numRuns: 300},
    );
  });
});
