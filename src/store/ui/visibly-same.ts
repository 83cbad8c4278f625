import {selectFreshness} from '../requests/freshness.js';
import type {RequestState} from '../requests/request.js';
import type {State} from '../state.js';

/**
 * Whether a later state is shown as an earlier one, but for what has aged since, which the next tick of the clock shows. Most
 * answers say that nothing has changed: they are worth no frame. In doubt it is not.
 */
export const isVisiblySame = (earlier: State, later: State): boolean =>
  isSameExcept(earlier, later, ['requests', 'clock', 'stoodStillAt', 'openRun', 'runs']) &&
  isSameExcept(earlier.runs, later.runs, ['watermark']) &&
  isSameExcept(earlier.openRun, later.openRun, ['sync']) &&
  hasSameRequests(earlier.requests, later.requests) &&
  selectFreshness(earlier).kind === selectFreshness(later).kind;

/** Whether two objects have the same in every place but those that are not shown. */
const isSameExcept = <T extends object>(a: T | undefined, b: T | undefined, unseen: readonly (keyof T)[]): boolean => {
  if (a === b || a === undefined || b === undefined) {
    return a === b;
  }

  const places: readonly string[] = unseen.map(String);
  const held = new Map<string, unknown>(Object.entries(a));
  const now = Object.entries(b);
  return held.size === now.length && now.every(([place, value]) => places.includes(place) || held.get(place) === value);
};

/** The same has been asked for, and the same has failed or has come at least once. */
const hasSameRequests = (a: State['requests'], b: State['requests']): boolean =>
  a === b || (a.size === b.size && [...b].every(([key, request]) => isSameRequest(a.get(key), request)));

const isSameRequest = (a: RequestState | undefined, b: RequestState): boolean =>
  a !== undefined && a.failure === b.failure && (a.asOf === undefined) === (b.asOf === undefined);
