import {Text} from 'ink';
import {Table} from 'ink-table';
import {memo, type PropsWithChildren} from 'react';
import {countCells} from '../../format/cells.js';
import type {AttemptRow} from '../../format/detail/attempt-rows.js';
import type {Tone} from '../../format/line.js';
import {createSegment} from '../../format/line.js';
import {convertToAscii} from '../../format/marks.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';

type Props = {readonly rows: readonly AttemptRow[]; readonly theme: Theme};

/**
 * ┌─────────┬─────────┬──────────┬────────┬────────────────────┐
 * │ attempt │ status  │ started  │ took   │ why                │
 * ├─────────┼─────────┼──────────┼────────┼────────────────────┤
 * │ 1       │ retried │ 21:04:31 │ 41s    │ CUDA out of memory │
 * └─────────┴─────────┴──────────┴────────┴────────────────────┘
 *
 * A small table, memoized because `ink-table` hashes every row each time it is drawn.
 */
export const AttemptTable = memo(
  ({rows, theme}: Props) => {
    const {Cell, Header, Skeleton} = getTableParts(theme);
    return <Table data={rows.map(convertWideRow)} cell={Cell} header={Header} skeleton={Skeleton} />;
  },
  (before, after) => before.theme === after.theme && JSON.stringify(before.rows) === JSON.stringify(after.rows),
);

/** The table counts characters instead of cells; where they differ, text becomes ASCII. */
const convertWideRow = (row: AttemptRow): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).map(([column, text]) => [
      column,
      countCells(text) === text.length ? text : convertToAscii(text),
    ]),
  );

type TablePart = (props: PropsWithChildren) => React.JSX.Element;
type TableParts = {readonly Cell: TablePart; readonly Header: TablePart; readonly Skeleton: TablePart};

const partsByTheme = new WeakMap<Theme, TableParts>();

/** The table remounts when its parts change, so they must be the same objects each time. */
const getTableParts = (theme: Theme): TableParts => {
  const parts = partsByTheme.get(theme) ?? {
    Cell: createTablePart(theme, 'plain'),
    Header: createTablePart(theme, 'label'),
    Skeleton: createTablePart(theme, 'dim'),
  };
  partsByTheme.set(theme, parts);
  return parts;
};

/** The parts of the table already have their width, and Ink cuts rows that are too long. This is wider than any part. */
const maxTextWidth = 1000;

const createTablePart =
  (theme: Theme, tone: Tone): TablePart =>
  ({children}) => {
    const text = theme.isAscii ? convertRulesToAscii(String(children)) : String(children);
    return <Text wrap="truncate">{paint([createSegment(text, tone)], {theme, width: maxTextWidth})}</Text>;
  };

const convertRulesToAscii = (text: string): string =>
  text
    .replaceAll('─', '-')
    .replaceAll('│', '|')
    .replace(/[\u250c-\u253c]/g, '+');
