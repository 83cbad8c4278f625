import {getStepStatus} from '../../domain/step.js';
import {getWorstStatus} from '../../domain/urgency.js';
import {buildHeadline} from '../../format/detail/headline.js';
import {formatCount} from '../../format/number.js';
import {sanitizeText} from '../../format/safe-text.js';
import {getStatusTone} from '../../format/status-words.js';
import type {OpenRun} from '../../store/run/open-run.js';
import {findSelectedRow, findSelectedStep, selectServerNow, selectShownAttempt} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import {type Tab, tabs} from '../../store/ui/pane.js';
import type {Theme} from '../../theme/theme.js';
import {buildChildRunFacts} from '../list/child-run-facts.js';
import {createPiece, joinPieces, type Pieces, pickFitting} from '../pieces.js';

/** What the pane is about: its name, and how that is doing. */
export type PaneTitle = {readonly name: Pieces; readonly status: Pieces};

const maxNameCells = 200;

export const renderPaneTitle = (state: State, watch: OpenRun, theme: Theme, nameCells: number): PaneTitle => {
  const row = findSelectedRow(watch);
  if (row?.kind === 'group') {
    return renderGroupTitle(row.groupId, watch, theme);
  }

  if (row?.kind === 'run') {
    const {glyph, name, status, tone, time} = buildChildRunFacts(row.child, selectServerNow(state), theme);
    return {
      name: [createPiece(name, 'strong')],
      status: joinPieces([[createPiece(`${glyph} ${status}`, tone)], time === '' ? [] : [createPiece(time)]], ' '),
    };
  }

  const step = findSelectedStep(watch);
  if (step === undefined) {
    return {name: [], status: []};
  }

  const attempt = selectShownAttempt(state);
  const isRunOver = watch.overAt !== undefined;
  const {name, word, tone, duration} = buildHeadline({
    step,
    attempt,
    isRunOver,
    now: selectServerNow(state),
    nameCells,
  });
  const earlier = attempt !== undefined && attempt !== step.attempts.at(-1);
  const which = earlier ? [createPiece(` attempt ${attempt.number}`, 'warning')] : [];
  const glyph = theme.statusGlyph(attempt?.status ?? getStepStatus(step, isRunOver));
  return {
    name: [createPiece(name, 'strong'), ...which],
    status: joinPieces([[createPiece(`${glyph} ${word}`, tone)], duration === '' ? [] : [createPiece(duration)]], ' '),
  };
};

const renderGroupTitle = (groupId: string, watch: OpenRun, theme: Theme): PaneTitle => {
  const group = watch.table.structure.groupsById.get(groupId);
  const status = getWorstStatus(watch.table.countsByGroup.get(groupId) ?? {}, watch.overAt !== undefined);
  return {
    name: [
      createPiece(sanitizeText(group?.name ?? '', {maxCells: maxNameCells}), 'strong'),
      createPiece(` [${formatCount(group?.indexes.length ?? 0)}]`, 'dim'),
    ],
    status: [createPiece(`${theme.statusGlyph(status)} ${status}`, getStatusTone(status))],
  };
};

/** The whole word, and a short one for where there is no room. */
const tabTitles: Readonly<Record<Tab, readonly [string, string]>> = {
  overview: ['Overview', 'Over'],
  inputs: ['Inputs', 'In'],
  outputs: ['Outputs', 'Out'],
  config: ['Config', 'Conf'],
  cache: ['Cache', 'Cache'],
  logs: ['Logs', 'Logs'],
  code: ['Code', 'Code'],
};

/** The tabs side by side, the open one marked; by short names, or the open one alone, where they would take more than `width`. */
export const renderTabs = (open: Tab, width: number): Pieces => {
  const sideBySide = (form: 0 | 1) =>
    joinPieces(
      tabs.map(tab => [createPiece(tabTitles[tab][form], tab === open ? 'tab' : 'dim')]),
      '  ',
    );
  const alone = [
    createPiece(tabTitles[open][0], 'tab'),
    createPiece(` ${tabs.indexOf(open) + 1}/${tabs.length}`, 'dim'),
  ];
  return pickFitting([sideBySide(0), sideBySide(1), alone], width);
};
