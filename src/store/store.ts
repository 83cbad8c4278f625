import type {Instant} from '../domain/instant.js';
import type {Action} from './action.js';
import {reduce} from './reducer.js';
import type {State} from './state.js';

export type Store = {
  readonly get: () => State;
  readonly dispatch: (action: Action) => void;
  /** Calls `listener` after each change; returns a function that unsubscribes it. */
  readonly subscribe: (listener: () => void) => () => void;
};

type StoreOptions = {
  /** Called with each action before it is applied. */
  readonly onAction?: (action: Action) => void;
  /** The present time, for the actions that depend on it. Without it, time passes only when the clock ticks. */
  readonly now?: () => Instant;
};

/**
 * Actions that decide which responses are out of date, or how long a notice stays. They are reduced at the present time, because
 * the clock of the state ticks at most once a second.
 */
const timedActions: ReadonlySet<Action['type']> = new Set([
  'intervention/ended',
  'notice/shown',
  'polling/demanded',
  'polling/toggled',
  'run/opened',
  'run/reopened',
  'linkedRun/opened',
  'run/returned',
]);

export const createStore = (initial: State, {onAction, now}: StoreOptions = {}): Store => {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch: action => {
      onAction?.(action);
      const isTimed = now !== undefined && timedActions.has(action.type);
      const next = reduce(isTimed ? reduce(state, {type: 'clock/ticked', now: now()}) : state, action);
      if (next !== state) {
        state = next;
        for (const listener of [...listeners]) {
          listener();
        }
      }
    },
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
