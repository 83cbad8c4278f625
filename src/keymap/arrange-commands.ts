import {isFiltering} from '../store/list/arrangement.js';
import type {State} from '../store/state.js';
import {type Command, selectKeyContext} from './command.js';
import {formatCommandKey} from './command-key.js';

const explainNoSteps = ({openRun}: State): string | undefined =>
  openRun === undefined || openRun.table.structure.length === 0 ? 'no steps yet' : undefined;

const explainNoSorting = (state: State): string | undefined =>
  explainNoSteps(state) ??
  (selectKeyContext(state) === 'graph'
    ? `the graph has its own order (${formatCommandKey('graph.close', state.session)} for the list)`
    : undefined);

/** Whether steps are filtered: escape then clears the filter instead of leaving the list. */
export const hasStepFilter = ({openRun}: State): boolean =>
  openRun !== undefined && isFiltering(openRun.list.arrangement);

/** Commands that filter, sort and hide steps. */
export const arrangeCommands: readonly Command[] = [
  {
    id: 'steps.filter',
    keys: ['/'],
    title: 'filter: name, status:, group:, cached, slow (! negates); beside a log, search it',
    short: (_, {log}) => (log === undefined ? 'filter' : 'search'),
    on: ['list'],
    act: (_, {log}) => ({action: {type: 'field/opened', purpose: log === undefined ? 'steps' : 'search'}}),
  },
  {
    id: 'steps.hideSuccessful',
    keys: ['H'],
    title: 'hide or show successful steps',
    short: ({openRun}) => (openRun?.list.arrangement.isHidingSuccessful === true ? 'show successful' : undefined),
    on: ['list'],
    whyNot: explainNoSteps,
    act: () => ({action: {type: 'list/successfulToggled'}}),
  },
  {
    id: 'steps.sort',
    keys: ['s'],
    title: 'cycle sort: duration, status, start, name, none',
    on: ['list'],
    whyNot: explainNoSorting,
    act: () => ({action: {type: 'list/sorted'}}),
  },
  {
    id: 'steps.reverse',
    keys: ['S'],
    title: 'reverse sort order',
    on: ['list'],
    whyNot: explainNoSorting,
    act: () => ({action: {type: 'list/reversed'}}),
  },
  {
    id: 'steps.jump',
    keys: ['#'],
    title: 'go to step by number',
    on: ['list'],
    whyNot: explainNoSteps,
    act: () => ({action: {type: 'field/opened', purpose: 'step-number'}}),
  },
];
