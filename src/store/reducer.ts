import type {Instant} from '../domain/instant.js';
import type {Action} from './action.js';
import {leaveDialogs, reduceDialog, withInterventionEnded} from './intervention/reduce-intervention.js';
import {reconcileList, shouldResort} from './list/reconcile-list.js';
import {reduceTick, withClockOffset} from './requests/clock.js';
import {invalidate, reducePolling} from './requests/reduce-polling.js';
import {withMissingRun} from './run/gone.js';
import type {OpenRun} from './run/open-run.js';
import {reduceNews} from './run/reduce-news.js';
import {reduceRunNavigation} from './run/reduce-run-navigation.js';
import {getDagKey} from './run/steps-keys.js';
import {withWantedComparison} from './run-page/open-comparison.js';
import {reduceStreamedProgress} from './run-page/reduce-activity.js';
import {reduceChoosing} from './runs/choosing.js';
import {isAboutListing} from './runs/listing.js';
import {reduceComparing} from './runs/reduce-comparing.js';
import {reduceListingNews} from './runs/reduce-listing-news.js';
import {reduceLocation} from './runs/reduce-location.js';
import {reconcileRuns, reduceRunsList} from './runs/reduce-runs-list.js';
import {isRunsField, reduceRunsField} from './runs/runs-field.js';
import type {Notice, State} from './state.js';
import {isPlainField, reducePlainField} from './ui/plain-field.js';
import {reduceMenu} from './ui/reduce-menu.js';
import {reduceOpenRunField, reduceOpenRunView} from './ui/reduce-open-run-view.js';
import {getBaseScreen, type Screen} from './ui/screen.js';

/** How long a notice stays, in milliseconds. */
const noticeMs = 4_000;

export const reduce = (state: State, action: Action): State => {
  const next = withWantedComparison(withReconciledRuns(state, reduceAction(reducePolling(state, action), action)));
  return next.openRun === undefined || isListCurrent(state, next, next.openRun)
    ? next
    : withReconciledList(state, next, next.openRun);
};

const isListCurrent = (before: State, state: State, openRun: OpenRun): boolean =>
  openRun === before.openRun &&
  state.size === before.size &&
  (state.now === before.now || !shouldResort(state, openRun));

const withReconciledRuns = (before: State, state: State): State => {
  const isSame = state.runs === before.runs && state.size === before.size && state.screen === before.screen;
  if (isSame || getBaseScreen(state.screen).name !== 'runs') {
    return state;
  }

  const runs = reconcileRuns(state, before);
  return runs === state.runs ? state : {...state, runs};
};

const withReconciledList = (before: State, state: State, openRun: OpenRun): State => {
  const list = reconcileList(state, openRun, before.openRun);
  return list === openRun.list ? state : {...state, openRun: {...openRun, list}};
};

const reduceAction = (state: State, action: Action): State => {
  switch (action.type) {
    case 'clock/ticked':
      return reduceTick(state, action.now);

    case 'size/changed':
      return {...state, size: action.size};

    case 'news/arrived': {
      const next = withClockOffset(state, action);
      if (isAboutListing(action.news)) {
        return reduceListingNews(next, action.news, action);
      }

      const server = action.news.kind === 'info' ? action.news.info : next.server;
      const openRun = next.openRun && reduceNews(next, next.openRun, action.news, action);
      return {...next, server, openRun};
    }

    case 'news/failed':
      return state.openRun !== undefined &&
        action.failure.kind === 'no-route' &&
        action.key === getDagKey(state.openRun.runId)
        ? {...state, openRun: {...state.openRun, hasDag: false}}
        : withMissingRun(state, action);

    case 'run/opened':
    case 'run/reopened':
    case 'linkedRun/opened':
    case 'run/returned':
      return reduceRunNavigation(state, action);

    case 'runs/moved':
    case 'runs/paged':
    case 'runs/jumped':
    case 'runs/selected':
    case 'runs/marked':
    case 'runs/unmarked':
    case 'runs/filtered':
    case 'runs/sorted':
      return {...state, runs: reduceRunsList(state, action)};

    case 'runs/shown':
    case 'project/chosen':
    case 'server/chosen':
      return reduceLocation(state, action);

    case 'comparing/opened':
    case 'comparing/scrolled':
    case 'comparing/shifted':
    case 'comparing/groupsToggled':
    case 'comparing/closed':
      return {...state, screen: reduceComparing(state.screen, action)};

    case 'choosing/opened':
    case 'choosing/moved':
    case 'choosing/closed':
      return {...state, screen: reduceChoosing(state, action)};

    case 'polling/toggled':
      return state.isPaused ? invalidate({...state, isPaused: false}, state.now) : {...state, isPaused: true};

    case 'polling/demanded':
      return invalidate(state, state.now);

    case 'help/toggled':
      return {...state, screen: toggleHelp(state.screen)};

    case 'text/scrolled': {
      const screen = scrollText(state.screen, action.by);
      return screen === state.screen ? state : {...state, screen};
    }

    case 'value/opened':
      return {...state, screen: {name: 'value', under: state.screen, title: action.title, text: action.text, top: 0}};

    case 'value/closed':
      return state.screen.name === 'value' ? {...state, screen: state.screen.under} : state;

    case 'notice/shown':
      return {...state, notice: createNotice(action.text, action.tone, state.now)};

    case 'notice/dropped':
      return {...state, notice: undefined};

    case 'confirming/opened':
    case 'confirming/typed':
    case 'answering/opened':
    case 'answering/typed':
    case 'answering/moved':
    case 'answering/rejected':
    case 'dialog/closed':
      return {...state, screen: reduceDialog(state.screen, action)};

    case 'intervention/started':
      return {...state, intervention: action.intervention, screen: leaveDialogs(state.screen)};

    case 'intervention/ended':
      return invalidate(withInterventionEnded(state, action.outcome), state.now);

    case 'menu/opened':
    case 'menu/moved':
    case 'menu/closed':
      return {...state, screen: reduceMenu(state.screen, action)};

    case 'field/opened':
    case 'field/typed':
    case 'field/erased':
    case 'field/completed':
    case 'field/kept':
    case 'field/cleared':
      if (isPlainField(state.field, action)) {
        return {...state, field: reducePlainField(state.field, action)};
      }

      return isRunsField(state.field, action) ? reduceRunsField(state, action) : reduceOpenRunField(state, action);

    case 'progress/streamed':
      return reduceStreamedProgress(state, action);

    default:
      return state.openRun === undefined ? state : {...state, openRun: reduceOpenRunView(state, state.openRun, action)};
  }
};

const createNotice = (text: string, tone: Notice['tone'], now: Instant): Notice => ({
  text,
  tone,
  until: now + noticeMs,
});

const scrollText = (screen: Screen, by: number): Screen =>
  screen.name === 'help' || screen.name === 'value' ? {...screen, top: Math.max(0, screen.top + by)} : screen;

const toggleHelp = (screen: Screen): Screen =>
  screen.name === 'help' ? screen.under : {name: 'help', under: screen, top: 0};
