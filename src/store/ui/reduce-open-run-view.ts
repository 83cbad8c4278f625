import type {ComparisonAction, ListAction, PaneAction} from '../action.js';
import type {GraphAction} from '../graph/graph-state.js';
import {reduceGraph} from '../graph/reduce-graph.js';
import {reduceList} from '../list/reduce-list.js';
import type {LogAction} from '../logs/logs.js';
import {reduceLogs} from '../logs/reduce-logs.js';
import {leaveRunLog, toggleRunLog} from '../logs/run-log.js';
import type {OpenRun} from '../run/open-run.js';
import {selectLayout, selectTimelineContext} from '../selectors.js';
import type {State} from '../state.js';
import {reduceTimeline} from '../timeline/reduce-timeline.js';
import type {TimelineAction} from '../timeline/timeline.js';
import type {FieldAction} from './field.js';
import {reduceField} from './reduce-field.js';
import {reducePane} from './reduce-pane.js';

/** What the user types in the open run. */
export const reduceOpenRunField = (state: State, action: FieldAction): State => {
  if (state.openRun === undefined) {
    return state;
  }

  const {owner, field} = reduceField(state.openRun, state.field, action);
  return {...state, openRun: owner, field};
};

/** Where the user goes in the open run, and which part of it is visible. */
export const reduceOpenRunView = (
  state: State,
  openRun: OpenRun,
  action: ListAction | PaneAction | LogAction | TimelineAction | GraphAction | ComparisonAction,
): OpenRun => {
  const layout = selectLayout(state);
  switch (action.type) {
    case 'pane/toggled':
    case 'pane/closed':
    case 'pane/scrolled':
    case 'cursor/set':
    case 'tab/chosen':
    case 'tab/stepped':
    case 'section/toggled':
    case 'attempt/stepped':
      return leaveRunLog(
        openRun,
        {...openRun, pane: reducePane(openRun, action, layout.pane?.height)},
        action.type === 'tab/chosen',
      );

    case 'log/moved':
    case 'log/shifted':
    case 'log/movedToMatch':
    case 'log/searchCleared':
    case 'log/wrapToggled':
    case 'log/timesToggled':
    case 'log/levelCycled':
    case 'log/sourceCycled':
      return {...openRun, logs: reduceLogs(openRun, action)};

    case 'graph/toggled':
    case 'graph/pathToggled':
    case 'graph/moved':
      return reduceGraph(openRun, action, selectTimelineContext(state).now);

    case 'timeline/toggled':
    case 'timeline/zoomed':
    case 'timeline/panned':
    case 'timeline/fitted':
    case 'timeline/followingToggled':
    case 'timeline/clockToggled':
    case 'timeline/foldToggled':
      return {
        ...openRun,
        timeline: reduceTimeline(openRun, action, selectTimelineContext(state)),
        graph: openRun.graph.isShown ? {...openRun.graph, isShown: false} : openRun.graph,
      };

    case 'log/runToggled':
      return toggleRunLog(openRun);

    case 'comparison/wanted':
      return {...openRun, page: {...openRun.page, isComparisonWanted: true}};

    default:
      return leaveRunLog(
        openRun,
        {...openRun, list: reduceList(openRun, action, layout.list?.height ?? layout.pane?.height ?? 1)},
        false,
      );
  }
};
