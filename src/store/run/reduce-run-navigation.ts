import type {RunId} from '../../domain/ids.js';
import {getStepRowKey} from '../list/rows.js';
import type {State} from '../state.js';
import {createOpenRun, withSync} from './open-run.js';

export type RunAction =
  | {readonly type: 'run/opened'; readonly runId: RunId}
  /** The run that the user left last is opened again as it was. */
  | {readonly type: 'run/reopened'}
  /** The user followed a link to another run or to a step of it, or opened a child run. */
  | {readonly type: 'linkedRun/opened'; readonly runId: RunId; readonly stepName: string | undefined}
  /** Back to the run with that link. */
  | {readonly type: 'run/returned'};

export const reduceRunNavigation = (state: State, action: RunAction): State => {
  switch (action.type) {
    case 'run/opened':
      return {...state, screen: {name: 'run'}, openRun: createOpenRun(action.runId, state.now), runTrail: []};

    case 'run/reopened': {
      const {lastOpen} = state.runs;
      return lastOpen === undefined
        ? state
        : {
            ...state,
            screen: {name: 'run'},
            openRun: withSync(lastOpen, {invalidatedAt: state.now}),
            runTrail: [],
            runs: {...state.runs, lastOpen: undefined},
          };
    }

    case 'linkedRun/opened':
      return openLinkedRun(state, action);

    case 'run/returned': {
      const openRun = state.runTrail.at(-1);
      // Much may have changed there in the meantime.
      return openRun === undefined
        ? state
        : {
            ...state,
            openRun: withSync(openRun, {invalidatedAt: state.now}),
            runTrail: state.runTrail.slice(0, -1),
          };
    }
  }
};

const openLinkedRun = (state: State, action: Extract<RunAction, {readonly type: 'linkedRun/opened'}>): State => {
  const {openRun} = state;
  if (openRun === undefined) {
    return state;
  }

  const next = createOpenRun(action.runId, state.now);
  const selectedKey = action.stepName === undefined ? undefined : getStepRowKey(action.stepName);
  return {
    ...state,
    openRun: {
      ...next,
      list: {...next.list, selectedKey, isFollowing: selectedKey === undefined},
      pane: {...next.pane, tab: openRun.pane.tab, isOpen: openRun.pane.isOpen},
    },
    runTrail: [...state.runTrail, openRun],
  };
};
