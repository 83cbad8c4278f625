import type {Failure} from './failure.js';

/** What a request led to: a value, or the reason why there is none. */
export type Result<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly failure: Failure};

export const succeed = <T>(value: T): Result<T> => ({ok: true, value});
export const fail = (failure: Failure): {readonly ok: false; readonly failure: Failure} => ({ok: false, failure});
