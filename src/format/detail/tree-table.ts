import {findNumber, getOwn, isJsonList, isJsonRecord, type Json} from '../../domain/json.js';
import {countCells, cutEnd, padEnd, padStart} from '../cells.js';
import {getKeys, isScalar} from '../json-parts.js';
import {formatJsonLine} from '../json-text.js';
import {cutLine, type Line, type Segment} from '../line.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';

const maxColumns = 30;
const maxRows = 200;
const maxCellWidth = 20;
const gap = 2;

type Table = {readonly titles: readonly string[] | undefined; readonly rows: readonly (readonly Json[])[]};

/** A list as a table, if it consists of equally long lists or of records with the same keys, with scalar values only. */
export const findTable = (value: readonly Json[]): Table | undefined => {
  if (value.length < 2 || value.length > maxRows) {
    return undefined;
  }

  const [first] = value;
  if (isJsonList(first)) {
    const rows = value.filter(isJsonList).filter(row => row.length === first.length && row.every(isScalar));
    const isTable = first.length > 0 && first.length <= maxColumns && rows.length === value.length;
    return isTable ? {titles: undefined, rows} : undefined;
  }

  return isJsonRecord(first) ? findRecordTable(value, getKeys(first)) : undefined;
};

const findRecordTable = (value: readonly Json[], titles: readonly string[]): Table | undefined => {
  if (titles.length === 0 || titles.length > maxColumns) {
    return undefined;
  }

  const rows = value
    .filter(isJsonRecord)
    .filter(row => getKeys(row).length === titles.length && titles.every(title => isScalar(getOwn(row, title))))
    .map(row => titles.map(title => row[title] ?? null));
  return rows.length === value.length ? {titles, rows} : undefined;
};

/** A table with columns as wide as their content, numbers aligned right, cut at `width`. */
export const renderTreeTable = ({titles, rows}: Table, width: number): readonly Line[] => {
  const texts = rows.map(row => row.map(cell => formatJsonLine(cell, maxCellWidth)));
  const heads = titles?.map(title => sanitizeToWidth(title, maxCellWidth));
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(countCells(heads?.[column] ?? ''), ...texts.map(row => countCells(row[column] ?? ''))),
  );
  const isNumeric = widths.map((_, column) =>
    rows.every(row => findNumber(row[column]) !== undefined || row[column] === null),
  );
  const renderRow = (row: readonly string[], tone: Segment['tone']): Line => [
    {
      text: row
        .map((text, column) => (isNumeric[column] ? padStart : padEnd)(cutEnd(text, maxCellWidth), widths[column] ?? 0))
        .join(' '.repeat(gap))
        .trimEnd(),
      tone,
    },
  ];
  return [
    ...(heads === undefined ? [] : [renderRow(heads, 'label')]),
    ...texts.map(row => renderRow(row, 'plain')),
  ].map(each => cutLine(each, width));
};
