import {type Instant, laterOf} from '../domain/instant.js';
import type {Action} from './action.js';
import {ticked, withClockOffset} from './clock.js';
import {dagKey} from './needs.js';
import type {News} from './query.js';
import {doubted, reduceAsking} from './reduce-asking.js';
import {reduceCopying} from './reduce-copying.js';
import {reduceNews} from './reduce-news.js';
import {reduceReader, reduceWatchField} from './reduce-reader.js';
import {reduceRuns} from './reduce-runs.js';
import {reduceChoosing} from './runs/choosing.js';
import {reduceComparing} from './runs/reduce-comparing.js';
import {isListingNews, reduceListing} from './runs/reduce-listing-news.js';
import {reducePlace} from './runs/reduce-place.js';
import {reduceRunsList, settledRuns} from './runs/reduce-runs-list.js';
import {isRunsField, reduceRunsField} from './runs/runs-field.js';
import {type Screen, screenBelow} from './screen.js';
import {isComparedAnew, settledList} from './settled-list.js';
import type {Notice, State} from './state.js';
import type {Watch} from './watch.js';

/** How long a notice stays, in milliseconds. */
const noticeMs = 4_000;

export const reduce = (state: State, action: Action): State => {
  const next = withSettledRuns(state, reduceRest(reduceAsking(state, action), action));
  return next.watch === undefined || isListSettled(state, next, next.watch) ? next : settled(state, next, next.watch);
};

const isListSettled = (before: State, state: State, watch: Watch): boolean =>
  watch === before.watch && state.size === before.size && (state.now === before.now || !isComparedAnew(state, watch));

const withSettledRuns = (before: State, state: State): State => {
  const isSame = state.runs === before.runs && state.size === before.size && state.screen === before.screen;
  if (isSame || screenBelow(state.screen).name !== 'runs') {
    return state;
  }

  const runs = settledRuns(state, before);
  return runs === state.runs ? state : {...state, runs};
};

const settled = (before: State, state: State, watch: Watch): State => {
  const list = settledList(state, watch, before.watch);
  return list === watch.list ? state : {...state, watch: {...watch, list}};
};

const reduceRest = (state: State, action: Action): State => {
  switch (action.type) {
    case 'clock/ticked':
      return ticked(state, action.now);

    case 'size/changed':
      return {...state, size: action.size};

    case 'news/arrived': {
      const timed = withClockOffset(state, {...action, writtenAt: newestRowAt(action.news)});
      if (isListingNews(action.news)) {
        return reduceListing(timed, action.news, action);
      }

      const server = action.news.kind === 'info' ? action.news.info : timed.server;
      const watch = timed.watch && reduceNews(timed, timed.watch, action.news, action);
      return {...timed, server, watch};
    }

    case 'news/failed':
      return state.watch !== undefined && action.failure.kind === 'no-route' && action.key === dagKey(state.watch.runId)
        ? {...state, watch: {...state.watch, hasDag: false}}
        : state;

    case 'run/opened':
    case 'run/reopened':
    case 'run/followed':
    case 'run/returned':
      return reduceRuns(state, action);

    case 'runs/moved':
    case 'runs/paged':
    case 'runs/jumped':
    case 'runs/selected':
    case 'runs/marked':
    case 'runs/unmarked':
    case 'runs/filtered':
      return {...state, runs: reduceRunsList(state, action)};

    case 'runs/shown':
    case 'project/chosen':
    case 'server/chosen':
      return reducePlace(state, action);

    case 'comparing/opened':
    case 'comparing/scrolled':
    case 'comparing/shifted':
    case 'comparing/closed':
      return {...state, screen: reduceComparing(state.screen, action)};

    case 'choosing/opened':
    case 'choosing/moved':
    case 'choosing/closed':
      return {...state, screen: reduceChoosing(state, action)};

    case 'polling/toggled':
      return state.isPaused ? doubted({...state, isPaused: false}, state.now) : {...state, isPaused: true};

    case 'polling/demanded':
      return doubted(state, state.now);

    case 'help/toggled':
      return {...state, screen: toggledHelp(state.screen)};

    case 'help/scrolled':
      return state.screen.name === 'help'
        ? {...state, screen: {...state.screen, top: Math.max(0, state.screen.top + action.by)}}
        : state;

    case 'notice/shown':
      return {...state, notice: noticeOf(action.text, action.tone, state.now)};

    case 'notice/dropped':
      return {...state, notice: undefined};

    case 'copying/opened':
    case 'copying/moved':
    case 'copying/closed':
      return {...state, screen: reduceCopying(state.screen, action)};

    case 'field/opened':
    case 'field/typed':
    case 'field/erased':
    case 'field/completed':
    case 'field/kept':
    case 'field/cleared':
      return isRunsField(state.field, action) ? reduceRunsField(state, action) : reduceWatchField(state, action);

    default:
      return state.watch === undefined ? state : {...state, watch: reduceReader(state, state.watch, action)};
  }
};

/** When the newest row of a list of steps was written, by the server's clock. */
const newestRowAt = (news: News): Instant | undefined =>
  news.kind === 'steps'
    ? news.page.items.reduce<Instant | undefined>((last, {updatedAt}) => laterOf(last, updatedAt), undefined)
    : undefined;

const noticeOf = (text: string, tone: Notice['tone'], now: Instant): Notice => ({text, tone, until: now + noticeMs});

const toggledHelp = (screen: Screen): Screen =>
  screen.name === 'help' ? screen.under : {name: 'help', under: screen, top: 0};
