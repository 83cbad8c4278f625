import {useApp, useInput} from 'ink';
import {useSyncExternalStore} from 'react';
import {memoize} from '../domain/memoize.js';
import type {UtcOffset} from '../format/time.js';
import type {Effect} from '../keymap/effect.js';
import type {State} from '../store/state.js';
import type {Store} from '../store/store.js';
import {isVisiblySame} from '../store/ui/visibly-same.js';
import type {Theme} from '../theme/theme.js';
import {App} from './app.js';
import {getKeyNames} from './key-name.js';
import {pressKey} from './press-key.js';

/** Ink's `suspendTerminal`: lets a callback use the terminal until its promise settles. */
type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

export type RootProps = {
  readonly store: Store;
  readonly theme: Theme;
  /** How far local time is ahead of UTC at an instant, in milliseconds. */
  readonly getUtcOffset: UtcOffset;
  readonly onEffect: (effect: Effect, handOver: SuspendTerminal) => void;
};

/** Where keys come in and the state is read: the only `useInput` and the only subscription once the opening screen is gone. */
export const Root = ({store, theme, getUtcOffset, onEffect}: RootProps) => {
  const state = useSyncExternalStore(store.subscribe, getStateReader(store));
  const {suspendTerminal} = useApp();
  useInput((input, key) => {
    for (const name of getKeyNames(input, key)) {
      pressKey(name, {store, getUtcOffset, onEffect: effect => onEffect(effect, suspendTerminal)});
    }
  });
  return <App state={state} theme={theme} getUtcOffset={getUtcOffset} />;
};

/** Reads the state to draw: it stays the same while later states look the same, so that no frame is drawn for them. */
const getStateReader = memoize((store: Store): (() => State) => {
  let drawn = store.get();
  return () => {
    const latest = store.get();
    if (latest !== drawn && !isVisiblySame(drawn, latest)) {
      drawn = latest;
    }

    return drawn;
  };
});
