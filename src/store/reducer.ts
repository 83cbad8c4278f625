import type {Instant} from '../domain/instant.js';
import type {Action, ListAction, PaneAction} from './action.js';
import {reduceList, settledList} from './reduce-list.js';
import {reduceNews} from './reduce-news.js';
import {reducePane} from './reduce-pane.js';
import {reduceRequests} from './requests.js';
import {layoutOf} from './selectors.js';
import {type Notice, type Screen, type State, type Watch, watchOf} from './state.js';

/** The clock was not ticked for this long: the machine slept, or the terminal stood still. */
const gapMs = 30_000;

/** How long a notice stays, in milliseconds. */
const noticeMs = 4_000;

export const reduce = (state: State, action: Action): State => {
  const requests = reduceRequests(state.requests, action);
  const next = reduceRest(requests === state.requests ? state : {...state, requests}, action);
  return next.watch === undefined || (next.watch === state.watch && next.size === state.size)
    ? next
    : settled(next, next.watch);
};

const settled = (state: State, watch: Watch): State => {
  const list = settledList(watch, state.size, state.now);
  return list === watch.list ? state : {...state, watch: {...watch, list}};
};

const reduceRest = (state: State, action: Action): State => {
  switch (action.type) {
    case 'clock/ticked':
      return ticked(state, action.now);

    case 'size/changed':
      return {...state, size: action.size};

    case 'news/arrived': {
      const timed = withOffset(state, action);
      const server = action.news.kind === 'info' ? action.news.info : timed.server;
      const watch = timed.watch && reduceNews(timed, timed.watch, action);
      return {...timed, server, watch};
    }

    case 'news/failed':
      return state.watch !== undefined &&
        action.failure.kind === 'no-route' &&
        action.key === `dag:${state.watch.runId}`
        ? {...state, watch: {...state.watch, hasDag: false}}
        : state;

    case 'run/opened':
      return {...state, screen: {name: 'run'}, watch: watchOf(action.runId, state.now)};

    case 'polling/toggled':
      return {...state, isPaused: !state.isPaused, watch: state.watch && {...state.watch, doubtedAt: state.now}};

    case 'polling/demanded':
      return {...state, watch: state.watch && {...state.watch, doubtedAt: state.now}};

    case 'help/toggled':
      return {...state, screen: toggledHelp(state.screen)};

    case 'help/scrolled':
      return state.screen.name === 'help'
        ? {...state, screen: {...state.screen, top: Math.max(0, state.screen.top + action.by)}}
        : state;

    case 'notice/shown':
      return {...state, notice: noticeOf(action.text, action.tone, state.now)};

    default:
      return state.watch === undefined ? state : {...state, watch: reduceReader(state, state.watch, action)};
  }
};

const reduceReader = (state: State, watch: Watch, action: ListAction | PaneAction): Watch => {
  const layout = layoutOf(state);
  switch (action.type) {
    case 'pane/toggled':
    case 'pane/closed':
    case 'pane/scrolled':
    case 'tab/chosen':
    case 'tab/stepped':
    case 'section/toggled':
    case 'attempt/stepped':
      return {...watch, pane: reducePane(watch, action, layout.pane?.height ?? 0)};

    default:
      return {...watch, list: reduceList(watch, action, state.now, layout.list?.height ?? layout.pane?.height ?? 1)};
  }
};

const ticked = (state: State, now: Instant): State => {
  const notice = state.notice !== undefined && state.notice.until <= now ? undefined : state.notice;
  const isGap = now - state.now > gapMs || now < state.now;
  const watch = isGap && state.watch !== undefined ? {...state.watch, doubtedAt: now} : state.watch;
  return {...state, now, notice, watch};
};

const noticeOf = (text: string, tone: Notice['tone'], now: Instant): Notice => ({text, tone, until: now + noticeMs});

const toggledHelp = (screen: Screen): Screen =>
  screen.name === 'help' ? screen.under : {name: 'help', under: screen, top: 0};

/**
 * The difference of the clocks from an answer's Date, which is cut to whole seconds and was written between asking and
 * answering. Only a difference that this cannot explain replaces the one held, so that the clock does not wander.
 */
const withOffset = (
  state: State,
  {
    askedAt,
    answeredAt,
    serverDateAt,
  }: {readonly askedAt: Instant; readonly answeredAt: Instant; readonly serverDateAt: Instant | undefined},
): State => {
  if (serverDateAt === undefined) {
    return state;
  }

  const least = serverDateAt - answeredAt;
  const most = serverDateAt + 1000 - askedAt;
  const isExplained = state.clockOffsetMs >= least && state.clockOffsetMs <= most;
  return isExplained ? state : {...state, clockOffsetMs: (least + most) / 2};
};
