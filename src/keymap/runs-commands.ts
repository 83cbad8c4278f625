import type {RunId} from '../domain/ids.js';
import {buildRunUrl} from '../domain/run-url.js';
import {selectSelectedRunRow} from '../store/runs/run-rows.js';
import {selectProjectId} from '../store/runs/runs-needs.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import {explainNoFailedRuns, jumpToFailedRun} from './failed-runs.js';
import {explainNoRuns, moveRunsSelection} from './runs-scroll-commands.js';

/** The run as it was left where that is the one; else from its beginning. */
const openSelectedRun = (state: State): CommandOutcome => {
  const row = selectSelectedRunRow(state);
  if (row === undefined) {
    return moveRunsSelection(0);
  }

  return state.runs.left?.runId === row.id
    ? {action: {type: 'run/reopened'}}
    : {action: {type: 'run/opened', runId: row.id}};
};

/** What `c` compares: the marked runs, the oldest first; one alone with the one under the cursor. */
export const selectRunsToCompare = (state: State): readonly RunId[] => {
  const {marked, selected} = state.runs;
  const ids = new Set(marked);
  if (ids.size === 1 && selected !== undefined) {
    ids.add(selected);
  }

  const createdAt = (id: RunId): number => state.runs.rowsById.get(id)?.createdAt ?? 0;
  return [...ids].sort((a, b) => createdAt(a) - createdAt(b));
};

const selectSelectedRunUrl = (state: State): string | undefined => {
  const {server, session} = state;
  const row = selectSelectedRunRow(state);
  const run = row && {id: row.id, projectId: selectProjectId(state)};
  return run && buildRunUrl({run, server, serverUrl: session.serverUrl, projectName: session.project?.name});
};

const openRunCopyMenu = (state: State): CommandOutcome => {
  const row = selectSelectedRunRow(state);
  const url = selectSelectedRunUrl(state);
  const choices = [
    ...(row === undefined
      ? []
      : [
          {what: 'run id', text: row.id as string},
          {what: 'run name', text: row.name},
        ]),
    ...(url === undefined ? [] : [{what: 'run URL', text: url}]),
  ];
  return {action: {type: 'copying/opened', title: 'copy', choices}};
};

/** From run to run, and what can be done with one. */
export const runsCommands: readonly Command[] = [
  {
    id: 'run.next',
    keys: ['j', 'down'],
    title: 'next run',
    short: 'move',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => moveRunsSelection(1),
  },
  {
    id: 'run.previous',
    keys: ['k', 'up'],
    title: 'previous run',
    short: 'move',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => moveRunsSelection(-1),
  },
  {
    id: 'run.open',
    keys: ['return'],
    title: 'open the run',
    short: 'open',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: openSelectedRun,
  },
  {
    id: 'runs.nextFailure',
    keys: ['e'],
    title: 'next failed run',
    short: 'next failure',
    on: ['runs'],
    whyNot: explainNoFailedRuns,
    act: state => jumpToFailedRun(state, 1),
  },
  {
    id: 'runs.previousFailure',
    keys: ['E'],
    title: 'previous failed run',
    on: ['runs'],
    whyNot: explainNoFailedRuns,
    act: state => jumpToFailedRun(state, -1),
  },
  {
    id: 'runs.filter',
    keys: ['/'],
    title: 'filter by words and status: pipeline: user: tag: (! for not)',
    short: 'filter',
    on: ['runs'],
    act: () => ({action: {type: 'field/opened', purpose: 'runs'}}),
  },
  {
    id: 'runs.unfilter',
    keys: ['escape'],
    title: 'no filter; then no marks',
    short: ({runs}) => (runs.filter !== '' ? 'all runs' : runs.marked.size > 0 ? 'unmark' : undefined),
    on: ['runs'],
    whyNot: ({runs}) =>
      runs.filter === '' && runs.marked.size === 0 ? 'this is the first screen: q quits' : undefined,
    act: ({runs}) => ({action: runs.filter === '' ? {type: 'runs/unmarked'} : {type: 'runs/filtered', text: ''}}),
  },
  {
    id: 'run.mark',
    keys: ['space'],
    title: 'mark the run, or take the mark away',
    short: 'mark',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: state => {
      const row = selectSelectedRunRow(state);
      return row === undefined ? moveRunsSelection(0) : {action: {type: 'runs/marked', id: row.id}};
    },
  },
  {
    id: 'runs.compare',
    keys: ['c'],
    title: 'compare the marked runs; one mark: with the run under the cursor',
    short: 'compare',
    on: ['runs'],
    whyNot: state => (selectRunsToCompare(state).length < 2 ? 'mark a run with space, then go to another' : undefined),
    act: state => ({action: {type: 'comparing/opened', runIds: selectRunsToCompare(state)}}),
  },
  {
    id: 'project.choose',
    keys: ['P'],
    title: 'another project',
    short: 'project',
    on: ['runs'],
    act: () => ({action: {type: 'choosing/opened', what: 'project'}}),
  },
  {
    id: 'server.choose',
    keys: ['S'],
    title: 'another server that `zenml login` knows',
    short: 'server',
    on: ['runs'],
    whyNot: ({session}) => ((session.servers ?? []).length < 2 ? '`zenml login` knows no other server' : undefined),
    act: () => ({action: {type: 'choosing/opened', what: 'server'}}),
  },
  {
    id: 'run.copy',
    keys: ['y'],
    title: 'copy how the run is called',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: openRunCopyMenu,
  },
  {
    id: 'runs.browse',
    keys: ['o'],
    title: 'open the run in the dashboard',
    on: ['runs'],
    whyNot: state =>
      selectSelectedRunUrl(state) === undefined ? 'the address of this run is not known yet' : undefined,
    act: state => ({effect: {type: 'open-url', url: selectSelectedRunUrl(state) ?? ''}}),
  },
];
