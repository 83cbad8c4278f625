import type {UtcOffset} from '../format/time.js';
import {type CommandOutcome, selectKeyContext} from '../keymap/command.js';
import {scrollText} from '../keymap/help-commands.js';
import {findKeyOutcome} from '../keymap/press.js';
import {scrollPane} from '../keymap/scroll-pane.js';
import {layOutRunsScreen} from '../store/runs/runs-layout.js';
import {selectVisibleRuns} from '../store/runs/runs-needs.js';
import {findSelectedIndex, getRows, selectLayout} from '../store/selectors.js';
import type {State} from '../store/state.js';
import type {Layout} from '../store/ui/layout.js';
import {getVisibleRange} from '../store/ui/visible-range.js';
import {createFrame} from './frame.js';
import {layOutPane} from './pane/pane-layout.js';
import {findTabAt} from './pane/pane-title.js';
import {findRuleTabAt} from './pane/rule-line.js';

/** A mouse event; columns and rows are counted from 0. */
type MouseEvent = {
  readonly button: number;
  readonly column: number;
  readonly row: number;
  readonly isRelease: boolean;
};

const leftButton = 0;
const wheelUp = 64;
const wheelDown = 65;
/** How many rows one notch of the wheel scrolls. */
const wheelRows = 3;

/**
 * What a mouse event does: a click selects a row or a tab, and the wheel scrolls what is under the pointer. The mouse never changes
 * a run.
 */
export const findMouseOutcome = (
  event: MouseEvent,
  state: State,
  getUtcOffset: UtcOffset,
): CommandOutcome | undefined => {
  if (state.field !== undefined || event.isRelease) {
    return undefined;
  }

  if (event.button === wheelUp || event.button === wheelDown) {
    return findWheelOutcome(event, event.button === wheelUp ? -1 : 1, state, getUtcOffset);
  }

  return event.button === leftButton ? findClickOutcome(event, state, getUtcOffset) : undefined;
};

const findWheelOutcome = (
  event: MouseEvent,
  direction: 1 | -1,
  state: State,
  getUtcOffset: UtcOffset,
): CommandOutcome | undefined => {
  const by = direction * wheelRows;
  switch (selectKeyContext(state)) {
    case 'runs':
      return {action: {type: 'runs/moved', by}};

    case 'timeline':
    case 'graph':
      return {action: {type: 'selection/moved', by}};

    case 'list':
    case 'pane':
    case 'log':
      return isInList(event, state)
        ? {action: {type: 'selection/moved', by}}
        : scrollPane(by, state, createFrame(state, getUtcOffset));

    case 'help':
    case 'value':
      return scrollText(state, by, createFrame(state, getUtcOffset));

    // Here, every key without a command closes the dialog.
    case 'confirming':
      return undefined;

    default:
      return findKeyOutcome(direction === 1 ? 'down' : 'up', state, createFrame(state, getUtcOffset));
  }
};

const isInList = ({column, row}: MouseEvent, state: State): boolean => {
  const layout = selectLayout(state);
  const {list} = layout;
  return list !== undefined && column < list.width && row < getFirstListRow(layout) + list.height;
};

/** The screen row of the first row of the list: below the header, and the column titles or the axis. */
const getFirstListRow = ({headerLines, hasColumnTitles, timeline}: Layout): number =>
  headerLines + (hasColumnTitles ? 1 : 0) + (timeline?.axisLines ?? 0);

const findClickOutcome = (event: MouseEvent, state: State, getUtcOffset: UtcOffset): CommandOutcome | undefined => {
  switch (selectKeyContext(state)) {
    case 'runs':
      return findRunClick(event, state);

    case 'timeline':
    case 'graph':
      return isInList(event, state) ? findStepClick(event, state) : undefined;

    case 'list':
      return isInList(event, state) ? findStepClick(event, state) : findTabClick(event, state, getUtcOffset);

    case 'pane':
    case 'log':
      return findTabClick(event, state, getUtcOffset);

    default:
      return undefined;
  }
};

const findRunClick = ({row}: MouseEvent, state: State): CommandOutcome | undefined => {
  const {headerLines, hasColumnTitles} = layOutRunsScreen(state.size);
  const run = selectVisibleRuns(state)[row - headerLines - (hasColumnTitles ? 1 : 0)];
  return run === undefined ? undefined : {action: {type: 'runs/selected', id: run.id}};
};

const findStepClick = ({row}: MouseEvent, state: State): CommandOutcome | undefined => {
  const layout = selectLayout(state);
  const {list} = layout;
  const {openRun} = state;
  if (list === undefined || openRun === undefined) {
    return undefined;
  }

  const {rows} = getRows(openRun);
  const selected = findSelectedIndex(openRun);
  const {top, count} = getVisibleRange(selected, openRun.list.top, rows.length, list.height);
  const line = row - getFirstListRow(layout);
  return line < 0 || line >= count ? undefined : {action: {type: 'selection/moved', by: top + line - (selected ?? 0)}};
};

const findTabClick = ({column, row}: MouseEvent, state: State, getUtcOffset: UtcOffset): CommandOutcome | undefined => {
  const {headerLines, list} = selectLayout(state);
  const pane = layOutPane(state, getUtcOffset);
  const {openRun} = state;
  if (pane === undefined || openRun === undefined) {
    return undefined;
  }

  const isBelow = pane.place === 'below';
  const tabsRow = headerLines + (isBelow ? (list?.height ?? 0) : 1);
  if (row !== tabsRow || (!isBelow && pane.chrome < 2)) {
    return undefined;
  }

  const left = pane.place === 'beside' ? (list?.width ?? 0) + 2 : 1;
  const tab = isBelow
    ? findRuleTabAt(column, state, openRun, pane.width + 1)
    : findTabAt(column - left, openRun.pane.tab, pane.width);
  return tab === undefined ? undefined : {action: {type: 'tab/chosen', tab}};
};
