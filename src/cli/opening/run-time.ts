import type {Instant} from '../../domain/instant.js';
import type {Clock} from '../../poll/clock.js';
import {systemClock} from './system-clock.js';

/** The time in which a run is watched: that of the machine, or that of a recording. */
export type RunTime = {
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** The watching begins: what loads before it takes no time. */
  readonly start: () => void;
  /** `undefined`: it is seen live. */
  readonly replay: {readonly speed: number; readonly endAt: Instant} | undefined;
};

export const presentTime: RunTime = {clock: systemClock, random: Math.random, start: () => {}, replay: undefined};
