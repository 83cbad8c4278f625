import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {emptyDigest, getGroupDigest, pickSlowest} from '../../src/domain/group-digest.js';
import {getLastEndAt, isEffectivelyOver} from '../../src/domain/run-end.js';
import {getPhase, isFinished, type StepStatus} from '../../src/domain/status.js';
import {findLatestAttempt, type Step} from '../../src/domain/step.js';
import {findFirstStepIndex, findStepIndexes} from '../../src/domain/step-indexes.js';
import {findStepAt, iterateSteps, type StepTable} from '../../src/domain/step-table.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {aRun, at} from '../support/builders.js';
import {someTables} from '../support/random-steps.js';

const now = at(100);

const findIndexes = (table: StepTable, isWanted: (status: StepStatus) => boolean) =>
  [...iterateSteps(table)].flatMap((step, index) => {
    const attempt = findLatestAttempt(step);
    return attempt !== undefined && isWanted(attempt.status) ? [index] : [];
  });

test('memoized indexes match a search of all steps after any changes', () => {
  fc.assert(
    fc.property(someTables, tables => {
      for (const table of tables) {
        const failed = findIndexes(table, status => getPhase(status) === 'failed');
        assert.deepEqual(findStepIndexes(table, 'failed'), failed);
        assert.deepEqual(
          findStepIndexes(table, 'active'),
          findIndexes(table, status => getPhase(status) === 'active'),
        );
        assert.deepEqual(
          findStepIndexes(table, 'unfinished'),
          findIndexes(table, status => !isFinished(status)),
        );
        assert.equal(findFirstStepIndex(table, 'failed'), failed[0]);
        const ends = [...iterateSteps(table)].flatMap(step => findLatestAttempt(step)?.endedAt ?? []);
        assert.equal(getLastEndAt(table), ends.length === 0 ? undefined : Math.max(...ends));
      }
    }),
  );
});

const findDurationMs = (step: Step): number | undefined => {
  const attempt = findLatestAttempt(step);
  const isWork = attempt !== undefined && (isFinished(attempt.status) || getPhase(attempt.status) === 'active');
  return isWork && attempt.status !== 'cached' && attempt.startedAt !== undefined
    ? (attempt.endedAt ?? now) - attempt.startedAt
    : undefined;
};

test('the digest of a group covers all its steps', () => {
  fc.assert(
    fc.property(someTables, tables => {
      for (const table of tables) {
        for (const id of ['g1', 'g2']) {
          const members = [...iterateSteps(table)].flatMap((step, index) =>
            step.group?.id === id ? [{step, index}] : [],
          );
          const digest = getGroupDigest(table, id);
          const findMemberIndexes = (phase: string) =>
            members
              .filter(({step}) => getPhase(findLatestAttempt(step)?.status ?? 'waiting') === phase)
              .map(one => one.index);
          assert.deepEqual(digest.failed, findMemberIndexes('failed'));
          assert.deepEqual(digest.active, findMemberIndexes('active'));
          const starts = members.flatMap(({step}) => step.attempts[0]?.startedAt ?? []);
          assert.equal(digest.startedAt, starts.length === 0 ? undefined : Math.min(...starts));
          const durationsMs = members.flatMap(({step}) => findDurationMs(step) ?? []).sort((one, other) => other - one);
          assert.deepEqual(
            pickSlowest(digest, now).map(({index}) => findDurationMs(findStepAt(table, index)!)),
            durationsMs.slice(0, 5),
          );
        }
      }
    }),
  );
  assert.equal(getGroupDigest(createStepTable([]), 'none'), emptyDigest);
});

test('a failed run is over exactly when no step can still run', () => {
  const run = aRun({status: 'failed', isInProgress: true, isDynamic: false});
  fc.assert(
    fc.property(someTables, tables => {
      for (const table of tables) {
        const hasStepLeft = [...iterateSteps(table)].some(step => {
          const attempt = findLatestAttempt(step);
          // No step of these tables waits for another one.
          return attempt === undefined || !isFinished(attempt.status);
        });
        assert.equal(isEffectivelyOver(run, table, 0), !hasStepLeft);
      }
    }),
  );
});
