import type {Problem} from '../../connection/problem.js';
import type {Instant} from '../../domain/instant.js';
import type {Clock} from '../../poll/clock.js';
import {startLongTimer} from './long-timer.js';

/** The machine's clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: startLongTimer,
};

/** The time by which a run is watched: the machine's, or that of a recording. */
export type RunTime = {
  readonly clock: Clock;
  /** Returns a number of at least 0 and less than 1. */
  readonly random: () => number;
  /** Starts the clock of a replay; the time that loading takes does not count. */
  readonly start: () => void;
  /** `undefined`: the run is watched live. */
  readonly replay: {readonly speed: number; readonly endAt: Instant} | undefined;
};

export const presentTime: RunTime = {clock: systemClock, random: Math.random, start: () => {}, replay: undefined};

/** Why a replay has no response to a request: only the recording can be the cause. */
export const incompleteRecordingProblem: Problem = {
  message: "The recording is incomplete: it ends before the run's steps were recorded.",
  hint: 'Record the run again with `zentop RUN --record FILE`, until it ends.',
  exitCode: 4,
  candidates: [],
};
