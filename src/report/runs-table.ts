import type {Run} from '../domain/run.js';
import {countCells, padEnd, padStart} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {type Line, renderDim, renderPlain, type Tone} from '../format/line.js';
import {formatCount} from '../format/number.js';
import {sanitizeText} from '../format/safe-text.js';
import {getStatusTone} from '../format/status-words.js';
import {formatIsoSecond} from './json-values.js';
import {getListedDurationMs, type ListedRuns} from './runs-document.js';

type TextColumn = {
  readonly title: string;
  readonly isRight?: boolean;
  readonly formatCell: (run: Run) => string;
  readonly getTone?: (run: Run) => Tone;
};

const columnSeparator = '  ';

/** Runs as a table in the given order, with full names and with times in UTC. */
export const renderRunsTable = ({runs, now}: ListedRuns): readonly Line[] => {
  const columns: readonly TextColumn[] = [
    // Long enough to be unique, and accepted by zentop as an ID prefix.
    {title: 'ID', formatCell: ({id}) => id.slice(0, 8), getTone: () => 'dim'},
    {
      title: 'STATUS',
      formatCell: ({statusWord}) => sanitizeText(statusWord),
      getTone: ({status}) => getStatusTone(status),
    },
    {title: 'PIPELINE', formatCell: ({pipeline}) => sanitizeText(pipeline?.name ?? '-')},
    {title: '#', isRight: true, formatCell: ({index}) => (index === undefined ? '-' : String(index))},
    {title: 'TIME', isRight: true, formatCell: run => formatRunTime(run, now)},
    {title: 'STARTED', formatCell: ({startedAt, createdAt}) => formatStart(startedAt ?? createdAt)},
    {title: 'USER', formatCell: ({user}) => sanitizeText(user?.name ?? '-')},
    {title: 'NAME', formatCell: ({name}) => sanitizeText(name), getTone: () => 'dim'},
  ];
  const texts = runs.map(run => columns.map(({formatCell}) => formatCell(run)));
  const widths = columns.map(({title}, index) =>
    Math.max(title.length, ...texts.map(row => countCells(row[index] ?? ''))),
  );
  const renderRow = (row: readonly string[], getTone: (column: TextColumn) => Tone): Line =>
    columns.flatMap((column, index) => {
      const pad = column.isRight === true ? padStart : padEnd;
      const isLast = index === columns.length - 1;
      const text = isLast ? (row[index] ?? '') : pad(row[index] ?? '', widths[index] ?? 0) + columnSeparator;
      return [{text, tone: getTone(column)}];
    });
  return runs.length === 0
    ? [[renderPlain('No runs found.')]]
    : [
        renderRow(
          columns.map(({title}) => title),
          () => 'label',
        ),
        ...runs.map((run, index) => renderRow(texts[index] ?? [], ({getTone}) => getTone?.(run) ?? 'plain')),
      ];
};

/** A hint that there are more runs; empty if all are listed. */
export const renderMoreRuns = ({runs, total}: ListedRuns): readonly Line[] =>
  total > runs.length
    ? [[renderDim(`Showing ${formatCount(runs.length)} of ${formatCount(total)} runs. Use --limit for more.`)]]
    : [];

const formatRunTime = (run: Run, now: number): string => {
  const ms = getListedDurationMs(run, now);
  return ms === undefined ? '-' : formatDuration(ms);
};

/** To the second: `2026-11-24T08:30:00Z`. */
const formatStart = (at: number | undefined): string => (at === undefined ? '-' : formatIsoSecond(at));
