import {selectFreshness} from '../requests/freshness.js';
import type {RequestState} from '../requests/request.js';
import type {State} from '../state.js';

/**
 * Whether two states look the same, except for ages, which the next tick of the clock updates. Most responses say that
 * nothing has changed and are not worth a frame. Returns `false` when in doubt.
 */
export const isVisiblySame = (earlier: State, later: State): boolean =>
  isSameExcept(earlier, later, ['requestsByKey', 'clock', 'suspensionNoticedAt', 'openRun', 'runs']) &&
  isSameExcept(earlier.runs, later.runs, ['watermark']) &&
  isSameExcept(earlier.openRun, later.openRun, ['sync']) &&
  hasSameRequests(earlier.requestsByKey, later.requestsByKey) &&
  selectFreshness(earlier).kind === selectFreshness(later).kind;

/** Whether two objects are equal in everything but the given properties, which are not visible. */
const isSameExcept = <T extends object>(a: T | undefined, b: T | undefined, unseen: readonly (keyof T)[]): boolean => {
  if (a === b || a === undefined || b === undefined) {
    return a === b;
  }

  const unseenKeys: readonly string[] = unseen.map(String);
  const beforeByKey = new Map<string, unknown>(Object.entries(a));
  const now = Object.entries(b);
  return (
    beforeByKey.size === now.length &&
    now.every(([key, value]) => unseenKeys.includes(key) || beforeByKey.get(key) === value)
  );
};

/** Whether the same requests exist, with the same failures, and those that have had a good response are the same. */
const hasSameRequests = (a: State['requestsByKey'], b: State['requestsByKey']): boolean =>
  a === b || (a.size === b.size && [...b].every(([key, request]) => isSameRequest(a.get(key), request)));

const isSameRequest = (a: RequestState | undefined, b: RequestState): boolean =>
  a !== undefined && a.failure === b.failure && (a.asOf === undefined) === (b.asOf === undefined);
