import type {Failure} from '../domain/failure.js';
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
 * Why something cannot be done: one sentence that says what happened, and one that says what to do. Both may contain text
 * from outside, so the caller must sanitize them before printing; neither ever contains a secret.
 */
export type Problem = {
  readonly message: string;
  readonly hint: string;
  /** 2: usage error. 4: the server could not be used. 124: timed out. */
  readonly exitCode: 2 | 4 | 124;
  readonly candidates: readonly RunCandidate[];
  /** The failed request behind it, if there was one. */
  readonly failure?: Failure;
};

/**
 * What something led to that can fail for a reason that the user must know: a value, or a problem in sentences. A single request leads
 * to a `Result` instead.
 */
export type Outcome<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly problem: Problem};

export const succeedWith = <T>(value: T): Outcome<T> => ({ok: true, value});

export const failWith = (problem: Problem): {readonly ok: false; readonly problem: Problem} => ({ok: false, problem});

/** A usage error: exit code 2. */
export const failWithUsageError = (message: string, hint: string) =>
  failWith({message, hint, exitCode: 2, candidates: []});

/** The server cannot be used, or does not have what was requested: exit code 4. */
export const failWithServerError = (message: string, hint: string, candidates: readonly RunCandidate[] = []) =>
  failWith({message, hint, exitCode: 4, candidates});
