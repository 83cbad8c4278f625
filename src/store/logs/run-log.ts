import type {OpenRun} from '../run/open-run.js';

/** The log of the run over the whole screen; from there, that of the selected step. */
export const toggleRunLog = (watch: OpenRun): OpenRun => {
  const {logs, pane} = watch;
  return logs.ofRun === undefined
    ? {...watch, pane: {...pane, tab: 'logs', isOpen: true}, logs: {...logs, ofRun: {tabBefore: pane.tab}}}
    : {...watch, logs: {...logs, ofRun: undefined}};
};

/** Whoever closes the log of the run, or goes to a step or a tab, has left it: what was open before it is open again. */
export const leaveRunLog = (before: OpenRun, watch: OpenRun, isTabChosen: boolean): OpenRun => {
  const {logs, pane, list} = watch;
  const isStay = pane.isOpen && pane.tab === 'logs' && !isTabChosen && list.selected === before.list.selected;
  if (logs.ofRun === undefined || isStay) {
    return watch;
  }

  const tab = pane.isOpen ? pane.tab : logs.ofRun.tabBefore;
  return {...watch, pane: {...pane, tab}, logs: {...logs, ofRun: undefined}};
};
