import type {State} from '../../store/state.js';
import type {Store} from '../../store/store.js';

/** Longest wait, in milliseconds, which is still perceived as immediate. */
const maxWaitMs = 100;

/**
 * Resolves when steps of the open run are known, and at the latest after `maxWaitMs`. With a fast server, a first frame without
 * steps would only flash and delay the one with steps.
 */
export const waitForSteps = (store: Store): Promise<void> =>
  new Promise(resolve => {
    const finish = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const look = (): void => {
      if (hasSteps(store.get())) {
        finish();
      }
    };
    const timer = setTimeout(finish, maxWaitMs);
    const unsubscribe = store.subscribe(look);
    look();
  });

const hasSteps = ({openRun}: State): boolean => openRun === undefined || openRun.table.structure.length > 0;
