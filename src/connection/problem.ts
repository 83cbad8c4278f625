import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';

/** A run that may be the one that was meant. */
export type RunCandidate = {
  readonly id: RunId;
  readonly name: string;
  readonly statusWord: string;
  readonly startedAt: Instant | undefined;
};

/**
 * Why there is nothing to watch: one sentence that says what happened, one that says what to do. Both may hold text
 * that came from outside, so whoever prints them makes them safe first; neither ever holds a secret.
 */
export type Problem = {
  readonly what: string;
  readonly way: string;
  /** 2: asked for wrongly. 4: the server could not be used. 124: nothing came in the time that was given. */
  readonly exitCode: 2 | 4 | 124;
  readonly candidates: readonly RunCandidate[];
};

export type Outcome<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly problem: Problem};

export const succeedWith = <T>(value: T): Outcome<T> => ({ok: true, value});

export const failWith = (problem: Problem): {readonly ok: false; readonly problem: Problem} => ({ok: false, problem});

/** Something was asked for that cannot be: exit code 2. */
export const failWithUsageError = (what: string, way: string) => failWith({what, way, exitCode: 2, candidates: []});

/** The server cannot be used, or has not got what was asked for: exit code 4. */
export const failWithServerError = (what: string, way: string, candidates: readonly RunCandidate[] = []) =>
  failWith({what, way, exitCode: 4, candidates});
