import {hasRunLogs} from '../domain/server.js';
import {findNextMatch} from '../store/logs/reduce-logs.js';
import {findShownLog} from '../store/logs/shown-log.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import {formatCommandKey} from './command-key.js';
import type {ScreenFrame} from './frame.js';

/** How many cells one key press scrolls long lines sideways. */
const shiftCells = 20;

const explainNoLog = (_: State, frame: ScreenFrame): string | undefined =>
  frame.log === undefined ? 'no log here' : undefined;

const explainNoMatch = ({openRun, session}: State): string | undefined => {
  if (openRun === undefined || openRun.logs.search === '') {
    return `no search yet: press ${formatCommandKey('log.search', session)} to search`;
  }

  return findNextMatch(openRun, 1) === undefined ? 'no match' : undefined;
};

const explainNoOtherSource = ({openRun}: State): string | undefined =>
  ((openRun && findShownLog(openRun))?.sources.length ?? 0) > 1 ? undefined : 'there is only one log';

const explainNoLineShift = (state: State, frame: ScreenFrame): string | undefined =>
  state.openRun?.logs.isWrapped === true
    ? `lines are wrapped (${formatCommandKey('log.wrap', state.session)} to unwrap)`
    : explainNoLog(state, frame);

const hasSearch = ({openRun}: State): boolean => openRun !== undefined && openRun.logs.search !== '';

const goToMatch = (by: 1 | -1): CommandOutcome => ({action: {type: 'log/movedToMatch', by}});

/** Commands of a full-screen log. */
export const logCommands: readonly Command[] = [
  {
    id: 'log.search',
    keys: ['/'],
    title: 'search (case-sensitive if the text has capitals)',
    short: 'search',
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'field/opened', purpose: 'search'}}),
  },
  {
    id: 'log.nextMatch',
    keys: ['n'],
    title: 'go to next match',
    short: state => (hasSearch(state) ? 'match' : undefined),
    on: ['log'],
    whyNot: explainNoMatch,
    act: () => goToMatch(1),
  },
  {
    id: 'log.previousMatch',
    keys: ['N'],
    title: 'go to previous match',
    short: state => (hasSearch(state) ? 'match' : undefined),
    on: ['log'],
    whyNot: explainNoMatch,
    act: () => goToMatch(-1),
  },
  {
    id: 'log.level',
    keys: ['l'],
    title: 'cycle level: all, warnings and errors, errors',
    short: 'level',
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'log/levelCycled'}}),
  },
  {
    id: 'log.wrap',
    keys: ['w'],
    title: 'toggle line wrap',
    short: ({openRun}) => (openRun?.logs.isWrapped === true ? 'unwrap' : 'wrap'),
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'log/wrapToggled'}}),
  },
  {
    id: 'log.source',
    keys: ['s'],
    title: 'switch to next log source',
    short: 'source',
    on: ['log'],
    whyNot: explainNoOtherSource,
    act: () => ({action: {type: 'log/sourceCycled'}}),
  },
  {
    id: 'log.save',
    keys: ['S'],
    title: 'save the log to a file',
    short: 'save',
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'field/opened', purpose: 'file'}}),
  },
  {
    id: 'log.times',
    keys: ['T'],
    title: 'toggle timestamps',
    short: 'times',
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'log/timesToggled'}}),
  },
  {
    id: 'log.right',
    keys: ['right'],
    title: 'scroll right',
    on: ['log'],
    whyNot: explainNoLineShift,
    act: () => ({action: {type: 'log/shifted', by: shiftCells}}),
  },
  {
    id: 'log.left',
    keys: ['left'],
    title: 'scroll left',
    on: ['log'],
    whyNot: explainNoLineShift,
    act: () => ({action: {type: 'log/shifted', by: -shiftCells}}),
  },
  {
    id: 'log.back',
    keys: ['escape'],
    title: 'clear search; go back to the list',
    short: 'back',
    on: ['log'],
    act: state => ({action: {type: hasSearch(state) ? 'log/searchCleared' : 'pane/closed'}}),
  },
];

/** Why the log of a run cannot be opened. */
export const explainNoRunLog = ({server}: State): string | undefined =>
  hasRunLogs(server) ? undefined : `this server (${server?.version}) has no run logs: they need ZenML 0.81 or later`;

/** The command that opens the log of the run, from any step and tab. */
export const runLogCommands: readonly Command[] = [
  {
    id: 'log.ofRun',
    keys: ['L'],
    title: 'switch between run log and step log',
    short: ({openRun}) => (openRun?.logs.ofRun === undefined ? 'run log' : 'step log'),
    on: ['list', 'pane', 'log'],
    whyNot: explainNoRunLog,
    act: () => ({action: {type: 'log/runToggled'}}),
  },
];
