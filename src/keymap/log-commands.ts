import {findNextHit} from '../store/logs/reduce-logs.js';
import {findShownLog} from '../store/logs/shown-log.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';
import type {ScreenFrame} from './frame.js';

/** Cells that long lines are shifted by. */
const shiftCells = 20;

const explainNoLog = (_: State, frame: ScreenFrame): string | undefined =>
  frame.log === undefined ? 'there is nothing to read here' : undefined;

const explainNoHit =
  (by: 1 | -1) =>
  ({watch}: State): string | undefined => {
    if (watch === undefined || watch.logs.search === '') {
      return '/ searches';
    }

    return findNextHit(watch, by) === undefined ? `nothing ${by === 1 ? 'below' : 'above'} holds it` : undefined;
  };

const explainNoOtherSource = ({watch}: State): string | undefined =>
  ((watch && findShownLog(watch))?.sources.length ?? 0) > 1 ? undefined : 'there is no other log';

const explainNoLineShift = (state: State, frame: ScreenFrame): string | undefined =>
  state.watch?.logs.isWrapped === true ? 'long lines are wrapped' : explainNoLog(state, frame);

const hasSearch = ({watch}: State): boolean => watch !== undefined && watch.logs.search !== '';

const stepHit = (by: 1 | -1): CommandOutcome => ({action: {type: 'log/hitStepped', by}});

/** Reading a log over the whole screen. */
export const logCommands: readonly Command[] = [
  {
    id: 'log.search',
    keys: ['/'],
    title: 'search the log; a capital makes capitals count',
    short: 'search',
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'field/opened', purpose: 'search'}}),
  },
  {
    id: 'log.nextHit',
    keys: ['n'],
    title: 'to the next line found',
    short: state => (hasSearch(state) ? 'found' : undefined),
    on: ['log'],
    whyNot: explainNoHit(1),
    act: () => stepHit(1),
  },
  {
    id: 'log.previousHit',
    keys: ['N'],
    title: 'to the line found before',
    short: state => (hasSearch(state) ? 'found' : undefined),
    on: ['log'],
    whyNot: explainNoHit(-1),
    act: () => stepHit(-1),
  },
  {
    id: 'log.level',
    keys: ['l'],
    title: 'everything, warnings and worse, or errors alone',
    short: 'level',
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'log/levelStepped'}}),
  },
  {
    id: 'log.wrap',
    keys: ['w'],
    title: 'wrap long lines, or cut them',
    short: ({watch}) => (watch?.logs.isWrapped === true ? 'cut' : 'wrap'),
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'log/wrapToggled'}}),
  },
  {
    id: 'log.source',
    keys: ['s'],
    title: 'the next log of the same step or run',
    short: 'source',
    on: ['log'],
    whyNot: explainNoOtherSource,
    act: () => ({action: {type: 'log/sourceStepped'}}),
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
    title: 'show when lines were written, or not',
    short: 'times',
    on: ['log'],
    whyNot: explainNoLog,
    act: () => ({action: {type: 'log/timesToggled'}}),
  },
  {
    id: 'log.right',
    keys: ['right'],
    title: 'more of long lines',
    on: ['log'],
    whyNot: explainNoLineShift,
    act: () => ({action: {type: 'log/shifted', by: shiftCells}}),
  },
  {
    id: 'log.left',
    keys: ['left'],
    title: 'back to where lines begin',
    on: ['log'],
    whyNot: explainNoLineShift,
    act: () => ({action: {type: 'log/shifted', by: -shiftCells}}),
  },
  {
    id: 'log.back',
    keys: ['escape'],
    title: 'no search; back to the list',
    short: 'back',
    on: ['log'],
    act: state => ({action: {type: hasSearch(state) ? 'log/searchCleared' : 'pane/closed'}}),
  },
];

/** From anywhere to the log of the run. */
export const runLogCommands: readonly Command[] = [
  {
    id: 'log.ofRun',
    keys: ['L'],
    title: 'log of the run; from there, of the step',
    short: ({watch}) => (watch?.logs.ofRun === undefined ? 'run log' : 'step log'),
    on: ['list', 'pane', 'log'],
    act: () => ({action: {type: 'log/runToggled'}}),
  },
];
