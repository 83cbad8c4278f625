import {countLineCells, createSegment, type Line, pickFittingLine} from '../../format/line.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedStep, selectLayout} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Tab} from '../../store/ui/pane.js';
import type {Theme} from '../../theme/theme.js';
import {formatPosition} from '../list/position.js';
import {findTabAt, renderPaneTitle, renderTabs, statusCells} from './pane-title.js';

/** Cells reserved for the title beside the tabs. */
const titleRoom = 26;

/** Cells of the rule before and after the title. */
const ruleCells = 5;

/** The title as a rule between list and pane, with the tabs at its right end. */
export const renderRuleLine = (state: State, openRun: OpenRun, width: number, theme: Theme): Line => {
  const {line} = theme.glyph;
  const position = formatPosition(openRun, selectLayout(state).list?.height ?? 0);
  const positionRoom = getPositionRoom(position);
  const tabs = [
    createSegment(' '),
    ...renderTabs(openRun.pane.tab, getTabsWidth(width, positionRoom)),
    createSegment(` ${line}${line}`, 'dim'),
  ];
  const room = width - countLineCells(tabs) - 1;
  // The name of a step is cut to make room for its status. A run or a group loses its status instead, which its row shows, too.
  const isStep = findSelectedStep(openRun) !== undefined;
  const nameCells = isStep ? Math.max(8, room - statusCells) : width;
  const {name, status} = renderPaneTitle(state, openRun, theme, nameCells);
  const start = [createSegment(` ${line}${line} `, 'dim'), ...name, createSegment(' ')];
  const alone = renderPaneTitle(state, openRun, theme, Math.max(8, room - positionRoom - ruleCells)).name;
  const left = pickFittingLine(
    [
      [...start, createSegment(' '), ...status, createSegment(' ')],
      [createSegment(` ${line}${line} `, 'dim'), ...alone, createSegment(' ')],
    ],
    room - positionRoom,
  );
  const ruleRoom = width - countLineCells(left) - countLineCells(tabs);
  const middle = position === '' || ruleRoom < positionRoom ? '' : ` ${position} ${line}`;
  return [...left, createSegment(line.repeat(Math.max(0, ruleRoom - middle.length)) + middle, 'dim'), ...tabs];
};

/** Part of the rule stays visible on both sides of the position. */
const getPositionRoom = (position: string): number => (position === '' ? 0 : position.length + 4);

const getTabsWidth = (width: number, positionRoom: number): number => width - titleRoom - positionRoom;

/** Cells of the rule after the tabs, with the blank before it. */
const endCells = 3;

/** The tab at a column of the rule, if there is one. */
export const findRuleTabAt = (column: number, state: State, openRun: OpenRun, width: number): Tab | undefined => {
  const {tab} = openRun.pane;
  const tabsWidth = getTabsWidth(
    width,
    getPositionRoom(formatPosition(openRun, selectLayout(state).list?.height ?? 0)),
  );
  const left = width - endCells - countLineCells(renderTabs(tab, tabsWidth));
  return findTabAt(column - left, tab, tabsWidth);
};
