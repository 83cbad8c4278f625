import {elapsedMs, type Instant} from '../../domain/instant.js';
import {latestAttempt, stepStatus} from '../../domain/step.js';
import {formatDuration} from '../../format/duration.js';
import {formatCount} from '../../format/number.js';
import {safeText} from '../../format/safe-text.js';
import {attemptWord, toneOfStatus} from '../../format/status-words.js';
import {nowOf, selectedRow, selectedStep, shownAttempt} from '../../store/selectors.js';
import {type State, type Tab, tabs, type Watch} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {groupStatus} from '../list/group-facts.js';
import {joined, type Pieces, piece} from '../pieces.js';

/** What the pane is about: the step's name, and which attempt of it where the reader went back to an earlier one. */
export const subjectPieces = (state: State, watch: Watch): Pieces => {
  const row = selectedRow(watch);
  if (row?.kind === 'group') {
    const group = watch.table.structure.groupsById.get(row.groupId);
    return [
      piece(safeText(group?.name ?? '', {maxCells: 300}), 'strong'),
      piece(` [${formatCount(group?.indexes.length ?? 0)}]`, 'dim'),
    ];
  }

  const step = selectedStep(watch);
  if (step === undefined) {
    return [];
  }

  const name = piece(safeText(step.name, {maxCells: 300}), 'strong');
  const shown = shownAttempt(state);
  return shown === undefined || shown === latestAttempt(step)
    ? [name]
    : [name, piece(` attempt ${shown.number} of ${latestAttempt(step)?.number ?? shown.number}`, 'warning')];
};

/** `◒ running 8m 31s` */
export const subjectStatus = (state: State, watch: Watch, theme: Theme): Pieces => {
  const row = selectedRow(watch);
  const isRunOver = watch.overAt !== undefined;
  if (row?.kind === 'group') {
    const status = groupStatus(watch.table.countsByGroup.get(row.groupId) ?? {}, isRunOver);
    return [piece(`${theme.statusGlyph(status)} ${status}`, toneOfStatus(status))];
  }

  const step = selectedStep(watch);
  if (step === undefined) {
    return [];
  }

  const attempt = shownAttempt(state);
  const now: Instant = nowOf(state);
  const status = attempt?.status ?? stepStatus(step, isRunOver);
  const word = attempt === undefined ? status : attemptWord(attempt, isRunOver, now);
  const ms = attempt && elapsedMs(attempt, now);
  const time =
    ms === undefined ? [] : [piece(formatDuration(attempt?.endedAt === undefined ? Math.floor(ms / 1000) * 1000 : ms))];
  return joined([[piece(`${theme.statusGlyph(status)} ${word}`, toneOfStatus(status))], time], ' ');
};

const tabTitles: Readonly<Record<Tab, string>> = {overview: 'Overview'};

/** The tabs side by side, the open one marked. */
export const tabPieces = (open: Tab): Pieces =>
  joined(
    tabs.map(tab => [piece(tabTitles[tab], tab === open ? 'tab' : 'dim')]),
    '  ',
  );
