import {elapsedMs, type Instant} from '../../domain/instant.js';
import {isGoingOn, type RunRow} from '../../domain/run-row.js';
import {cells, cutEnd, cutMiddle, padEnd, padStart} from '../../format/cells.js';
import {formatDuration} from '../../format/duration.js';
import type {Tone} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {ownName} from '../../format/run-name.js';
import {safeText} from '../../format/safe-text.js';
import {shortTime} from '../../format/short-time.js';
import {statusWord, toneOfStatus} from '../../format/status-words.js';
import type {UtcOffset} from '../../format/time.js';
import type {RunProgress} from '../../store/runs/runs.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {type Pieces, piece} from '../pieces.js';
import {columnGap, type RunColumns} from './run-columns.js';

export type RunRowState = {
  readonly progress: RunProgress | undefined;
  readonly isMarked: boolean;
  readonly isSelected: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  readonly utcOffset: UtcOffset;
};

/** A run as the string that is handed to Ink. */
export const runRowText = (run: RunRow, row: RunRowState, columns: RunColumns, theme: Theme): string =>
  paint(rowPieces(run, row, columns, theme), {theme, width: columns.width, isSelected: row.isSelected});

const rowPieces = (run: RunRow, row: RunRowState, columns: RunColumns, theme: Theme): Pieces => {
  const {isSelected, isMarked} = row;
  const tone = toneOfStatus(run.status);
  return [
    piece(` ${isSelected ? theme.glyph.cursor : ' '}`, 'accent'),
    piece(isMarked ? theme.glyph.marked : ' ', 'accent'),
    piece(theme.statusGlyph(run.status), tone),
    piece(' '),
    ...titleOf(run, columns.title, isSelected, theme),
    ...column(ownName(run), columns.name, 'dim'),
    ...column(statusWord(run), columns.status, tone),
    ...column(stepsOf(row.progress, run, columns.steps), columns.steps, 'plain', padStart),
    ...column(timeOf(run, row.now), columns.time, 'plain', padStart),
    ...column(startedOf(run, row), columns.started, 'dim', padStart),
    ...column(safeText(run.user?.name ?? '', {maxCells: longest}), columns.user, 'dim'),
    ...column(safeText(run.tags.join(' '), {maxCells: longest}), columns.tags, 'dim'),
  ];
};

/** No name is shown in more cells. */
const longest = 300;

const column = (text: string, width: number, tone: Tone, pad = padEnd): Pieces =>
  width === 0 ? [] : [piece(columnGap + pad(cutEnd(text, width), width), tone)];

/** Pipeline and number; a run without a pipeline by its own name. */
const titleOf = (run: RunRow, width: number, isSelected: boolean, theme: Theme): Pieces => {
  const lead = run.parentRun === undefined ? '' : `${theme.glyph.child} `;
  const number = run.index === undefined ? '' : ` #${run.index}`;
  const room = Math.max(1, width - cells(lead) - number.length);
  const name = cutMiddle(safeText(run.pipeline?.name ?? run.name, {maxCells: longest}), room);
  const fill = Math.max(0, room - cells(name));
  return [piece(lead, 'dim'), piece(name, isSelected ? 'strong' : 'plain'), piece(number + ' '.repeat(fill), 'dim')];
};

const stepsOf = (progress: RunProgress | undefined, run: RunRow, width: number): string => {
  if (progress === undefined || !isGoingOn(run)) {
    return '';
  }

  const [done, total] = [formatCount(progress.done), formatCount(progress.total)];
  const full = `${done}/${total}`;
  // Of thousands the share says as much.
  return full.length <= width ? full : `${Math.floor((100 * progress.done) / Math.max(1, progress.total))}%`;
};

/** How long the run has taken, or took; nothing where its end is not told. */
const timeOf = (run: RunRow, now: Instant): string => {
  const isEnded = !isGoingOn(run);
  const ms =
    isEnded && run.endedAt === undefined ? undefined : elapsedMs(isEnded ? run : {...run, endedAt: undefined}, now);
  return ms === undefined ? '' : formatDuration(isEnded ? ms : Math.floor(ms / 1000) * 1000);
};

const startedOf = ({startedAt, createdAt}: RunRow, {now, utcOffset}: RunRowState): string => {
  const at = startedAt ?? createdAt;
  return at === undefined ? '' : shortTime(at, now, utcOffset);
};

/** The line of column titles. */
export const runTitlePieces = (columns: RunColumns, position: string): Pieces => [
  piece('     ', 'label'),
  piece(padEnd(cutEnd(`RUN ${position}`, columns.title), columns.title), 'label'),
  ...column('', columns.name, 'label'),
  ...column('STATUS', columns.status, 'label'),
  ...column('STEPS', columns.steps, 'label', padStart),
  ...column('TIME', columns.time, 'label', padStart),
  ...column('STARTED', columns.started, 'label', padStart),
  ...column('USER', columns.user, 'label'),
  ...column('TAGS', columns.tags, 'label'),
];
