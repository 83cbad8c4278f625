import {countSteps} from '../domain/step-table.js';
import type {GraphDirection} from '../store/graph/graph-state.js';
import {canMoveInGraph} from '../store/graph/move-in-graph.js';
import {getListedGraph, selectServerNow} from '../store/selectors.js';
import type {State} from '../store/state.js';
import {closeRowsView} from './close-rows-view.js';
import type {Command} from './command.js';

const createMove = (to: GraphDirection, reason: string): Pick<Command, 'whyNot' | 'act'> => ({
  whyNot: state => {
    const {openRun} = state;
    return openRun !== undefined && canMoveInGraph(openRun, getListedGraph(openRun), to, selectServerNow(state))
      ? undefined
      : reason;
  },
  act: () => ({action: {type: 'graph/moved', to}}),
});

const explainNoPath = ({openRun}: State): string | undefined =>
  openRun === undefined || countSteps(openRun.table.counts, 'waiting') === openRun.table.structure.length
    ? 'no step has started yet'
    : undefined;

/** Commands of the graph. Those of the step list work there, too. */
export const graphCommands: readonly Command[] = [
  {
    id: 'graph.open',
    keys: ['D'],
    title: 'show the graph (DAG)',
    // While updates are paused, the footer needs the room to say how to resume them.
    short: ({isPaused}) => (isPaused ? undefined : 'graph'),
    on: ['list', 'timeline'],
    act: () => ({action: {type: 'graph/toggled'}}),
  },
  {
    id: 'graph.upstream',
    keys: ['h', 'left'],
    title: 'go to the step that this one waited for last',
    short: 'upstream',
    on: ['graph'],
    ...createMove('upstream', 'nothing upstream'),
  },
  {
    id: 'graph.downstream',
    keys: ['l', 'right'],
    title: 'go back downstream, or to the downstream step that started first',
    short: 'downstream',
    on: ['graph'],
    ...createMove('downstream', 'nothing downstream'),
  },
  {
    id: 'graph.previousSibling',
    keys: ['{'],
    title: 'go to the previous step on the same rail',
    short: 'siblings',
    on: ['graph'],
    ...createMove('previousSibling', 'no sibling above'),
  },
  {
    id: 'graph.nextSibling',
    keys: ['}'],
    title: 'go to the next step on the same rail',
    short: 'siblings',
    on: ['graph'],
    ...createMove('nextSibling', 'no sibling below'),
  },
  {
    id: 'graph.path',
    keys: ['c'],
    title: 'highlight the critical path, or what is upstream and downstream',
    short: 'path',
    on: ['graph'],
    whyNot: explainNoPath,
    act: () => ({action: {type: 'graph/pathToggled'}}),
  },
  {
    id: 'graph.timeline',
    keys: ['t'],
    title: 'show the timeline',
    short: 'timeline',
    on: ['graph'],
    act: () => ({action: {type: 'timeline/toggled'}}),
  },
  {
    id: 'graph.close',
    keys: ['D', 'escape'],
    title: 'go back to the step list',
    short: 'list',
    on: ['graph'],
    act: (state, _frame, key) => closeRowsView(state, key, 'graph/toggled'),
  },
];
