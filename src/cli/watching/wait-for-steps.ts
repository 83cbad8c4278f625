import type {State} from '../../store/state.js';
import type {Store} from '../../store/store.js';

/** Longest wait, in milliseconds: no longer than a reader takes for at once. */
const maxWaitMs = 100;

/**
 * Resolves when steps of the open run are known, or soon anyway. Of a server near by, a frame without them would be seen for a
 * blink, and delay the one with them by as long as the first frame of a program takes.
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

const hasSteps = ({watch}: State): boolean => watch === undefined || watch.table.structure.length > 0;
