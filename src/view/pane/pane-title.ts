import {stepStatus} from '../../domain/step.js';
import {worstStatus} from '../../domain/urgency.js';
import {headline} from '../../format/detail/headline.js';
import {formatCount} from '../../format/number.js';
import {safeText} from '../../format/safe-text.js';
import {toneOfStatus} from '../../format/status-words.js';
import {type Tab, tabs} from '../../store/pane.js';
import {nowOf, selectedRow, selectedStep, shownAttempt} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';
import type {Theme} from '../../theme/theme.js';
import {childRunFacts} from '../list/child-run-facts.js';
import {firstThatFits, joined, type Pieces, piece} from '../pieces.js';

/** What the pane is about: its name, and how that is doing. */
export type PaneTitle = {readonly name: Pieces; readonly status: Pieces};

const longestName = 200;

export const paneTitle = (state: State, watch: Watch, theme: Theme, nameCells: number): PaneTitle => {
  const row = selectedRow(watch);
  if (row?.kind === 'group') {
    return groupTitle(row.groupId, watch, theme);
  }

  if (row?.kind === 'run') {
    const {glyph, name, status, tone, time} = childRunFacts(row.child, nowOf(state), theme);
    return {
      name: [piece(name, 'strong')],
      status: joined([[piece(`${glyph} ${status}`, tone)], time === '' ? [] : [piece(time)]], ' '),
    };
  }

  const step = selectedStep(watch);
  if (step === undefined) {
    return {name: [], status: []};
  }

  const attempt = shownAttempt(state);
  const isRunOver = watch.overAt !== undefined;
  const {name, word, tone, duration} = headline({step, attempt, isRunOver, now: nowOf(state), nameCells});
  const earlier = attempt !== undefined && attempt !== step.attempts.at(-1);
  const which = earlier ? [piece(` attempt ${attempt.number}`, 'warning')] : [];
  const glyph = theme.statusGlyph(attempt?.status ?? stepStatus(step, isRunOver));
  return {
    name: [piece(name, 'strong'), ...which],
    status: joined([[piece(`${glyph} ${word}`, tone)], duration === '' ? [] : [piece(duration)]], ' '),
  };
};

const groupTitle = (groupId: string, watch: Watch, theme: Theme): PaneTitle => {
  const group = watch.table.structure.groupsById.get(groupId);
  const status = worstStatus(watch.table.countsByGroup.get(groupId) ?? {}, watch.overAt !== undefined);
  return {
    name: [
      piece(safeText(group?.name ?? '', {maxCells: longestName}), 'strong'),
      piece(` [${formatCount(group?.indexes.length ?? 0)}]`, 'dim'),
    ],
    status: [piece(`${theme.statusGlyph(status)} ${status}`, toneOfStatus(status))],
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
export const tabPieces = (open: Tab, width: number): Pieces => {
  const sideBySide = (form: 0 | 1) =>
    joined(
      tabs.map(tab => [piece(tabTitles[tab][form], tab === open ? 'tab' : 'dim')]),
      '  ',
    );
  const alone = [piece(tabTitles[open][0], 'tab'), piece(` ${tabs.indexOf(open) + 1}/${tabs.length}`, 'dim')];
  return firstThatFits([sideBySide(0), sideBySide(1), alone], width);
};
