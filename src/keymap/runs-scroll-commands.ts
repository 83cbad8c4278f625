import {selectRunRows} from '../store/runs/run-rows.js';
import {layOutRunsScreen} from '../store/runs/runs-layout.js';
import type {State} from '../store/state.js';
import type {Command, CommandOutcome} from './command.js';

export const explainNoRuns = (state: State): string | undefined =>
  selectRunRows(state).rows.length === 0 ? 'no runs in the list' : undefined;

export const moveRunsSelection = (by: number): CommandOutcome => ({action: {type: 'runs/moved', by}});

const getHalfRunsLines = ({size}: State): number => Math.max(1, Math.floor(layOutRunsScreen(size).listHeight / 2));

/** Commands that scroll the run list by pages and to its ends. */
export const runsScrollCommands: readonly Command[] = [
  {
    id: 'runs.pageDown',
    keys: ['pagedown', 'ctrl-f'],
    title: 'scroll down a page',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => ({action: {type: 'runs/paged', pages: 1}}),
  },
  {
    id: 'runs.pageUp',
    keys: ['pageup', 'ctrl-b'],
    title: 'scroll up a page',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => ({action: {type: 'runs/paged', pages: -1}}),
  },
  {
    id: 'runs.halfDown',
    keys: ['ctrl-d'],
    title: 'scroll down half a page',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: state => moveRunsSelection(getHalfRunsLines(state)),
  },
  {
    id: 'runs.halfUp',
    keys: ['ctrl-u'],
    title: 'scroll up half a page',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: state => moveRunsSelection(-getHalfRunsLines(state)),
  },
  {
    id: 'runs.first',
    keys: ['g', 'home'],
    title: 'select first run',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => ({action: {type: 'runs/jumped', to: 'first'}}),
  },
  {
    id: 'runs.last',
    keys: ['G', 'end'],
    title: 'select last run; again: load older runs',
    on: ['runs'],
    whyNot: explainNoRuns,
    act: () => ({action: {type: 'runs/jumped', to: 'last'}}),
  },
];
