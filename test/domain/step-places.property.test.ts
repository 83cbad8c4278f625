import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {emptyDigest, groupDigest, slowestOf} from '../../src/domain/group-digest.js';
import {tableOf} from '../../src/domain/put-steps.js';
import {isOver, lastEndAt} from '../../src/domain/run-over.js';
import {isFinished, phaseOf, type StepStatus} from '../../src/domain/status.js';
import {latestAttempt, type Step} from '../../src/domain/step.js';
import {firstPlaceOf, placesOf} from '../../src/domain/step-places.js';
import {type StepTable, stepAt, stepsOf} from '../../src/domain/step-table.js';
import {aRun, at} from '../support/builders.js';
import {someTables} from '../support/random-steps.js';

const now = at(100);

const placesWith = (table: StepTable, isWanted: (status: StepStatus) => boolean) =>
  [...stepsOf(table)].flatMap((step, place) => {
    const attempt = latestAttempt(step);
    return attempt !== undefined && isWanted(attempt.status) ? [place] : [];
  });

test('what is remembered of chunks is what looking at every step finds, after any changes', () => {
  fc.assert(
    fc.property(someTables, tables => {
      for (const table of tables) {
        const failed = placesWith(table, status => phaseOf(status) === 'failed');
        assert.deepEqual(placesOf(table, 'failed'), failed);
        assert.deepEqual(
          placesOf(table, 'active'),
          placesWith(table, status => phaseOf(status) === 'active'),
        );
        assert.deepEqual(
          placesOf(table, 'unfinished'),
          placesWith(table, status => !isFinished(status)),
        );
        assert.equal(firstPlaceOf(table, 'failed'), failed[0]);
        const ends = [...stepsOf(table)].flatMap(step => latestAttempt(step)?.endedAt ?? []);
        assert.equal(lastEndAt(table), ends.length === 0 ? undefined : Math.max(...ends));
      }
    }),
  );
});

const tookMs = (step: Step): number | undefined => {
  const attempt = latestAttempt(step);
  const isWork = attempt !== undefined && (isFinished(attempt.status) || phaseOf(attempt.status) === 'active');
  return isWork && attempt.status !== 'cached' && attempt.startedAt !== undefined
    ? (attempt.endedAt ?? now) - attempt.startedAt
    : undefined;
};

test('a group is told of as if all of its steps had been looked at', () => {
  fc.assert(
    fc.property(someTables, tables => {
      for (const table of tables) {
        for (const id of ['g1', 'g2']) {
          const members = [...stepsOf(table)].flatMap((step, place) => (step.group?.id === id ? [{step, place}] : []));
          const digest = groupDigest(table, id);
          const of = (phase: string) =>
            members
              .filter(({step}) => phaseOf(latestAttempt(step)?.status ?? 'waiting') === phase)
              .map(one => one.place);
          assert.deepEqual(digest.failed, of('failed'));
          assert.deepEqual(digest.active, of('active'));
          const starts = members.flatMap(({step}) => step.attempts[0]?.startedAt ?? []);
          assert.equal(digest.startedAt, starts.length === 0 ? undefined : Math.min(...starts));
          const times = members.flatMap(({step}) => tookMs(step) ?? []).sort((one, other) => other - one);
          assert.deepEqual(
            slowestOf(digest, now).map(({place}) => tookMs(stepAt(table, place)!)),
            times.slice(0, 5),
          );
        }
      }
    }),
  );
  assert.equal(groupDigest(tableOf([]), 'none'), emptyDigest);
});

test('a failed run whose steps are remembered is over exactly when nothing can go on any more', () => {
  const run = aRun({status: 'failed', isInProgress: true, isDynamic: false});
  fc.assert(
    fc.property(someTables, tables => {
      for (const table of tables) {
        const isLeft = [...stepsOf(table)].some(step => {
          const attempt = latestAttempt(step);
          // None of these steps waits for another one.
          return attempt === undefined || !isFinished(attempt.status);
        });
        assert.equal(isOver(run, table, now), !isLeft);
      }
    }),
  );
});
