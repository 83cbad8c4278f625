import {Text} from 'ink';
import {Table} from 'ink-table';
import {memo, type PropsWithChildren} from 'react';
import {cells} from '../../format/cells.js';
import type {AttemptRow} from '../../format/detail/attempt-rows.js';
import {asciiText} from '../../format/marks.js';
import type {Meaning} from '../../theme/palettes.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {piece} from '../pieces.js';

type Props = {readonly rows: readonly AttemptRow[]; readonly theme: Theme};

/**
 * ┌─────────┬─────────┬──────────┬────────┬────────────────────┐
 * │ attempt │ status  │ started  │ took   │ why                │
 * ├─────────┼─────────┼──────────┼────────┼────────────────────┤
 * │ 1       │ retried │ 21:04:31 │ 41s    │ CUDA out of memory │
 * └─────────┴─────────┴──────────┴────────┴────────────────────┘
 *
 * A small table that is drawn anew only when a cell changes: it hashes each of its rows each time.
 */
export const AttemptTable = memo(
  ({rows, theme}: Props) => {
    const {Cell, Header, Skeleton} = partsFor(theme);
    return <Table data={rows.map(countable)} cell={Cell} header={Header} skeleton={Skeleton} />;
  },
  (before, after) => before.theme === after.theme && JSON.stringify(before.rows) === JSON.stringify(after.rows),
);

/** The table counts characters where it should count cells: where these differ, text becomes ASCII. */
const countable = (row: AttemptRow): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row).map(([column, text]) => [column, cells(text) === text.length ? text : asciiText(text)]),
  );

type Part = (props: PropsWithChildren) => React.JSX.Element;
type Parts = {readonly Cell: Part; readonly Header: Part; readonly Skeleton: Part};

const partsByTheme = new WeakMap<Theme, Parts>();

/** The table keeps the parts it was made with, so they must stay the same. */
const partsFor = (theme: Theme): Parts => {
  const parts = partsByTheme.get(theme) ?? {
    Cell: partOf(theme, 'plain'),
    Header: partOf(theme, 'label'),
    Skeleton: partOf(theme, 'dim'),
  };
  partsByTheme.set(theme, parts);
  return parts;
};

const widest = 1000;

const partOf =
  (theme: Theme, tone: Meaning): Part =>
  ({children}) => {
    const text = theme.isAscii ? asciiRules(String(children)) : String(children);
    return <Text wrap="truncate">{paint([piece(text, tone)], {theme, width: widest})}</Text>;
  };

const asciiRules = (text: string): string =>
  text
    .replaceAll('─', '-')
    .replaceAll('│', '|')
    .replace(/[┌┬┐├┼┤└┴┘]/g, '+');
