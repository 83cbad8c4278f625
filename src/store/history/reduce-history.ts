import {buildPastRun} from '../../domain/past-run.js';
import type {News} from '../query.js';
import {remember} from '../run/remember.js';
import {getHistoryKey, type RunHistory} from './history.js';

type HistoryNews = Extract<News, {readonly kind: 'previous-dag' | 'previous-step' | 'cache-candidates'}>;

/** The history with this response; the same object if it adds nothing. */
export const reduceHistory = (history: RunHistory, news: HistoryNews): RunHistory => {
  switch (news.kind) {
    case 'previous-dag': {
      const {runs = [], pastRuns} = history;
      const run = runs.find(({id}) => id === news.previousId);
      const past = run && buildPastRun(run, news.dag, news.retried);
      return past === undefined || pastRuns.some(({id}) => id === past.id)
        ? history
        : {...history, pastRuns: [...pastRuns, past]};
    }

    case 'previous-step': {
      const key = getHistoryKey(news.runId, news.name);
      return {...history, stepsByKey: remember(history.stepsByKey, key, news.detail)};
    }

    case 'cache-candidates':
      return {...history, candidatesById: remember(history.candidatesById, news.stepId, news.candidates)};
  }
};
