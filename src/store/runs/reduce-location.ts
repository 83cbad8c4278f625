import {correctRowEnd, createRunRow} from '../../domain/run-row.js';
import {noClockEvidence} from '../requests/clock-evidence.js';
import {selectServerNow} from '../selectors.js';
import type {Session} from '../session.js';
import type {State} from '../state.js';
import {removeRuns} from './merge-runs.js';
import {initialRuns, type Runs} from './runs.js';
import type {RunsAction, RunsListAction} from './runs-action.js';

/** Changes which runs are listed: from a run to the list, to another project, to another server. */
export const reduceLocation = (state: State, action: Exclude<RunsAction, RunsListAction>): State => {
  switch (action.type) {
    case 'runs/shown':
      return {
        ...state,
        session: withOpenRunProject(state),
        screen: {name: 'runs'},
        openRun: undefined,
        runTrail: [],
        runs: withLastRun(state),
      };

    case 'project/chosen': {
      const {me, projects} = state.runs;
      return {
        ...state,
        ...noOpenRun,
        session: {...state.session, project: action.project},
        runs: {...initialRuns, me, projects},
      };
    }

    case 'server/chosen': {
      const {serverUrl, connectionArguments, project} = action;
      return {
        ...state,
        ...noOpenRun,
        session: {...state.session, serverUrl, connectionArguments, project},
        server: undefined,
        clockOffsetMs: 0,
        clock: noClockEvidence,
        runs: initialRuns,
      };
    }
  }
};

/** If no project is known, takes that of the run that the user leaves. */
const withOpenRunProject = ({session, openRun}: State): Session => {
  const projectId = openRun?.run?.projectId;
  return session.project === undefined && projectId !== undefined
    ? {...session, project: {id: projectId, name: undefined}}
    : session;
};

const noOpenRun = {screen: {name: 'runs'}, openRun: undefined, runTrail: [], field: undefined} as const;

/** The run that the user leaves stays in the list, selected, unless the server no longer has it. */
const withLastRun = (state: State): Runs => {
  const {openRun, runs, server} = state;
  if (openRun === undefined) {
    return runs;
  }

  const {run, runId, table, hasPlan, goneAt} = openRun;
  if (goneAt !== undefined) {
    return {...removeRuns(runs, [runId]), lastOpen: openRun, keptId: undefined, selectedId: runId};
  }

  const row = run && createRunRow(run, server);
  const shownRow = row && hasPlan ? correctRowEnd(row, table, selectServerNow(state)) : row;
  const rowsById = shownRow === undefined ? runs.rowsById : new Map(runs.rowsById).set(shownRow.id, shownRow);
  return {...runs, rowsById, lastOpen: openRun, keptId: runId, selectedId: runId};
};
