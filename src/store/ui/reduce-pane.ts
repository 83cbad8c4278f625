import {findLatestAttempt} from '../../domain/step.js';
import type {PaneAction} from '../action.js';
import type {OpenRun} from '../run/open-run.js';
import {findShownStep, getPaneKey} from '../selectors.js';
import {clampScroll} from './clamp-scroll.js';
import {type PaneState, tabs} from './pane.js';

/** `paneLines`: how many lines of the pane are on the screen; `undefined` if it is hidden. */
export const reducePane = (openRun: OpenRun, action: PaneAction, paneLines: number | undefined): PaneState => {
  const {pane} = openRun;
  switch (action.type) {
    case 'pane/toggled':
      return {...pane, isOpen: !pane.isOpen};

    case 'pane/closed':
      return {...pane, isOpen: false};

    case 'pane/scrolled':
      return {...pane, topByKey: scroll(openRun, action, paneLines ?? 0)};

    case 'cursor/set':
      return {...pane, cursorByKey: new Map(pane.cursorByKey).set(getPaneKey(openRun), action.key)};

    case 'tab/chosen':
      return {...pane, tab: action.tab, isOpen: pane.isOpen || paneLines === undefined};

    case 'tab/stepped': {
      const index = (tabs.indexOf(pane.tab) + action.by + tabs.length) % tabs.length;
      return {...pane, tab: tabs[index] ?? pane.tab, isOpen: pane.isOpen || paneLines === undefined};
    }

    case 'section/toggled': {
      const key = `${getPaneKey(openRun)} ${action.section}`;
      const toggledSections = new Set(pane.toggledSections);
      if (!toggledSections.delete(key)) {
        toggledSections.add(key);
      }

      return {...pane, toggledSections};
    }

    case 'attempt/stepped':
      return stepAttempt(openRun, action.by);
  }
};

const scroll = (
  openRun: OpenRun,
  {by, lineCount, from = 0, head}: Extract<PaneAction, {readonly type: 'pane/scrolled'}>,
  paneLines: number,
): PaneState['topByKey'] => {
  const {pane} = openRun;
  const key = getPaneKey(openRun);
  const scrolledTop = pane.topByKey.get(key);
  const start = scrolledTop === undefined ? from : scrolledTop + (head ?? 0);
  const top = start + clampScroll(start, by, lineCount, paneLines);
  const topByKey = new Map(pane.topByKey);
  // At the top, lines that appear there are shown.
  if (head !== undefined && top === 0) {
    topByKey.delete(key);
  } else {
    topByKey.set(key, top - (head ?? 0));
  }

  return topByKey;
};

const stepAttempt = (openRun: OpenRun, by: number): PaneState => {
  const step = findShownStep(openRun);
  const latest = step && findLatestAttempt(step);
  if (step === undefined || latest === undefined) {
    return openRun.pane;
  }

  const shownNumber = openRun.pane.attemptByStep.get(step.name) ?? latest.number;
  const index = step.attempts.findIndex(attempt => attempt.number === shownNumber);
  const next = step.attempts[Math.min(step.attempts.length - 1, Math.max(0, index + by))] ?? latest;
  const attemptByStep = new Map(openRun.pane.attemptByStep);
  if (next === latest) {
    attemptByStep.delete(step.name);
  } else {
    attemptByStep.set(step.name, next.number);
  }

  return {...openRun.pane, attemptByStep};
};
