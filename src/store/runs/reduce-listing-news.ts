import type {Run} from '../../domain/run.js';
import {correctRowEnd, isRowInProgress} from '../../domain/run-row.js';
import type {Action} from '../action.js';
import {getMinAheadMs} from '../requests/clock-evidence.js';
import {createOpenRun} from '../run/open-run.js';
import {remember} from '../run/remember.js';
import {selectServerNow} from '../selectors.js';
import type {Notice, State} from '../state.js';
import {selectInitialChoice} from './choosing.js';
import type {ListingNews} from './listing.js';
import {withRunsNews} from './merge-runs.js';
import {withComparedRun} from './reduce-comparing.js';
import {initialRuns, type Runs} from './runs.js';

type NewsArrival = Extract<Action, {readonly type: 'news/arrived'}>;

/** For how many runs to keep the progress; only a few of them are on the screen. */
const maxProgress = 500;

export const reduceListingNews = (state: State, news: ListingNews, arrival: NewsArrival): State => {
  const {runs} = state;
  switch (news.kind) {
    case 'runs':
      return {
        ...state,
        runs: withRunsNews(runs, news, {...arrival, minAheadMs: getMinAheadMs(state.clock), server: state.server}),
      };

    case 'run-progress':
      return {...state, runs: withRunProgress(state, news)};

    case 'current-user':
      return {...state, runs: {...runs, me: news.user}};

    case 'projects': {
      const next = {...state, runs: {...runs, projects: news.projects}};
      const isChoice = state.screen.name === 'choosing' && state.screen.what === 'project';
      // Only now is there a row to select.
      return isChoice && runs.projects === undefined
        ? {...next, screen: {...state.screen, selectedIndex: selectInitialChoice(next, 'project')}}
        : next;
    }

    case 'project':
      return {...state, session: {...state.session, project: news.project}};

    case 'new-project':
      return news.project.id === state.session.project?.id
        ? state
        : {
            ...state,
            session: {...state.session, project: news.project},
            requestsByKey: removeListRequests(state.requestsByKey),
            runs: {...initialRuns, me: runs.me},
          };

    case 'compared-run':
    case 'compared-steps':
    case 'compared-parameters':
      return {...state, runs: {...runs, comparison: withComparedRun(runs.comparison, news, state.screen)}};

    case 'next-run':
      return news.run === undefined || state.openRun?.runId !== news.afterId
        ? state
        : {
            ...state,
            openRun: createOpenRun(news.run.id, state.now),
            runTrail: [],
            notice: createNextRunNotice(state, news.run),
          };
  }
};

/** The runs with the progress of one of them and, if its steps have been fetched for that, with the end that they show. */
const withRunProgress = (
  state: State,
  {runId, isFinal, progress, table}: Extract<ListingNews, {readonly kind: 'run-progress'}>,
): Runs => {
  const {runs} = state;
  const before = runs.rowsById.get(runId);
  const row = before && table ? correctRowEnd(before, table, selectServerNow(state)) : before;
  const finalProgressIds = new Set(runs.finalProgressIds);
  if (isFinal && row !== undefined && !isRowInProgress(row)) {
    finalProgressIds.add(runId);
  } else {
    // The run may have been resumed.
    finalProgressIds.delete(runId);
  }

  return {
    ...runs,
    rowsById: row === before || row === undefined ? runs.rowsById : new Map(runs.rowsById).set(row.id, row),
    progressById: remember(runs.progressById, runId, progress, maxProgress),
    finalProgressIds,
  };
};

/** Forgets the requests for the list of the previous project. */
const removeListRequests = (requests: State['requestsByKey']): State['requestsByKey'] =>
  new Map([...requests].filter(([key]) => !key.startsWith('runs:')));

/** How long the notice stays, in milliseconds. */
const noticeMs = 10_000;

const createNextRunNotice = (state: State, {pipeline, name, index}: Run): Notice => ({
  text: `the next run: ${index === undefined ? name : `${pipeline?.name ?? name} #${index}`}`,
  tone: 'news',
  until: state.now + noticeMs,
});
