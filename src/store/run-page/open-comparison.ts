import {findLastGoodRun} from '../../domain/run-changes.js';
import type {State} from '../state.js';

/** Opens the comparison that the user requested, once the last good run is known. */
export const withWantedComparison = (state: State): State => {
  const {openRun} = state;
  if (openRun?.page.isComparisonWanted !== true || openRun.history.runs === undefined) {
    return state;
  }

  const goodRun = findLastGoodRun(openRun.history.runs);
  const next = {...state, openRun: {...openRun, page: {...openRun.page, isComparisonWanted: false}}};
  return goodRun === undefined || state.screen.name !== 'run'
    ? next
    : {
        ...next,
        screen: {name: 'comparing', runIds: [goodRun.id, openRun.runId], top: 0, left: 0, isOfOpenRun: true},
      };
};
