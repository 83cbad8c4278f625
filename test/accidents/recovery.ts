import assert from 'node:assert/strict';
import {findLatestAttempt} from '../../src/domain/step.js';
import {iterateSteps} from '../../src/domain/step-table.js';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import {renderFrameText} from '../support/frames.js';
import type {PolledDemo} from '../support/polled.js';
import type {Recovery} from './list-reporter.js';

const second = 1000;

/** Allows for the duration of the requests and for the steps in which the clock is advanced, in milliseconds. */
const slackMs = 300;

/** The test context of Vitest. The reporter reads `task.meta`. */
type Context = {readonly task: {readonly meta: {recovery?: Recovery}}};

export const getStepNames = ({state}: PolledDemo): readonly string[] =>
  [...iterateSteps(state().openRun!.table)].map(step => step.name);

export const getHeader = ({state}: PolledDemo): string => renderFrameText(state()).split('\n')[0] ?? '';

const isFresh = ({state}: PolledDemo): boolean => {
  const {kind} = selectFreshness(state());
  return kind === 'live' || kind === 'over';
};

type Options = {
  /** How many requests were sent during the fault. */
  readonly requests: number;
  /** Whether the pause before the next attempt may be longer than an interval. */
  readonly hasLongPause?: boolean;
};

/**
 * Call this when a fault has just ended. Checks that the data is fresh within an interval, or within the announced pause, and
 * that the final state is that of the server.
 */
export const assertRecovery = async (context: Context, demo: PolledDemo, options: Options): Promise<void> => {
  await assertFreshness(context, demo, options);
  await demo.clock.advance(60 * second);
  const {openRun} = demo.state();
  assert.ok(openRun?.overAt !== undefined, 'the end of the run was seen');
  const {dag} = await demo.fetchAll();
  assert.deepEqual(
    new Map([...iterateSteps(openRun.table)].map(step => [step.name, findLatestAttempt(step)?.statusWord])),
    new Map(dag.steps.map(step => [step.name, step.status?.statusWord])),
  );
};

/** Checks only that the data is fresh in time, on any screen. */
export const assertFreshness = async (
  {task}: Context,
  demo: PolledDemo,
  {requests, hasLongPause = false}: Options,
): Promise<void> => {
  const freshness = selectFreshness(demo.state());
  const {intervalMs} = demo.state().session;
  const announcedMs = freshness.kind === 'stale' ? freshness.retryInMs : 0;
  const from = demo.clock.now();
  while (!isFresh(demo) && demo.clock.now() - from < 60 * second) {
    await demo.clock.advance(100);
  }

  const tookMs = demo.clock.now() - from;
  const intervals = tookMs / intervalMs;
  // A test can repeat an accident: report the worst result.
  if (intervals >= (task.meta.recovery?.intervals ?? 0)) {
    task.meta.recovery = {intervals, announcedMs, requests};
  }
  const limitMs = hasLongPause ? announcedMs : intervalMs;
  assert.ok(tookMs <= limitMs + slackMs, `fresh after ${tookMs} ms`);
  // If a retry is under way when the fault ends (announced: 0), it may still fail, and the next one comes an interval later.
  const graceMs = announcedMs === 0 ? intervalMs : intervalMs / 2;
  assert.ok(tookMs <= announcedMs + graceMs + slackMs, `fresh after ${tookMs} ms; the screen showed ${announcedMs} ms`);
};
