import assert from 'node:assert/strict';
import type {Effect} from '../../src/keymap/effect.js';
import type {Action} from '../../src/store/action.js';
import type {ScreenSize, State} from '../../src/store/state.js';
import {createStore} from '../../src/store/store.js';
import {pressKey} from '../../src/view/press-key.js';
import {frameLines} from './frames.js';

/** A user of the program: keys in, lines out, with the real store, keymap and view and a clock moved by the test. */
export const journey = (from: State) => {
  const store = createStore(from);
  const effects: Effect[] = [];
  const text = () => frameLines(store.get()).join('\n');
  const user = {
    state: () => store.get(),
    lines: () => frameLines(store.get()),
    effects: () => effects,

    press(...keys: readonly string[]) {
      for (const key of keys) {
        pressKey(key, {store, utcOffset: () => 0, onEffect: effect => effects.push(effect)});
      }

      return user;
    },

    /** Advances the clock by this many seconds in one tick. */
    passes(seconds: number) {
      store.dispatch({type: 'clock/ticked', now: store.get().now + seconds * 1000});
      return user;
    },

    happens(...actions: readonly Action[]) {
      for (const action of actions) {
        store.dispatch(action);
      }

      return user;
    },

    resizesTo(size: ScreenSize) {
      store.dispatch({type: 'size/changed', size});
      return user;
    },

    shows(...wanted: readonly (string | RegExp)[]) {
      for (const each of wanted) {
        const isThere = typeof each === 'string' ? text().includes(each) : each.test(text());
        assert.ok(isThere, `expected ${each} in\n${text()}`);
      }

      return user;
    },

    hides(...unwanted: readonly string[]) {
      for (const each of unwanted) {
        assert.ok(!text().includes(each), `did not expect ${each} in\n${text()}`);
      }

      return user;
    },

    /** The name in the row with the cursor. */
    selects(name: string) {
      const row = user.lines().find(line => /^ ›/.test(line));
      assert.ok(row?.includes(` ${name}`), `expected the cursor at ${name}, it is at ${row}`);
      return user;
    },
  };
  return user;
};
