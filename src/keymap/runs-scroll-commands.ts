import {runRowsOf} from '../store/runs/run-rows.js';
import {runsLayout} from '../store/runs/runs-layout.js';
import type {State} from '../store/state.js';
import type {Command, Outcome} from './command.js';

export const noRuns = (state: State): string | undefined =>
  runRowsOf(state).rows.length === 0 ? 'there is no run in the list' : undefined;

export const moved = (by: number): Outcome => ({action: {type: 'runs/moved', by}});

const halfPage = ({size}: State): number => Math.max(1, Math.floor(runsLayout(size).listHeight / 2));

/** By pages through the list of runs, and to its ends. */
export const runsScrollCommands: readonly Command[] = [
  {
    id: 'runs.pageDown',
    keys: ['pagedown', 'ctrl+f'],
    title: 'a page down',
    on: ['runs'],
    whyNot: noRuns,
    act: () => ({action: {type: 'runs/paged', pages: 1}}),
  },
  {
    id: 'runs.pageUp',
    keys: ['pageup', 'ctrl+b'],
    title: 'a page up',
    on: ['runs'],
    whyNot: noRuns,
    act: () => ({action: {type: 'runs/paged', pages: -1}}),
  },
  {
    id: 'runs.halfDown',
    keys: ['ctrl+d'],
    title: 'half a page down',
    on: ['runs'],
    whyNot: noRuns,
    act: state => moved(halfPage(state)),
  },
  {
    id: 'runs.halfUp',
    keys: ['ctrl+u'],
    title: 'half a page up',
    on: ['runs'],
    whyNot: noRuns,
    act: state => moved(-halfPage(state)),
  },
  {
    id: 'runs.first',
    keys: ['home'],
    title: 'first run',
    on: ['runs'],
    whyNot: noRuns,
    act: () => ({action: {type: 'runs/jumped', to: 'first'}}),
  },
  {
    id: 'runs.last',
    keys: ['G', 'end'],
    title: 'last run so far; again: on to older ones',
    on: ['runs'],
    whyNot: noRuns,
    act: () => ({action: {type: 'runs/jumped', to: 'last'}}),
  },
];
