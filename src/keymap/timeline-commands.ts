import {findFoldablePauses} from '../domain/timeline/scale.js';
import {selectServerNow} from '../store/selectors.js';
import type {State} from '../store/state.js';
import {getPauses, getTimelineFacts, getTimeWindow} from '../store/timeline/timeline-facts.js';
import {closeRowsView} from './close-rows-view.js';
import type {Command} from './command.js';

const explainNotStarted = (state: State): string | undefined =>
  state.openRun === undefined || getTimelineFacts(state.openRun, selectServerNow(state)) === undefined
    ? 'the run has not started yet'
    : undefined;

const explainNoZoom = ({openRun}: State): string | undefined =>
  openRun?.timeline.window === undefined ? 'the whole run is shown (+ to zoom in)' : undefined;

const explainNoFollowing = (state: State): string | undefined =>
  explainNoZoom(state) ?? (state.openRun?.overAt === undefined ? undefined : 'the run has ended');

const explainNoPauses = (state: State): string | undefined => {
  const facts = state.openRun && getTimelineFacts(state.openRun, selectServerNow(state));
  return state.openRun === undefined ||
    facts === undefined ||
    findFoldablePauses(getPauses(facts), getTimeWindow(state.openRun, facts)).pauses.length === 0
    ? 'no long pause in the time shown'
    : undefined;
};

/** Commands of the timeline. Those of the step list work there, too. */
export const timelineCommands: readonly Command[] = [
  {
    id: 'timeline.open',
    keys: ['t'],
    title: 'show the timeline',
    short: 'timeline',
    on: ['list'],
    act: () => ({action: {type: 'timeline/toggled'}}),
  },
  {
    id: 'timeline.close',
    keys: ['t', 'escape'],
    title: 'go back to the step list',
    short: 'list',
    on: ['timeline'],
    act: (state, _frame, key) => closeRowsView(state, key, 'timeline/toggled'),
  },
  {
    id: 'timeline.zoomIn',
    keys: ['+', '='],
    title: 'zoom in around the selected step, or around now',
    short: 'zoom',
    on: ['timeline'],
    whyNot: explainNotStarted,
    act: () => ({action: {type: 'timeline/zoomed', factor: 2}}),
  },
  {
    id: 'timeline.zoomOut',
    keys: ['-'],
    title: 'zoom out',
    short: 'zoom',
    on: ['timeline'],
    whyNot: explainNoZoom,
    act: () => ({action: {type: 'timeline/zoomed', factor: 1 / 2}}),
  },
  {
    id: 'timeline.fit',
    keys: ['0'],
    title: 'show the whole run',
    short: 'all',
    on: ['timeline'],
    whyNot: explainNoZoom,
    act: () => ({action: {type: 'timeline/fitted'}}),
  },
  {
    id: 'timeline.panLeft',
    keys: ['left'],
    title: 'move to an earlier time',
    short: 'pan',
    on: ['timeline'],
    whyNot: explainNoZoom,
    act: () => ({action: {type: 'timeline/panned', share: -1 / 4}}),
  },
  {
    id: 'timeline.panRight',
    keys: ['right'],
    title: 'move to a later time',
    short: 'pan',
    on: ['timeline'],
    whyNot: explainNoZoom,
    act: () => ({action: {type: 'timeline/panned', share: 1 / 4}}),
  },
  {
    id: 'timeline.follow',
    keys: ['f'],
    title: 'follow now, or stop following',
    short: ({openRun}) => (openRun?.timeline.isFollowing === true ? undefined : 'follow now'),
    on: ['timeline'],
    whyNot: explainNoFollowing,
    act: () => ({action: {type: 'timeline/followingToggled'}}),
  },
  {
    id: 'timeline.fold',
    keys: ['z'],
    title: 'fold or unfold long pauses',
    short: 'pauses',
    on: ['timeline'],
    whyNot: explainNoPauses,
    act: () => ({action: {type: 'timeline/foldToggled'}}),
  },
  {
    id: 'timeline.clock',
    keys: ['T'],
    title: 'show local times or offsets from the start',
    on: ['timeline'],
    act: () => ({action: {type: 'timeline/clockToggled'}}),
  },
];
