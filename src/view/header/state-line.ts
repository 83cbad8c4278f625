import {elapsedMs} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {runEndAt} from '../../domain/run-over.js';
import {compactDuration, formatDuration} from '../../format/duration.js';
import {formatCount} from '../../format/number.js';
import {plural} from '../../format/plural.js';
import {safeText} from '../../format/safe-text.js';
import {statusWord, toneOfStatus} from '../../format/status-words.js';
import {timeLeftWays} from '../../format/time-left-words.js';
import {timeLeftOf} from '../../store/estimate.js';
import {nowOf} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Watch} from '../../store/watch.js';
import type {Theme} from '../../theme/theme.js';
import {joined, type Pieces, piece} from '../pieces.js';
import {countParts, doneOf, totalOf} from './progress.js';

/** `◒ running`, in the colour of its phase. */
export const statusPieces = (run: Run, theme: Theme): Pieces => {
  const tone = toneOfStatus(run.status);
  return [piece(`${theme.statusGlyph(run.status)} `, tone), piece(statusWord(run), 'strong')];
};

export const glyphPiece = (run: Run, theme: Theme): Pieces => [
  piece(theme.statusGlyph(run.status), toneOfStatus(run.status)),
];

/** `8/14 done`; a dynamic run that goes on may still find steps. */
export const donePieces = (watch: Watch, hasWord: boolean): Pieces => {
  const {counts} = watch.table;
  const isOpenEnded = watch.run?.isDynamic === true && watch.overAt === undefined;
  const word = hasWord ? (isOpenEnded ? ' done so far' : ' done') : '';
  return [piece(formatCount(doneOf(counts)), 'strong'), piece(`/${formatCount(totalOf(counts))}${word}`, 'dim')];
};

/** `3 cached  4 completed  1 failed`; of `most` kinds at most, those that need the reader first. */
export const countGroups = (watch: Watch): readonly Pieces[] =>
  countParts(watch.table.counts, watch.overAt !== undefined).map(({status, tone, count}) => [
    piece(`${formatCount(count)} ${status}`, tone),
  ]);

/** The same in short, of what went wrong alone: `✗ 1`. */
export const failedPieces = (watch: Watch, theme: Theme): Pieces => {
  const failed = watch.table.counts.failed ?? 0;
  return failed === 0 ? [] : [piece(`${theme.statusGlyph('failed')} ${formatCount(failed)}`, 'bad')];
};

/** What else the run is about: an answer it waits for, runs it has started, why it has the status it has. */
export const mentionPieces = (watch: Watch): Pieces => {
  const waits = watch.run?.waitCondition?.name ?? watch.waitConditions.find(isOpen)?.name;
  const groups: Pieces[] = [];
  if (waits !== undefined && watch.overAt === undefined) {
    groups.push([piece(`waits for an answer: ${safeText(waits, {maxCells: 40})}`, 'warning')]);
  }

  if (watch.childRuns.length > 0) {
    groups.push([piece(plural(watch.childRuns.length, 'child run'), 'dim')]);
  }

  const reason = watch.run?.statusReason;
  if (reason !== undefined && reason !== '') {
    groups.push([piece(safeText(reason, {maxCells: 60}), 'dim')]);
  }

  return joined(groups, '  ');
};

const isOpen = ({status}: Watch['waitConditions'][number]): boolean =>
  status === undefined || /pending|open|waiting|running/i.test(status);

/** How long the run has taken, or took. */
export const elapsedPieces = (state: State, watch: Watch, isCompact: boolean): Pieces => {
  const {run} = watch;
  if (run === undefined) {
    return [];
  }

  const endedAt = watch.overAt === undefined ? undefined : runEndAt(run, watch.table);
  const ms = elapsedMs({startedAt: run.startedAt, endedAt}, nowOf(state));
  return ms === undefined
    ? []
    : [piece(isCompact ? compactDuration(wholeSecond(ms)) : formatDuration(wholeSecond(ms)))];
};

const wholeSecond = (ms: number): number => (ms < 1000 ? ms : Math.floor(ms / 1000) * 1000);

/** Ways to say how long the run may still take, the longest first; none where nothing tells. */
export const timeLeftPieces = (state: State, watch: Watch): readonly Pieces[] => {
  const left = timeLeftOf(state, watch);
  return left === undefined ? [] : timeLeftWays(left);
};
