import type {UtcOffset} from '../format/time.js';
import type {Effect} from '../keymap/effect.js';
import {findKeyOutcome} from '../keymap/press.js';
import type {Store} from '../store/store.js';
import {createFrame} from './frame.js';

type PressOptions = {
  readonly store: Store;
  readonly getUtcOffset: UtcOffset;
  readonly onEffect: (effect: Effect) => void;
};

/** Applies a key to the current state. Of several keys that arrive together, each sees the result of the previous one. */
export const pressKey = (name: string, {store, getUtcOffset, onEffect}: PressOptions): void => {
  const state = store.get();
  const outcome = findKeyOutcome(name, state, createFrame(state, getUtcOffset));
  if ('action' in outcome) {
    if (state.notice?.tone === 'info' && outcome.action.type !== 'notice/shown') {
      store.dispatch({type: 'notice/dropped'});
    }

    store.dispatch(outcome.action);
    for (const action of 'followUps' in outcome ? (outcome.followUps ?? []) : []) {
      store.dispatch(action);
    }
  }

  if ('effect' in outcome) {
    onEffect(outcome.effect);
  }
};
