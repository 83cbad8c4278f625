import type {Failure} from '../../domain/failure.js';
import type {Run} from '../../domain/run.js';
import {findLastGoodRun} from '../../domain/run-changes.js';
import type {Step} from '../../domain/step.js';
import type {PreviousMetadata} from '../../format/detail/metadata.js';
import {findPreviousStep, isHistoryKnown} from '../../store/history/history.js';
import {findPreviousFailure, findPreviousRunsQuery, getPreviousRunsKey} from '../../store/history/previous-needs.js';
import type {OpenRun} from '../../store/run/open-run.js';
import type {State} from '../../store/state.js';

/** The metadata of the last previous run that completed, or why there is none to compare with. */
export const selectPreviousRunMetadata = (state: State, openRun: OpenRun): PreviousMetadata => {
  const {runs} = openRun.history;
  const good = findLastGoodRun(runs ?? []);
  return good?.metadata === undefined
    ? explainMissing(
        openRun.run,
        runs !== undefined,
        state.requestsByKey.get(getPreviousRunsKey(openRun.runId))?.failure,
      )
    : {run: good, metadata: good.metadata};
};

/** The metadata of the step in the last previous run in which it completed or was cached, or why there is none to compare with. */
export const selectPreviousStepMetadata = (state: State, openRun: OpenRun, {name}: Step): PreviousMetadata => {
  const previous = findPreviousStep(openRun, name);
  return previous === undefined
    ? explainMissing(openRun.run, isHistoryKnown(openRun, name), findPreviousFailure(state, openRun, name))
    : {run: previous.run, metadata: previous.detail.metadata};
};

/** Previous runs are never fetched for a run without a pipeline. */
const explainMissing = (run: Run | undefined, isKnown: boolean, failure: Failure | undefined) =>
  isKnown || run === undefined || findPreviousRunsQuery(run) === undefined
    ? 'none'
    : failure === undefined
      ? 'loading'
      : 'not loaded';
