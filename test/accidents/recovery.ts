import assert from 'node:assert/strict';
import {findLatestAttempt} from '../../src/domain/step.js';
import {iterateSteps} from '../../src/domain/step-table.js';
import {selectFreshness} from '../../src/store/requests/freshness.js';
import {frameText} from '../support/frames.js';
import type {PolledDemo} from '../support/polled.js';
import type {Recovery} from './list-reporter.js';

const second = 1000;

/** What the requests take that make the screen fresh again, and the grain of our looking. */
const slackMs = 300;

/** The test as vitest hands it to us: what is put here reaches the list of all accidents. */
type Context = {readonly task: {readonly meta: {accident?: Recovery}}};

export const knownSteps = ({state}: PolledDemo): readonly string[] =>
  [...iterateSteps(state().watch!.table)].map(step => step.name);

export const headerOf = ({state}: PolledDemo): string => frameText(state()).split('\n')[0] ?? '';

const isFresh = ({state}: PolledDemo): boolean => {
  const {kind} = selectFreshness(state());
  return kind === 'live' || kind === 'over';
};

type Options = {
  /** Made while the fault lasted. */
  readonly requests: number;
  /** The server asked for more patience than an interval. */
  readonly isToldToWait?: boolean;
};

/**
 * The fault has just ended: the screen is fresh again within one interval, or when the server said to come back, and not
 * later than it told; and what it shows in the end is the truth.
 */
export const assertRecovery = async (context: Context, demo: PolledDemo, options: Options): Promise<void> => {
  await assertFreshness(context, demo, options);
  await demo.clock.advance(60 * second);
  const {watch} = demo.state();
  assert.ok(watch?.overAt !== undefined, 'the end of the run was seen');
  const {dag} = await demo.fetchAll();
  assert.deepEqual(
    new Map([...iterateSteps(watch.table)].map(step => [step.name, findLatestAttempt(step)?.statusWord])),
    new Map(dag.steps.map(step => [step.name, step.status?.statusWord])),
  );
};

/** The first half of that, on any screen. */
export const assertFreshness = async (
  {task}: Context,
  demo: PolledDemo,
  {requests, isToldToWait = false}: Options,
): Promise<void> => {
  const freshness = selectFreshness(demo.state());
  const {intervalMs} = demo.state().session;
  const saidMs = freshness.kind === 'stale' ? freshness.retryInMs : 0;
  const from = demo.clock.now();
  while (!isFresh(demo) && demo.clock.now() - from < 60 * second) {
    await demo.clock.advance(100);
  }

  const tookMs = demo.clock.now() - from;
  const intervals = tookMs / intervalMs;
  // Where a test lets the same happen again and again, the worst counts.
  if (intervals >= (task.meta.accident?.intervals ?? 0)) {
    task.meta.accident = {intervals, saidMs, requests};
  }
  const limitMs = isToldToWait ? saidMs : intervalMs;
  assert.ok(tookMs <= limitMs + slackMs, `fresh after ${tookMs} ms`);
  assert.ok(tookMs <= saidMs + intervalMs / 2 + slackMs, `fresh after ${tookMs} ms; the screen said ${saidMs} ms`);
};
