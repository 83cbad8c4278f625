import {isUnreachable} from '../../domain/blockers.js';
import {getStepStatus} from '../../domain/step.js';
import {getMostUrgentStatus} from '../../domain/urgency.js';
import {countCells} from '../../format/cells.js';
import {buildHeadline} from '../../format/detail/headline.js';
import {createSegment, joinLines, type Line, pickFittingLine} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {getStatusTone} from '../../format/status-words.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {
  findSelectedRow,
  findSelectedStep,
  isRunSelected,
  selectServerNow,
  selectShownAttempt,
} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {type Tab, tabs} from '../../store/ui/pane.js';
import type {Theme} from '../../theme/theme.js';
import {renderRunTitle} from '../header/location.js';
import {renderRunStatus} from '../header/state-line.js';
import {getGroupSize} from '../list/group-facts.js';
import {buildRowFacts} from '../list/row-facts.js';

/** The title of the pane: the name of the selected row, or that of the run for its log, and its status. */
export type PaneTitle = {readonly name: Line; readonly status: Line};

/** The title for the selected row, its name cut to `nameCells`. */
export const renderPaneTitle = (state: State, openRun: OpenRun, theme: Theme, nameCells: number): PaneTitle => {
  const isRunLog = openRun.pane.tab === 'logs' && openRun.logs.ofRun !== undefined;
  if ((isRunLog || isRunSelected(openRun)) && openRun.run !== undefined) {
    return {
      name: renderRunTitle(openRun.run, nameCells),
      status: renderRunStatus(openRun.run, openRun, selectServerNow(state), theme),
    };
  }

  const row = findSelectedRow(openRun);
  if (row?.kind === 'group') {
    return renderGroupTitle(row.groupId, openRun, theme, nameCells);
  }

  if (row?.kind === 'run' || row?.kind === 'child-step' || row?.kind === 'question') {
    const facts = buildRowFacts(row, openRun, selectServerNow(state), theme);
    if (facts === undefined) {
      return {name: [], status: []};
    }

    const {glyph, name, status, tone, time} = facts;
    return {
      name: [createSegment(sanitizeToWidth(name, nameCells), 'strong')],
      status: joinLines([[createSegment(`${glyph} ${status}`, tone)], time === '' ? [] : [createSegment(time)]], ' '),
    };
  }

  const step = findSelectedStep(openRun);
  if (step === undefined) {
    return {name: [], status: []};
  }

  const attempt = selectShownAttempt(state);
  const isRunOver = openRun.overAt !== undefined || isUnreachable(openRun.table, step);
  const {name, word, tone, duration} = buildHeadline({
    step,
    attempt,
    isRunOver,
    now: selectServerNow(state),
    nameCells,
  });
  const isPrevious = attempt !== undefined && attempt !== step.attempts.at(-1);
  const which = isPrevious ? [createSegment(` attempt ${attempt.number}`, 'warning')] : [];
  const glyph = theme.pickStatusGlyph(attempt?.status ?? getStepStatus(step, isRunOver));
  return {
    name: [createSegment(name, 'strong'), ...which],
    status: joinLines(
      [[createSegment(`${glyph} ${word}`, tone)], duration === '' ? [] : [createSegment(duration)]],
      ' ',
    ),
  };
};

const renderGroupTitle = (groupId: string, openRun: OpenRun, theme: Theme, nameCells: number): PaneTitle => {
  const group = openRun.table.structure.groupsById.get(groupId);
  const status = getMostUrgentStatus(openRun.table.countsByGroup.get(groupId) ?? {}, openRun.overAt !== undefined);
  const count = ` [${formatCount(group === undefined ? 0 : getGroupSize(group, openRun.table))}]`;
  return {
    name: [
      createSegment(sanitizeToWidth(group?.name ?? '', Math.max(1, nameCells - count.length)), 'strong'),
      createSegment(count, 'dim'),
    ],
    status: [createSegment(`${theme.pickStatusGlyph(status)} ${status}`, getStatusTone(status))],
  };
};

/** Cells reserved for the status at the right end of the title. */
export const statusCells = 26;

/** The full title and a short one for narrow panes. */
const tabTitles: Readonly<Record<Tab, readonly [string, string]>> = {
  overview: ['Overview', 'Over'],
  inputs: ['Inputs', 'In'],
  outputs: ['Outputs', 'Out'],
  config: ['Config', 'Conf'],
  cache: ['Cache', 'Cache'],
  logs: ['Logs', 'Logs'],
  code: ['Code', 'Code'],
};

/** The tabs side by side, the open one highlighted; with short names, or only the open tab, if `width` requires it. */
export const renderTabs = (open: Tab, width: number): Line => {
  const renderSideBySide = (form: 0 | 1) =>
    joinLines(
      tabs.map(tab => [createSegment(tabTitles[tab][form], tab === open ? 'tab' : 'dim')]),
      '  ',
    );
  const alone = [
    createSegment(tabTitles[open][0], 'tab'),
    createSegment(` ${tabs.indexOf(open) + 1}/${tabs.length}`, 'dim'),
  ];
  return pickFittingLine([renderSideBySide(0), renderSideBySide(1), alone], width);
};

/** The tab at this cell of the tabs, if there is one. */
export const findTabAt = (cell: number, open: Tab, width: number): Tab | undefined => {
  let left = 0;
  for (const {text} of renderTabs(open, width)) {
    const right = left + countCells(text);
    const tab = tabs.find(each => tabTitles[each].includes(text));
    if (tab !== undefined && cell >= left && cell < right) {
      return tab;
    }

    left = right;
  }

  return undefined;
};
