import {titleWords} from '../report/title.js';
import type {Store} from '../store/store.js';
import type {Terminal} from '../terminal/terminal.js';

/** Keeps the terminal's title, and rings when the run ends that was seen going on. Returns how to stop. */
export const announceOn = (store: Store, terminal: Terminal): (() => void) => {
  let title = '';
  let wasOver = store.get().watch?.overAt !== undefined;
  const update = (): void => {
    const state = store.get();
    const next = titleWords(state);
    if (next !== title) {
      title = next;
      terminal.setTitle(title);
    }

    const isOver = state.watch?.overAt !== undefined;
    if (isOver && !wasOver) {
      terminal.notify('zentop', title);
    }

    wasOver = isOver;
  };
  update();
  return store.subscribe(update);
};
