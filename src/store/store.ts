import type {Action} from './action.js';
import {reduce} from './reducer.js';
import type {State} from './state.js';

export type Store = {
  readonly get: () => State;
  readonly dispatch: (action: Action) => void;
  /** Calls `listener` after each change; returns a function that unsubscribes it. */
  readonly subscribe: (listener: () => void) => () => void;
};

/** `onAction` is called with each action before it is applied. */
export const createStore = (initial: State, onAction?: (action: Action) => void): Store => {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch: action => {
      onAction?.(action);
      const next = reduce(state, action);
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
