import type {State} from '../../store/state.js';
import type {Store} from '../../store/store.js';

/** The longest wait that is still perceived as immediate, in milliseconds. */
const maxWaitMs = 100;

/**
 * Resolves when steps of the open run are known, at once if no run is open, and after `maxWaitMs` at the latest. With a fast server,
 * a first frame without steps would only flash and delay the one with steps.
 */
export const waitForSteps = (store: Store): Promise<void> =>
  new Promise(resolve => {
    const finish = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const look = (): void => {
      if (isReady(store.get())) {
        finish();
      }
    };
    const timer = setTimeout(finish, maxWaitMs);
    const unsubscribe = store.subscribe(look);
    look();
  });

const isReady = ({openRun}: State): boolean => openRun === undefined || openRun.table.structure.length > 0;
