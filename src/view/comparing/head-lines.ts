import type {RunId} from '../../domain/ids.js';
import {getElapsedMs} from '../../domain/instant.js';
import type {Run} from '../../domain/run.js';
import {isRunInProgress, type RunRow} from '../../domain/run-row.js';
import {cutMiddle, padEnd} from '../../format/cells.js';
import {formatDuration} from '../../format/duration.js';
import {createSegment, type Line} from '../../format/line.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatStatus, getStatusTone} from '../../format/status-words.js';
import {formatAgo} from '../../format/time.js';
import {selectServerNow} from '../../store/selectors.js';
import type {State} from '../../store/state.js';
import type {Theme} from '../../theme/theme.js';
import {padLine, renderDurationChange} from './compared-cell.js';

/** A run at the top of its column; possibly only its ID is known. */
export type ComparedHead = {readonly id: RunId; readonly run: Run | RunRow | undefined};

type HeadOptions = {
  readonly state: State;
  readonly theme: Theme;
  /** Cells of the labels, of the column of a run, and between columns. */
  readonly label: number;
  readonly column: number;
  readonly gap: number;
};

/** The heads of the compared runs: title, status, duration with its difference from that of the first run, start, and user. */
export const renderComparedHeads = (
  heads: readonly ComparedHead[],
  first: ComparedHead | undefined,
  {state, theme, label, column, gap}: HeadOptions,
): readonly Line[] => {
  const renderHeadLine = (title: string, renderCell: (head: ComparedHead) => Line): Line => [
    createSegment(padEnd(title, label), 'label'),
    ...heads.flatMap(head => [createSegment(' '.repeat(gap)), ...renderCell(head)]),
  ];
  const now = selectServerNow(state);
  const getRunMs = (run: ComparedHead['run']): number | undefined =>
    run === undefined || (!isRunInProgress(run) && run.endedAt === undefined) ? undefined : getElapsedMs(run, now);
  const getFinalRunMs = (run: ComparedHead['run']): number | undefined =>
    run === undefined || isRunInProgress(run) ? undefined : getRunMs(run);
  return [
    renderHeadLine('', head =>
      padLine([createSegment(cutMiddle(formatComparedTitle(head), column), 'strong')], '', column),
    ),
    renderHeadLine('status', ({run}) => padLine(run === undefined ? [] : renderComparedStatus(run, theme), '', column)),
    renderHeadLine('duration', ({run}) => {
      const [ms, before] = [getRunMs(run), getFinalRunMs(first?.run)];
      // A run in progress may be shorter only because it is not done yet.
      const isComparable =
        ms !== undefined && before !== undefined && (ms > before || getFinalRunMs(run) !== undefined);
      const change = isComparable && run?.id !== first?.id ? renderDurationChange(ms, before) : undefined;
      const cell = ms === undefined ? [] : [createSegment(formatDuration(ms))];
      return padLine(cell, change?.text ?? '', column, change?.tone);
    }),
    renderHeadLine('started', ({run}) => {
      const at = run?.startedAt ?? run?.createdAt;
      return padLine(at === undefined ? [] : [createSegment(formatAgo(at, now))], '', column);
    }),
    renderHeadLine('user', ({run}) =>
      padLine([createSegment(sanitizeToWidth(run?.user?.name ?? '', column))], '', column),
    ),
  ];
};

/** Pipeline and number of a run, or its name; the start of its ID if only that is known. Sanitized. */
export const formatComparedTitle = ({id, run}: ComparedHead): string => {
  if (run === undefined) {
    return id.slice(0, 8);
  }

  // Servers before 0.93 do not number runs: there the names, cut in the middle, distinguish them.
  const name = run.index === undefined ? run.name : (run.pipeline?.name ?? run.name);
  const safe = sanitizeToWidth(name, 200);
  return run.index === undefined ? safe : `${safe} #${run.index}`;
};

const renderComparedStatus = (run: Run | RunRow, theme: Theme): Line => {
  const tone = getStatusTone(run.status);
  return [createSegment(`${theme.pickStatusGlyph(run.status)} `, tone), createSegment(formatStatus(run), tone)];
};
