import type {Watch} from '../watch.js';

/** The log of the run over the whole screen; from there, that of the selected step. */
export const toggledRunLog = (watch: Watch): Watch => {
  const {logs, pane} = watch;
  return logs.ofRun === undefined
    ? {...watch, pane: {...pane, tab: 'logs', isOpen: true}, logs: {...logs, ofRun: {tabBefore: pane.tab}}}
    : {...watch, logs: {...logs, ofRun: undefined}};
};

/** Whoever closes the log of the run, or goes to a step or a tab, has left it: what was open before it is open again. */
export const leftRunLog = (before: Watch, watch: Watch, isTabChosen: boolean): Watch => {
  const {logs, pane, list} = watch;
  const isStay = pane.isOpen && pane.tab === 'logs' && !isTabChosen && list.selected === before.list.selected;
  if (logs.ofRun === undefined || isStay) {
    return watch;
  }

  const tab = pane.isOpen ? pane.tab : logs.ofRun.tabBefore;
  return {...watch, pane: {...pane, tab}, logs: {...logs, ofRun: undefined}};
};
