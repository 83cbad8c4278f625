import {getElapsedMs, type Instant} from '../../domain/instant.js';
import {isRowInProgress, type RunRow} from '../../domain/run-row.js';
import {findListedRunWait} from '../../domain/wait-reason.js';
import {countCells, cutEnd, cutMiddle, padEnd, padStart} from '../../format/cells.js';
import {formatDuration, formatWholeSeconds} from '../../format/duration.js';
import {createSegment, type Line, type Tone} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {formatOwnName} from '../../format/run-name.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import {formatShortTime, type UtcOffset} from '../../format/time.js';
import {formatWait} from '../../format/wait-words.js';
import type {RunOrder, RunProgress} from '../../store/runs/runs.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {type RunColumns, runColumnGap} from './run-columns.js';

export type RunRowState = {
  readonly progress: RunProgress | undefined;
  readonly isMarked: boolean;
  readonly isSelected: boolean;
  /** By the server's clock. */
  readonly now: Instant;
  readonly getUtcOffset: UtcOffset;
};

/** Paints a run as the string passed to Ink. */
export const paintRunRow = (run: RunRow, row: RunRowState, columns: RunColumns, theme: Theme): string =>
  paint(renderRow(run, row, columns, theme), {theme, width: columns.width, isSelected: row.isSelected});

const renderRow = (run: RunRow, row: RunRowState, columns: RunColumns, theme: Theme): Line => {
  const {isSelected, isMarked} = row;
  const tone = getStatusTone(run.status);
  return [
    createSegment(` ${isSelected ? theme.glyph.cursor : ' '}`, 'accent'),
    createSegment(isMarked ? theme.glyph.marked : ' ', 'accent'),
    createSegment(theme.pickStatusGlyph(run.status), tone),
    createSegment(' '),
    ...renderTitle(run, columns.title, isSelected, theme),
    ...renderRunColumn(formatOwnName(run), columns.name, 'dim'),
    ...renderRunColumn(formatStatus(run), columns.status, tone),
    ...renderRunColumn(formatProgress(row.progress, columns.steps), columns.steps, 'plain', padStart),
    ...renderRunColumn(formatRunTime(run, row.now), columns.time, 'plain', padStart),
    ...renderRunColumn(formatStarted(run, row), columns.started, 'dim', padStart),
    ...renderRunColumn(sanitizeToWidth(run.user?.name ?? '', maxTextCells), columns.user, 'dim'),
    ...renderRunColumn(sanitizeToWidth(run.tags.join(' '), maxTextCells), columns.tags, 'dim'),
    ...renderRunReason(run, row, columns.failure),
  ];
};

/** Longest name or tag list, in cells. */
const maxTextCells = 300;

const renderRunColumn = (text: string, width: number, tone: Tone, pad = padEnd): Line =>
  width === 0 ? [] : [createSegment(runColumnGap + pad(cutEnd(text, width), width), tone)];

/** Pipeline and number; the run's own name if it has no pipeline. */
const renderTitle = (run: RunRow, width: number, isSelected: boolean, theme: Theme): Line => {
  const lead = run.parentRun === undefined ? '' : `${theme.glyph.child} `;
  const number = run.index === undefined ? '' : ` #${run.index}`;
  const room = Math.max(1, width - countCells(lead) - number.length);
  const name = cutMiddle(sanitizeToWidth(run.pipeline?.name ?? run.name, maxTextCells), room);
  const fill = Math.max(0, room - countCells(name));
  return [
    createSegment(lead, 'dim'),
    createSegment(name, isSelected ? 'strong' : 'plain'),
    createSegment(number + ' '.repeat(fill), 'dim'),
  ];
};

/** What failed in the run, or why it is waiting. */
const renderRunReason = (run: RunRow, {progress, now}: RunRowState, width: number): Line => {
  const failure = formatRunFailure(progress);
  const wait = failure === '' ? findListedRunWait(run) : undefined;
  return wait === undefined
    ? renderRunColumn(failure, width, 'bad')
    : renderRunColumn(formatWait(wait.reason, now), width, 'warning');
};

/** The first failed step, and its exception if it is known: `trainer: RuntimeError: CUDA out of memory`. */
const formatRunFailure = (progress: RunProgress | undefined): string => {
  if (progress?.failure === undefined) {
    return '';
  }

  const {step, exception} = progress.failure;
  const className = exception?.source?.split('.').at(-1);
  const words = [step, className, exception?.message].filter(word => word !== undefined && word !== '');
  return sanitizeToWidth(words.join(': '), maxTextCells);
};

const formatProgress = (progress: RunProgress | undefined, width: number): string => {
  if (progress === undefined || progress.total === 0) {
    return '';
  }

  const [done, total] = [formatCount(progress.done), formatCount(progress.total)];
  const full = `${done}/${total}`;
  // With thousands of steps, a percentage is just as informative.
  return full.length <= width ? full : `${Math.floor((100 * progress.done) / Math.max(1, progress.total))}%`;
};

/** Elapsed time of the run; empty if its end is unknown. */
const formatRunTime = (run: RunRow, now: Instant): string => {
  const isEnded = !isRowInProgress(run);
  const ms =
    isEnded && run.endedAt === undefined ? undefined : getElapsedMs(isEnded ? run : {...run, endedAt: undefined}, now);
  return ms === undefined ? '' : isEnded ? formatDuration(ms) : formatWholeSeconds(ms);
};

const formatStarted = ({startedAt, createdAt}: RunRow, {now, getUtcOffset}: RunRowState): string => {
  const at = startedAt ?? createdAt;
  return at === undefined ? '' : formatShortTime(at, now, getUtcOffset);
};

/** The title of the first column, with the position of the cursor. It names the order unless that is the default one. */
const formatFirstColumnTitle = (position: string, order: RunOrder): string =>
  order === 'started' ? `RUN ${position}` : `RUN by ${order} ${position}`;

/** The line of column titles. */
export const renderRunColumnTitles = (
  columns: RunColumns,
  {position, order, hasFailures}: {readonly position: string; readonly order: RunOrder; readonly hasFailures: boolean},
): Line => [
  createSegment('     ', 'label'),
  createSegment(padEnd(cutEnd(formatFirstColumnTitle(position, order), columns.title), columns.title), 'label'),
  ...renderRunColumn('', columns.name, 'label'),
  ...renderRunColumn('STATUS', columns.status, 'label'),
  ...renderRunColumn('STEPS', columns.steps, 'label', padStart),
  ...renderRunColumn('TIME', columns.time, 'label', padStart),
  ...renderRunColumn('STARTED', columns.started, 'label', padStart),
  ...renderRunColumn('USER', columns.user, 'label'),
  ...renderRunColumn('TAGS', columns.tags, 'label'),
  ...renderRunColumn(hasFailures ? 'FIRST FAILURE' : 'WAITING', columns.failure, 'label'),
];
