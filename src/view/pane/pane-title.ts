import {stepStatus} from '../../domain/step.js';
import {headline} from '../../format/detail/headline.js';
import {formatCount} from '../../format/number.js';
import {safeText} from '../../format/safe-text.js';
import {toneOfStatus} from '../../format/status-words.js';
import {nowOf, selectedRow, selectedStep, shownAttempt} from '../../store/selectors.js';
import {type State, type Tab, tabs, type Watch} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {groupStatus} from '../list/group-facts.js';
import {joined, type Pieces, piece} from '../pieces.js';

/** What the pane is about: its name, and how that is doing. */
export type PaneTitle = {readonly name: Pieces; readonly status: Pieces};

const longestName = 200;

export const paneTitle = (state: State, watch: Watch, theme: Theme, nameCells: number): PaneTitle => {
  const row = selectedRow(watch);
  if (row?.kind === 'group') {
    return groupTitle(row.groupId, watch, theme);
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
  const status = groupStatus(watch.table.countsByGroup.get(groupId) ?? {}, watch.overAt !== undefined);
  return {
    name: [
      piece(safeText(group?.name ?? '', {maxCells: longestName}), 'strong'),
      piece(` [${formatCount(group?.indexes.length ?? 0)}]`, 'dim'),
    ],
    status: [piece(`${theme.statusGlyph(status)} ${status}`, toneOfStatus(status))],
  };
};

const tabTitles: Readonly<Record<Tab, string>> = {overview: 'Overview'};

/** The tabs side by side, the open one marked. */
export const tabPieces = (open: Tab): Pieces =>
  joined(
    tabs.map(tab => [piece(tabTitles[tab], tab === open ? 'tab' : 'dim')]),
    '  ',
  );
