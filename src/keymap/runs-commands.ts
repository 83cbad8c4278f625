import type {RunId} from '../domain/ids.js';
import {buildRunUrl} from '../domain/run-url.js';
import type {Action} from '../store/action.js';
import {selectSelectedRunRow} from '../store/runs/run-rows.js';
import {selectProjectId} from '../store/runs/runs-needs.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import {formatCommandKey} from './command-key.js';
import {explainNoFailedRuns, jumpToFailedRun} from './failed-runs.js';
import {explainNoRunLog} from './log-commands.js';
import {explainNoRuns, moveRunsSelection} from './runs-scroll-commands.js';

/** Opens the selected run; the one that was open last reopens as it was left. */
const openSelectedRun = (state: State): {readonly action: Action} => {
  const row = selectSelectedRunRow(state);
  if (row === undefined) {
    return {action: {type: 'runs/moved', by: 0}};
  }

  return state.runs.lastOpen?.runId === row.id
    ? {action: {type: 'run/reopened'}}
    : {action: {type: 'run/opened', runId: row.id}};
};

/** Opens the log of the selected run. If that run was left last, with its log open, it reopens as it was left. */
const openSelectedRunLog = (state: State): CommandOutcome => {
  const {lastOpen} = state.runs;
  const isLogOpen = lastOpen?.logs.ofRun !== undefined && lastOpen.runId === selectSelectedRunRow(state)?.id;
  return {...openSelectedRun(state), followUps: isLogOpen ? [] : [{type: 'log/runToggled'}]};
};

/** The runs that `c` compares, oldest first: the marked ones, or a single marked one and the selected one. */
const selectRunsToCompare = (state: State): readonly RunId[] => {
  const {markedIds, selectedId} = state.runs;
  const ids = new Set(markedIds);
  if (ids.size === 1 && selectedId !== undefined) {
    ids.add(selectedId);
  }

  const getCreatedAt = (id: RunId): number => state.runs.rowsById.get(id)?.createdAt ?? 0;
  return [...ids].sort((a, b) => getCreatedAt(a) - getCreatedAt(b));
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
  const entries = [
    ...(row === undefined
      ? []
      : [
          {what: 'run ID', text: row.id as string},
          {what: 'run name', text: row.name},
        ]),
    ...(url === undefined ? [] : [{what: 'run URL', text: url}]),
  ];
  return {action: {type: 'menu/opened', title: 'copy', entries}};
};

/** Commands of the run list. */
export const runsCommands: readonly Command[] = [
  {
    id: 'run.next',
    keys: ['j', 'down'],
    title: 'select next run',
    short: 'move',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => moveRunsSelection(1),
  },
  {
    id: 'run.previous',
    keys: ['k', 'up'],
    title: 'select previous run',
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
    title: 'select next failed run',
    short: 'next failure',
    on: ['runs'],
    whyNot: explainNoFailedRuns,
    act: state => jumpToFailedRun(state, 1),
  },
  {
    id: 'runs.previousFailure',
    keys: ['E'],
    title: 'select previous failed run',
    on: ['runs'],
    whyNot: explainNoFailedRuns,
    act: state => jumpToFailedRun(state, -1),
  },
  {
    id: 'runs.filter',
    keys: ['/'],
    title: 'filter: text, status:, pipeline:, user:, tag: (! negates)',
    short: 'filter',
    on: ['runs'],
    act: () => ({action: {type: 'field/opened', purpose: 'runs'}}),
  },
  {
    id: 'runs.unfilter',
    keys: ['escape'],
    title: 'clear filter, then marks',
    short: ({runs}) => (runs.filter !== '' ? 'all runs' : runs.markedIds.size > 0 ? 'unmark' : undefined),
    on: ['runs'],
    whyNot: ({runs, session}) =>
      runs.filter === '' && runs.markedIds.size === 0
        ? `already at the first screen (${formatCommandKey('program.quit', session)} to quit)`
        : undefined,
    act: ({runs}) => ({action: runs.filter === '' ? {type: 'runs/unmarked'} : {type: 'runs/filtered', text: ''}}),
  },
  {
    id: 'run.mark',
    keys: ['space'],
    title: 'mark or unmark run',
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
    title: 'compare marked runs (one mark: with the selected run)',
    short: 'compare',
    on: ['runs'],
    whyNot: state =>
      selectRunsToCompare(state).length < 2
        ? `mark a run with ${formatCommandKey('run.mark', state.session)}, then select another`
        : undefined,
    act: state => ({action: {type: 'comparing/opened', runIds: selectRunsToCompare(state)}}),
  },
  {
    id: 'runs.sort',
    keys: ['s'],
    title: 'cycle sort: start, duration, status, pipeline',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => ({action: {type: 'runs/sorted'}}),
  },
  {
    id: 'run.log',
    keys: ['L'],
    title: 'open the log of the run',
    on: ['runs'],
    whyNot: state => explainNoRuns(state) ?? explainNoRunLog(state),
    act: openSelectedRunLog,
  },
  {
    id: 'project.choose',
    keys: ['P'],
    title: 'switch project',
    short: 'project',
    on: ['runs'],
    act: () => ({action: {type: 'choosing/opened', what: 'project'}}),
  },
  {
    id: 'server.choose',
    keys: ['S'],
    title: 'switch server',
    short: 'server',
    on: ['runs'],
    whyNot: ({session}) =>
      (session.servers ?? []).length < 2 ? 'no other server known from `zenml login`' : undefined,
    act: () => ({action: {type: 'choosing/opened', what: 'server'}}),
  },
  {
    id: 'run.copy',
    keys: ['y'],
    title: 'copy run name, ID or URL',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: openRunCopyMenu,
  },
  {
    id: 'runs.browse',
    keys: ['o'],
    title: 'open the run in the dashboard',
    on: ['runs'],
    whyNot: state => (selectSelectedRunUrl(state) === undefined ? 'the URL of this run is not known yet' : undefined),
    act: state => ({effect: {type: 'open-url', url: selectSelectedRunUrl(state) ?? ''}}),
  },
];
