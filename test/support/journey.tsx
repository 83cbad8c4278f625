import assert from 'node:assert/strict';
import type {Effect} from '../../src/keymap/effect.js';
import type {Action} from '../../src/store/action.js';
import type {OpenRun} from '../../src/store/run/open-run.js';
import type {ScreenSize, State} from '../../src/store/state.js';
import {createStore, type Store} from '../../src/store/store.js';
import {pressKey} from '../../src/view/press-key.js';
import {renderFrameLines} from './frames.js';

/**
 * A user of the program: keys in, lines out, with the real store, keymap and view. `press`, `type` and `dispatch` do something;
 * `shows`, `hides` and `showsCursorAt` check the screen.
 */
export const createUser = (store: Store) => {
  const effects: Effect[] = [];
  let drawn: {readonly state: State; readonly lines: readonly string[]} | undefined;
  const lines = (): readonly string[] => {
    const state = store.get();
    if (drawn?.state !== state) {
      drawn = {state, lines: renderFrameLines(state)};
    }

    return drawn.lines;
  };
  const text = () => lines().join('\n');
  const contains = (wanted: string | RegExp): boolean =>
    typeof wanted === 'string' ? text().includes(wanted) : wanted.test(text());
  const user = {
    state: (): State => store.get(),
    openRun: (): OpenRun => store.get().openRun!,
    lines,
    effects: () => effects,

    press(...keys: readonly string[]) {
      for (const key of keys) {
        pressKey(key, {store, getUtcOffset: () => 0, onEffect: effect => effects.push(effect)});
      }

      return user;
    },

    type: (words: string) => user.press(...getKeys(words)),

    /** Advances the clock on the screen by this many seconds in one tick; no request is sent. */
    wait(seconds: number) {
      store.dispatch({type: 'clock/ticked', now: store.get().now + seconds * 1000});
      return user;
    },

    dispatch(...actions: readonly Action[]) {
      for (const action of actions) {
        store.dispatch(action);
      }

      return user;
    },

    resizeTo(size: ScreenSize) {
      store.dispatch({type: 'size/changed', size});
      return user;
    },

    shows(...wanted: readonly (string | RegExp)[]) {
      for (const each of wanted) {
        assert.ok(contains(each), `expected ${each} in\n${text()}`);
      }

      return user;
    },

    hides(...unwanted: readonly (string | RegExp)[]) {
      for (const each of unwanted) {
        assert.ok(!contains(each), `did not expect ${each} in\n${text()}`);
      }

      return user;
    },

    /** The row with the cursor. */
    row: (): string => user.lines().find(line => /^ ›/.test(line)) ?? '',

    /** Checks the name in the row with the cursor. */
    showsCursorAt(name: string) {
      assert.ok(user.row().includes(` ${name}`), `expected the cursor at ${name} in\n${text()}`);
      return user;
    },
  };
  return user;
};

/** The keys that type a text. */
export const getKeys = (words: string): readonly string[] =>
  Array.from(words, character => (character === ' ' ? 'space' : character));

/** A user who starts in this state; the clock moves only when the test advances it. */
export const startJourney = (from: State) => createUser(createStore(from));
