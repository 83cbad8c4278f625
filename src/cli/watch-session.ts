import type {Project} from '../domain/server.js';
import type {Clock} from '../poll/clock.js';
import {startPoller} from '../poll/poller.js';
import {initialState, type Size} from '../store/state.js';
import {createStore, type Store} from '../store/store.js';
import type {WatchOptions} from './command-line.js';
import type {OpenedRun} from './open-run.js';

export type WatchSession = {readonly store: Store; readonly stop: () => void};

type Options = {
  readonly opened: OpenedRun;
  readonly watch: WatchOptions;
  readonly size: Size;
  readonly isDemo: boolean;
  /** The run's own project, where its name is known. */
  readonly project?: Project | undefined;
  /** Only lines are printed: nothing is asked that a pane would show. */
  readonly isScreenless?: boolean;
};

/** How often the clock on the screen moves, in milliseconds, and when nothing counts up. */
const tickMs = 1000;
const idleTickMs = 5000;

/** Starts keeping the run fresh: a store that already holds the run, a poller, and the clock. */
export const startWatchSession = ({
  opened,
  watch,
  size,
  isDemo,
  project,
  isScreenless = false,
}: Options): WatchSession => {
  const {connection, resolved, time, recording} = opened;
  const {run, timing} = resolved;
  time.start();
  const store = createStore(
    initialState(
      {
        serverUrl: connection.serverUrl,
        project,
        intervalMs: watch.intervalMs,
        isReadOnly: watch.isReadOnly,
        isDemo,
        isScreenless,
        replaySpeed: time.replay?.speed,
      },
      {now: time.clock.now(), size, runId: run.id},
    ),
  );
  recording?.follow(store);
  store.dispatch({type: 'news/arrived', key: `run:${run.id}`, news: {kind: 'run', run, isHydrated: true}, ...timing});
  const stopPoller = startPoller({store, client: connection.client, clock: time.clock, random: time.random});
  const stopClock = startClock(store, time.clock);
  return {
    store,
    stop: () => {
      stopPoller();
      stopClock();
    },
  };
};

const startClock = (store: Store, clock: Clock): (() => void) => {
  let cancel: () => void;
  const tick = (): void => {
    store.dispatch({type: 'clock/ticked', now: clock.now()});
    const {watch, notice} = store.get();
    const isStill = watch?.overAt !== undefined && notice === undefined;
    cancel = clock.after(isStill ? idleTickMs : tickMs, tick);
  };
  cancel = clock.after(tickMs, tick);
  return () => cancel();
};
