import {isFiltering} from '../store/list/arrangement.js';
import type {State} from '../store/state.js';
import type {Command} from './command.js';

const explainNoSteps = ({watch}: State): string | undefined =>
  watch === undefined || watch.table.structure.length === 0 ? 'no steps yet' : undefined;

/** Then escape first takes the filter away. */
export const hasStepFilter = ({watch}: State): boolean => watch !== undefined && isFiltering(watch.list.arrangement);

/** What of the list of steps is shown, and in what order. */
export const arrangeCommands: readonly Command[] = [
  {
    id: 'steps.filter',
    keys: ['/'],
    title: 'filter by name, status:, group:, cached, slow, !',
    short: 'filter',
    on: ['list'],
    act: () => ({action: {type: 'field/opened', purpose: 'steps'}}),
  },
  {
    id: 'steps.hideDone',
    keys: ['h'],
    title: 'hide what ended well, or show it again',
    short: ({watch}) => (watch?.list.arrangement.isHidingDone === true ? 'show done' : undefined),
    on: ['list'],
    whyNot: explainNoSteps,
    act: () => ({action: {type: 'list/doneToggled'}}),
  },
  {
    id: 'steps.sort',
    keys: ['s'],
    title: 'sort by duration, status, start, or not at all',
    on: ['list'],
    whyNot: explainNoSteps,
    act: () => ({action: {type: 'list/sorted'}}),
  },
  {
    id: 'steps.reverse',
    keys: ['S'],
    title: 'the other way round',
    on: ['list'],
    whyNot: explainNoSteps,
    act: () => ({action: {type: 'list/reversed'}}),
  },
  {
    id: 'steps.jump',
    keys: ['#', ':'],
    title: 'to the step with this number in the pipeline',
    on: ['list'],
    whyNot: explainNoSteps,
    act: () => ({action: {type: 'field/opened', purpose: 'place'}}),
  },
];
