import {latestAttempt} from '../domain/step.js';
import {stepsOf} from '../domain/step-table.js';
import {titleWords} from '../report/title.js';
import type {NotifySettings} from '../settings/settings.js';
import type {Store} from '../store/store.js';
import type {Watch} from '../store/watch.js';
import type {Terminal} from '../terminal/terminal.js';

/**
 * Keeps the terminal's title, and calls the reader when the run that was seen going on fails for the first time, and when it
 * ends. Returns how to stop.
 */
export const announceOn = (store: Store, terminal: Terminal, notify: NotifySettings): (() => void) => {
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
    const hasEnded = isSameRun && watch.overAt !== undefined && before?.overAt === undefined;
    const hasFailed = isSameRun && isFailed(watch) && before?.run !== undefined && !isFailed(before);
    if ((hasEnded && notify.onEnd) || (hasFailed && !hasEnded && notify.onFailure)) {
      terminal.notify('zentop', hasEnded ? title : `${title}, ${failedNameOf(watch)} failed`);
    }

    before = watch;
  };
  update();
  return store.subscribe(update);
};

const isFailed = ({table}: Watch): boolean => (table.counts.failed ?? 0) > 0;

const failedNameOf = ({table}: Watch): string =>
  [...stepsOf(table)].find(step => latestAttempt(step)?.status === 'failed')?.name ?? 'a step';
