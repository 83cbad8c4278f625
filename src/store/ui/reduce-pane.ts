import {findLatestAttempt} from '../../domain/step.js';
import type {PaneAction} from '../action.js';
import type {OpenRun} from '../run/open-run.js';
import {findShownStep, getPaneKey} from '../selectors.js';
import {type PaneState, tabs} from './pane.js';

/** `paneLines`: how many lines of the pane are on the screen; `undefined` if it is hidden. */
export const reducePane = (openRun: OpenRun, action: PaneAction, paneLines: number | undefined): PaneState => {
  const {pane} = openRun;
  switch (action.type) {
    case 'pane/toggled':
      return {...pane, isOpen: !pane.isOpen};

    case 'pane/closed':
      return {...pane, isOpen: false};

    case 'pane/scrolled': {
      const lastTop = Math.max(0, action.lineCount - (paneLines ?? 0));
      const top = Math.min(
        lastTop,
        Math.max(0, (pane.topByKey.get(getPaneKey(openRun)) ?? action.from ?? 0) + action.by),
      );
      return {...pane, topByKey: new Map(pane.topByKey).set(getPaneKey(openRun), top)};
    }

    case 'cursor/set':
      return {...pane, cursorByKey: new Map(pane.cursorByKey).set(getPaneKey(openRun), action.key)};

    case 'tab/chosen':
      return {...pane, tab: action.tab, isOpen: pane.isOpen || paneLines === undefined};

    case 'tab/stepped': {
      const at = (tabs.indexOf(pane.tab) + action.by + tabs.length) % tabs.length;
      return {...pane, tab: tabs[at] ?? pane.tab, isOpen: pane.isOpen || paneLines === undefined};
    }

    case 'section/toggled': {
      const key = `${getPaneKey(openRun)} ${action.section}`;
      const unfolded = new Set(pane.unfolded);
      if (!unfolded.delete(key)) {
        unfolded.add(key);
      }

      return {...pane, unfolded};
    }

    case 'attempt/stepped':
      return stepAttempt(openRun, action.by);
  }
};

const stepAttempt = (openRun: OpenRun, by: number): PaneState => {
  const step = findShownStep(openRun);
  const latest = step && findLatestAttempt(step);
  if (step === undefined || latest === undefined) {
    return openRun.pane;
  }

  const shown = openRun.pane.attemptByStep.get(step.name) ?? latest.number;
  const at = step.attempts.findIndex(attempt => attempt.number === shown);
  const next = step.attempts[Math.min(step.attempts.length - 1, Math.max(0, at + by))] ?? latest;
  const attemptByStep = new Map(openRun.pane.attemptByStep);
  if (next === latest) {
    attemptByStep.delete(step.name);
  } else {
    attemptByStep.set(step.name, next.number);
  }

  return {...openRun.pane, attemptByStep};
};
