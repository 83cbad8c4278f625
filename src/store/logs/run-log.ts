import type {OpenRun} from '../run/open-run.js';

/** Switches to the log of the run in full screen, and from there to that of the selected step. */
export const toggleRunLog = (openRun: OpenRun): OpenRun => {
  const {logs, pane} = openRun;
  return logs.ofRun === undefined
    ? {...openRun, pane: {...pane, tab: 'logs', isOpen: true}, logs: {...logs, ofRun: {tabBefore: pane.tab}}}
    : {...openRun, logs: {...logs, ofRun: undefined}};
};

/**
 * Leaves the log of the run once the user has closed it, or has gone to a step or a tab. Closing it returns to the tab from before.
 * `before` is the open run before that action.
 */
export const leaveRunLog = (before: OpenRun, openRun: OpenRun, isTabChosen: boolean): OpenRun => {
  const {logs, pane, list} = openRun;
  const isStaying = pane.isOpen && pane.tab === 'logs' && !isTabChosen && list.selectedKey === before.list.selectedKey;
  if (logs.ofRun === undefined || isStaying) {
    return openRun;
  }

  const tab = pane.isOpen ? pane.tab : logs.ofRun.tabBefore;
  return {...openRun, pane: {...pane, tab}, logs: {...logs, ofRun: undefined}};
};
