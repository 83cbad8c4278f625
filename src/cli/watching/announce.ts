import {findLatestAttempt} from '../../domain/step.js';
import {iterateSteps} from '../../domain/step-table.js';
import {formatTerminalTitle} from '../../report/title.js';
import type {NotifySettings} from '../../settings/settings.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {Store} from '../../store/store.js';
import type {Terminal} from '../../terminal/terminal.js';

/**
 * Keeps the terminal's title, and calls the reader when the run that was seen going on fails for the first time, and when it
 * ends. Returns how to stop.
 */
export const startAnnouncing = (store: Store, terminal: Terminal, notify: NotifySettings): (() => void) => {
  let title = '';
  let before = store.get().watch;
  const update = (): void => {
    const state = store.get();
    const next = formatTerminalTitle(state);
    if (next !== title) {
      title = next;
      terminal.setTitle(title);
    }

    const {watch} = state;
    const isSameRun = watch !== undefined && watch.runId === before?.runId;
    const hasEnded = isSameRun && watch.overAt !== undefined && before?.overAt === undefined;
    const hasFailed = isSameRun && hasFailedStep(watch) && before?.run !== undefined && !hasFailedStep(before);
    if ((hasEnded && notify.onEnd) || (hasFailed && !hasEnded && notify.onFailure)) {
      terminal.notify('zentop', hasEnded ? title : `${title}, ${getFailedStepName(watch)} failed`);
    }

    before = watch;
  };
  update();
  return store.subscribe(update);
};

const hasFailedStep = ({table}: OpenRun): boolean => (table.counts.failed ?? 0) > 0;

const getFailedStepName = ({table}: OpenRun): string =>
  [...iterateSteps(table)].find(step => findLatestAttempt(step)?.status === 'failed')?.name ?? 'a step';
