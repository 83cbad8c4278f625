import {titleWords} from '../report/title.js';
import type {Store} from '../store/store.js';
import type {Terminal} from '../terminal/terminal.js';

/** Keeps the terminal's title, and rings when the run ends that was seen going on. Returns how to stop. */
export const announceOn = (store: Store, terminal: Terminal): (() => void) => {
  let title = '';
  let before = store.get().watch;
  const update = (): void => {
    const state = store.get();
    const next = titleWords(state);
    if (next !== title) {
      title = next;
      terminal.setTitle(title);
    }

    const {watch} = state;
    const isSameRun = watch !== undefined && watch.runId === before?.runId;
    if (isSameRun && watch.overAt !== undefined && before?.overAt === undefined) {
      terminal.notify('zentop', title);
    }

    before = watch;
  };
  update();
  return store.subscribe(update);
};
