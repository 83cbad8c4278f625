import type {Run} from '../../domain/run.js';
import type {Action} from '../action.js';
import type {News} from '../query.js';
import type {Notice, State} from '../state.js';
import {watchOf} from '../watch.js';
import {currentChoice} from './choosing.js';
import type {ListingNews} from './listing.js';
import {withCompared} from './reduce-comparing.js';
import {withListed} from './reduce-listing.js';

type Arrived = Extract<Action, {readonly type: 'news/arrived'}>;

/** Whether it is about the runs of the project, not about the one that is open. */
export const isListingNews = (news: News): news is ListingNews => news.kind in kinds;

const kinds: Readonly<Record<ListingNews['kind'], true>> = {
  runs: true,
  'run-progress': true,
  'current-user': true,
  projects: true,
  project: true,
  'compared-run': true,
  'compared-steps': true,
  'compared-parameters': true,
  'next-run': true,
};

/** Runs whose progress is kept: those on the screen are few. */
const mostProgress = 500;

export const reduceListing = (state: State, news: ListingNews, arrived: Arrived): State => {
  const {runs} = state;
  switch (news.kind) {
    case 'runs':
      return {...state, runs: withListed(runs, news, arrived)};

    case 'run-progress': {
      const others = [...runs.progressById].filter(([id]) => id !== news.runId).slice(-mostProgress);
      return {...state, runs: {...runs, progressById: new Map([...others, [news.runId, news.progress]])}};
    }

    case 'current-user':
      return {...state, runs: {...runs, me: news.user}};

    case 'projects': {
      const next = {...state, runs: {...runs, projects: news.projects}};
      const isChoice = state.screen.name === 'choosing' && state.screen.what === 'project';
      // Only now there is something for the cursor to stand on.
      return isChoice && runs.projects === undefined
        ? {...next, screen: {...state.screen, selected: currentChoice(next, 'project')}}
        : next;
    }

    case 'project':
      return {...state, session: {...state.session, project: news.project}};

    case 'compared-run':
    case 'compared-steps':
    case 'compared-parameters':
      return {...state, runs: {...runs, comparison: withCompared(runs.comparison, news)}};

    case 'next-run':
      return news.run === undefined || state.watch?.runId !== news.after
        ? state
        : {...state, watch: watchOf(news.run.id, state.now), runsBefore: [], notice: nextNotice(state, news.run)};
  }
};

const noticeMs = 10_000;

const nextNotice = (state: State, {pipeline, name, index}: Run): Notice => ({
  text: `the next run: ${index === undefined ? name : `${pipeline?.name ?? name} #${index}`}`,
  tone: 'news',
  until: state.now + noticeMs,
});
