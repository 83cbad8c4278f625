import {findLatestAttempt} from '../../domain/step.js';
import {iterateSteps} from '../../domain/step-table.js';
import {formatTerminalTitle} from '../../report/title.js';
import type {NotifySettings} from '../../settings/settings.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {Store} from '../../store/store.js';
import type {Terminal} from '../../terminal/terminal.js';
import {createProgressMemory} from './progress-memory.js';

/**
 * Updates the terminal's title, and notifies the user of the first failure and the end of a run that was seen in progress; if
 * they come together, of the end only. Returns a function that stops it.
 */
export const startAnnouncing = (store: Store, terminal: Terminal, notify: NotifySettings): (() => void) => {
  let title = '';
  const wasSeenInProgress = createProgressMemory();
  let previous = store.get().openRun;
  const update = (): void => {
    const state = store.get();
    const next = formatTerminalTitle(state);
    if (next !== title) {
      title = next;
      terminal.setTitle(title);
    }

    const {openRun} = state;
    const isNews = wasSeenInProgress(state) && openRun !== undefined && openRun.runId === previous?.runId;
    const hasEnded = isNews && openRun.overAt !== undefined && previous?.overAt === undefined;
    const hasFailed = isNews && hasFailedStep(openRun) && previous !== undefined && !hasFailedStep(previous);
    if (hasEnded && notify.onEnd) {
      terminal.notify('zentop', title);
    } else if (hasFailed && notify.onFailure) {
      terminal.notify('zentop', `${title}, ${getFailedStepName(openRun)} failed`);
    }

    previous = openRun;
  };
  update();
  return store.subscribe(update);
};

const hasFailedStep = ({table}: OpenRun): boolean => (table.counts.failed ?? 0) > 0;

const getFailedStepName = ({table}: OpenRun): string =>
  [...iterateSteps(table)].find(step => findLatestAttempt(step)?.status === 'failed')?.name ?? 'a step';
