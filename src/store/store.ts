import type {Action} from './action.js';
import {reduce} from './reducer.js';
import type {State} from './state.js';

export type Store = {
  readonly get: () => State;
  readonly dispatch: (action: Action) => void;
  /** Calls back after each change; returns how to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
};

export const createStore = (initial: State): Store => {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    dispatch: action => {
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
