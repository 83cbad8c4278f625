import type {Json, JsonRecord} from '../../domain/json.js';
import {cells, cutEnd, padEnd, padStart} from '../cells.js';
import {jsonLine} from '../json-text.js';
import type {Line, Segment} from '../line.js';
import {cutLine} from '../line-cells.js';
import {safeText} from '../safe-text.js';
import {isList, isRecord, isScalar, keysOf} from './json-parts.js';

const mostColumns = 30;
const mostRows = 200;
const widestCell = 20;
const gap = 2;

type Table = {readonly titles: readonly string[] | undefined; readonly rows: readonly (readonly Json[])[]};

/** A list as a table where it is one: of lists of equal length, or of records with the same names, scalars all of them. */
export const tableOf = (value: readonly Json[]): Table | undefined => {
  if (value.length < 2 || value.length > mostRows) {
    return undefined;
  }

  const [first] = value;
  if (isList(first)) {
    const rows = value.filter(isList).filter(row => row.length === first.length && row.every(isScalar));
    const isTable = first.length > 0 && first.length <= mostColumns && rows.length === value.length;
    return isTable ? {titles: undefined, rows} : undefined;
  }

  return isRecord(first) ? recordTable(value, keysOf(first)) : undefined;
};

const recordTable = (value: readonly Json[], titles: readonly string[]): Table | undefined => {
  if (titles.length === 0 || titles.length > mostColumns) {
    return undefined;
  }

  const rows = value
    .filter(isRecord)
    .filter(row => keysOf(row).length === titles.length && titles.every(title => isScalar(own(row, title))))
    .map(row => titles.map(title => row[title] ?? null));
  return rows.length === value.length ? {titles, rows} : undefined;
};

const own = (row: JsonRecord, key: string): Json | undefined =>
  (Object.hasOwn(row, key) ? row[key] : undefined) ?? null;

/** The table in columns as wide as what they hold, numbers at their right; what does not fit into `width` is cut. */
export const tableLines = ({titles, rows}: Table, width: number): readonly Line[] => {
  const texts = rows.map(row => row.map(cell => jsonLine(cell, widestCell)));
  const heads = titles?.map(title => safeText(title, {maxCells: widestCell}));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(cells(heads?.[column] ?? ''), ...texts.map(row => cells(row[column] ?? ''))),
  );
  const isNumeric = widths.map((_, column) =>
    rows.every(row => typeof row[column] === 'number' || row[column] === null),
  );
  const line = (row: readonly string[], tone: Segment['tone']): Line => [
    {
      text: row
        .map((text, column) => (isNumeric[column] ? padStart : padEnd)(cutEnd(text, widestCell), widths[column] ?? 0))
        .join(' '.repeat(gap))
        .trimEnd(),
      tone,
    },
  ];
  return [...(heads === undefined ? [] : [line(heads, 'label')]), ...texts.map(row => line(row, 'plain'))].map(each =>
    cutLine(each, width),
  );
};
