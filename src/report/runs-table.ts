import type {Run} from '../domain/run.js';
import {countCells, padEnd, padStart} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {type Line, renderDim, renderPlain, type Segment} from '../format/line.js';
import {sanitizeText} from '../format/safe-text.js';
import {getStatusTone} from '../format/status-words.js';
import {formatIsoSecond} from './json-values.js';
import {getListedDurationMs, type ListedRuns} from './runs-document.js';

/** A column: its title, what it says of a run, and how. */
type TextColumn = {
  readonly title: string;
  readonly isRight?: boolean;
  readonly textOf: (run: Run) => string;
  readonly toneOf?: (run: Run) => Segment['tone'];
};

const columnSeparator = '  ';

/** Runs as a table, whole names and UTC, one line each; in the order in which they are given. */
export const renderRunsTable = ({runs, now}: ListedRuns): readonly Line[] => {
  const columns: readonly TextColumn[] = [
    // As much of the id as tells one run from all others, and as `zentop` takes it.
    {title: 'ID', textOf: ({id}) => id.slice(0, 8), toneOf: () => 'dim'},
    {title: 'STATUS', textOf: ({statusWord}) => sanitizeText(statusWord), toneOf: ({status}) => getStatusTone(status)},
    {title: 'PIPELINE', textOf: ({pipeline}) => sanitizeText(pipeline?.name ?? '-')},
    {title: '#', isRight: true, textOf: ({index}) => (index === undefined ? '-' : String(index))},
    {title: 'TIME', isRight: true, textOf: run => formatRunTime(run, now)},
    {title: 'STARTED', textOf: ({startedAt, createdAt}) => formatStart(startedAt ?? createdAt)},
    {title: 'USER', textOf: ({user}) => sanitizeText(user?.name ?? '-')},
    {title: 'NAME', textOf: ({name}) => sanitizeText(name), toneOf: () => 'dim'},
  ];
  const texts = runs.map(run => columns.map(({textOf}) => textOf(run)));
  const widths = columns.map(({title}, place) =>
    Math.max(title.length, ...texts.map(row => countCells(row[place] ?? ''))),
  );
  const lineOf = (row: readonly string[], toneOf: (column: TextColumn) => Segment['tone']): Line =>
    columns.flatMap((column, place) => {
      const pad = column.isRight === true ? padStart : padEnd;
      const isLast = place === columns.length - 1;
      const text = isLast ? (row[place] ?? '') : pad(row[place] ?? '', widths[place] ?? 0) + columnSeparator;
      return [{text, tone: toneOf(column)}];
    });
  return runs.length === 0
    ? [[renderPlain('no runs')]]
    : [
        lineOf(
          columns.map(({title}) => title),
          () => 'label',
        ),
        ...runs.map((run, place) => lineOf(texts[place] ?? [], ({toneOf}) => toneOf?.(run) ?? 'plain')),
      ];
};

/** How many more there are; nothing where all are listed. */
export const renderMoreRuns = ({runs, total}: ListedRuns): readonly Line[] =>
  total > runs.length ? [[renderDim(`${runs.length} of ${total}; --limit shows more`)]] : [];

const formatRunTime = (run: Run, now: number): string => {
  const ms = getListedDurationMs(run, now);
  return ms === undefined ? '-' : formatDuration(ms);
};

/** To the second: `2026-11-24T08:30:00Z`. */
const formatStart = (at: number | undefined): string => (at === undefined ? '-' : formatIsoSecond(at));
