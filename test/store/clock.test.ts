import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import type {Action} from '../../src/store/action.js';
import {needsOf} from '../../src/store/needs.js';
import type {State} from '../../src/store/state.js';
import {anAttempt, aRun, at} from '../support/builders.js';
import {arrived, aWatchingState, after as later} from '../support/watching.js';

const tick = (now: number): Action => ({type: 'clock/ticked', now});
const watching = aWatchingState({attempts: [anAttempt({status: 'running'})]});

/** An answer with the Date of a server whose clock is `aheadMs` ahead, written `within` of the way there and back. */
const dated = (askedAt: number, tookMs: number, within: number, aheadMs: number): Action => ({
  ...arrived('info', {kind: 'run', run: aRun(), isHydrated: true}, askedAt),
  ...({
    askedAt,
    answeredAt: askedAt + tookMs,
    serverDateAt: Math.floor((askedAt + tookMs * within + aheadMs) / 1000) * 1000,
  } as object),
});

describe('the difference of the clocks', () => {
  const answers = fc.array(
    fc.record({
      waitMs: fc.integer({min: 0, max: 3000}),
      tookMs: fc.integer({min: 1, max: 400}),
      within: fc.double({min: 0, max: 1, noNaN: true}),
    }),
    {minLength: 1, maxLength: 60},
  );

  test('comes nearer to the truth with every answer, and never overshoots it', () => {
    fc.assert(
      fc.property(answers, fc.integer({min: -100_000, max: 100_000}), (told, aheadMs) => {
        let state: State = watching;
        let askedAt = at(600);
        for (const {waitMs, tookMs, within} of told) {
          const before = state.clockOffsetMs;
          askedAt += waitMs + tookMs;
          state = later(state, dated(askedAt, tookMs, within, aheadMs));
          const now = state.clockOffsetMs;
          assert.ok(Math.abs(now - aheadMs) <= Math.abs(before - aheadMs), `from ${before} to ${now} for ${aheadMs}`);
          assert.ok(aheadMs >= 0 ? now <= aheadMs : now >= aheadMs, `${now} overshoots ${aheadMs}`);
        }
      }),
    );
  });

  test('is known to a second by the first answer', () => {
    const state = later(watching, dated(at(600), 40, 0.5, 300_000));
    assert.ok(Math.abs(state.clockOffsetMs - 300_000) <= 1040);
  });

  test('of an answer without a Date is what it was', () => {
    const state = {...watching, clockOffsetMs: 777};
    assert.equal(
      later(state, arrived('info', {kind: 'run', run: aRun(), isHydrated: true}, at(601))).clockOffsetMs,
      777,
    );
  });
});

describe('a tick of the clock', () => {
  test('moves the time and lets a notice go', () => {
    const noticed = later(watching, {type: 'notice/shown', text: 'copied', tone: 'info'});
    assert.equal(later(noticed, tick(at(603))).notice?.text, 'copied');
    assert.equal(later(noticed, tick(at(604))).notice, undefined);
  });

  test('after a sleep makes all doubtful', () => {
    assert.equal(later(watching, tick(at(625))).watch?.doubtedAt, undefined);
    assert.equal(later(watching, tick(at(700))).watch?.doubtedAt, at(700));
  });

  test('that goes back leaves nothing in the future, so that nothing waits for it', () => {
    const over = aWatchingState({run: aRun({status: 'completed'})});
    for (const state of [watching, over]) {
      const back = later(state, tick(at(-3600)));
      const finite = needsOf(back)
        .map(({dueAt}) => dueAt)
        .filter(Number.isFinite);
      assert.ok(Math.max(...finite) <= at(-3600) + 60_000, 'something waits for the old time');
      assert.ok((back.watch?.overAt ?? 0) < at(-3600));
      assert.equal(back.watch?.doubtedAt, at(-3600));
    }
  });
});
