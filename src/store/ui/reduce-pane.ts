import {findLatestAttempt} from '../../domain/step.js';
import type {PaneAction} from '../action.js';
import type {OpenRun} from '../run/open-run.js';
import {findShownStep, getPaneKey} from '../selectors.js';
import {type PaneState, tabs} from './pane.js';

/** `paneLines`: how many the pane has on the screen; `undefined` where it is not shown. */
export const reducePane = (watch: OpenRun, action: PaneAction, paneLines: number | undefined): PaneState => {
  const {pane} = watch;
  switch (action.type) {
    case 'pane/toggled':
      return {...pane, isOpen: !pane.isOpen};

    case 'pane/closed':
      return {...pane, isOpen: false};

    case 'pane/scrolled': {
      const lastTop = Math.max(0, action.lineCount - (paneLines ?? 0));
      const top = Math.min(
        lastTop,
        Math.max(0, (pane.topByKey.get(getPaneKey(watch)) ?? action.from ?? 0) + action.by),
      );
      return {...pane, topByKey: new Map(pane.topByKey).set(getPaneKey(watch), top)};
    }

    case 'cursor/set':
      return {...pane, cursorByKey: new Map(pane.cursorByKey).set(getPaneKey(watch), action.key)};

    case 'tab/chosen':
      return {...pane, tab: action.tab, isOpen: pane.isOpen || paneLines === undefined};

    case 'tab/stepped': {
      const at = (tabs.indexOf(pane.tab) + action.by + tabs.length) % tabs.length;
      return {...pane, tab: tabs[at] ?? pane.tab, isOpen: pane.isOpen || paneLines === undefined};
    }

    case 'section/toggled': {
      const key = `${getPaneKey(watch)} ${action.section}`;
      const unfolded = new Set(pane.unfolded);
      if (!unfolded.delete(key)) {
        unfolded.add(key);
      }

      return {...pane, unfolded};
    }

    case 'attempt/stepped':
      return stepAttempt(watch, action.by);
  }
};

const stepAttempt = (watch: OpenRun, by: number): PaneState => {
  const step = findShownStep(watch);
  const latest = step && findLatestAttempt(step);
  if (step === undefined || latest === undefined) {
    return watch.pane;
  }

  const shown = watch.pane.attemptByStep.get(step.name) ?? latest.number;
  const at = step.attempts.findIndex(attempt => attempt.number === shown);
  const next = step.attempts[Math.min(step.attempts.length - 1, Math.max(0, at + by))] ?? latest;
  const attemptByStep = new Map(watch.pane.attemptByStep);
  if (next === latest) {
    attemptByStep.delete(step.name);
  } else {
    attemptByStep.set(step.name, next.number);
  }

  return {...watch.pane, attemptByStep};
};
