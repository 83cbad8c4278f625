import type {Run} from '../domain/run.js';
import {cells, padEnd, padStart} from '../format/cells.js';
import {formatDuration} from '../format/duration.js';
import {dim, type Line, plain, type Segment} from '../format/line.js';
import {safeText} from '../format/safe-text.js';
import {toneOfStatus} from '../format/status-words.js';
import {isoSecond} from './json-values.js';
import {type ListedRuns, listedTookMs} from './runs-document.js';

/** A column: its title, what it says of a run, and how. */
type Column = {
  readonly title: string;
  readonly isRight?: boolean;
  readonly textOf: (run: Run) => string;
  readonly toneOf?: (run: Run) => Segment['tone'];
};

const gap = '  ';

/** Runs as a table, whole names and UTC, one line each; in the order in which they are given. */
export const runsTable = ({runs, now}: ListedRuns): readonly Line[] => {
  const columns: readonly Column[] = [
    // As much of the id as tells one run from all others, and as `zentop` takes it.
    {title: 'ID', textOf: ({id}) => id.slice(0, 8), toneOf: () => 'dim'},
    {title: 'STATUS', textOf: ({statusWord}) => safeText(statusWord), toneOf: ({status}) => toneOfStatus(status)},
    {title: 'PIPELINE', textOf: ({pipeline}) => safeText(pipeline?.name ?? '-')},
    {title: '#', isRight: true, textOf: ({index}) => (index === undefined ? '-' : String(index))},
    {title: 'TIME', isRight: true, textOf: run => timeOf(run, now)},
    {title: 'STARTED', textOf: ({startedAt, createdAt}) => startText(startedAt ?? createdAt)},
    {title: 'USER', textOf: ({user}) => safeText(user?.name ?? '-')},
    {title: 'NAME', textOf: ({name}) => safeText(name), toneOf: () => 'dim'},
  ];
  const texts = runs.map(run => columns.map(({textOf}) => textOf(run)));
  const widths = columns.map(({title}, place) => Math.max(title.length, ...texts.map(row => cells(row[place] ?? ''))));
  const lineOf = (row: readonly string[], toneOf: (column: Column) => Segment['tone']): Line =>
    columns.flatMap((column, place) => {
      const pad = column.isRight === true ? padStart : padEnd;
      const isLast = place === columns.length - 1;
      const text = isLast ? (row[place] ?? '') : pad(row[place] ?? '', widths[place] ?? 0) + gap;
      return [{text, tone: toneOf(column)}];
    });
  return runs.length === 0
    ? [[plain('no runs')]]
    : [
        lineOf(
          columns.map(({title}) => title),
          () => 'label',
        ),
        ...runs.map((run, place) => lineOf(texts[place] ?? [], ({toneOf}) => toneOf?.(run) ?? 'plain')),
      ];
};

/** How many more there are; nothing where all are listed. */
export const moreRunsLines = ({runs, total}: ListedRuns): readonly Line[] =>
  total > runs.length ? [[dim(`${runs.length} of ${total}; --limit shows more`)]] : [];

const timeOf = (run: Run, now: number): string => {
  const ms = listedTookMs(run, now);
  return ms === undefined ? '-' : formatDuration(ms);
};

/** To the second: `2026-11-24T08:30:00Z`. */
const startText = (at: number | undefined): string => (at === undefined ? '-' : isoSecond(at));
