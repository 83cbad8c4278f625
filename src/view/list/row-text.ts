import {countCells, cutEnd, cutMiddle, padEnd, padStart} from '../../format/cells.js';
import {countLineCells, createSegment, type Line, type Tone} from '../../format/line.js';
import type {Theme} from '../../theme/theme.js';
import {paint} from '../paint.js';
import {getTimelineColumnCells, type StepColumns, stepColumnGap} from './columns.js';

/** The longest name that is prepared for a row, in cells; no row is wider. */
export const maxRowNameCells = 300;

/** The parts of a row, sanitized. */
export type RowFacts = {
  readonly glyph: string;
  readonly tone: Tone;
  readonly name: string;
  /** Between glyph and name: the indentation of a group member, or the sign of a group, which shows whether it is open. */
  readonly lead: string;
  /** Variants of the text after the name; the first one that fits is used, and a long name is shortened for it. */
  readonly remarks: readonly Line[];
  /** Renders a progress bar of the given width, after the remark or in the attempts column. */
  readonly renderBar: ((width: number) => Line) | undefined;
  readonly status: string;
  readonly time: string;
  readonly attempt: string;
  /** In the graph: the rails, with the glyph among them. */
  readonly gutter?: Line;
  /** In the graph: by how many cells the gutter is wider than that of other rows; the name is narrower by as many. */
  readonly extraGutterCells?: number;
  /** In the graph: neither upstream nor downstream of the selected row. */
  readonly isMuted?: boolean;
  /** In the graph: on the critical path, while that is highlighted. */
  readonly isHighlighted?: boolean;
};

/** Paints a row as the string passed to Ink, without the timeline column. */
export const paintStepRow = (facts: RowFacts, columns: StepColumns, theme: Theme, isSelected: boolean): string =>
  paint(renderStepRow(facts, columns, isSelected ? theme.glyph.cursor : ' ', isSelected), {
    theme,
    width: columns.width - getTimelineColumnCells(columns),
    isSelected,
  });

/** A row without the timeline column. `cursor` is the glyph of the cursor, or a space. */
export const renderStepRow = (facts: RowFacts, columns: StepColumns, cursor: string, isSelected: boolean): Line => {
  const {glyph, tone, remarks, renderBar} = facts;
  const width = columns.name - countCells(facts.lead) - (facts.extraGutterCells ?? 0);
  const least = Math.min(countLineCells(remarks.at(-1) ?? []), Math.floor(width / 2));
  const name = cutMiddle(facts.name, Math.max(1, width - least));
  const remark = remarks.find(variant => countLineCells(variant) <= width - countCells(name)) ?? [];
  const left = width - countCells(name) - countLineCells(remark);
  const barWidth = renderBar === undefined ? 0 : Math.min(maxBarCells, left - 1);
  const hasBar = barWidth >= minBarCells;
  return [
    createSegment(` ${cursor} `, 'accent'),
    ...(facts.gutter ?? [createSegment(glyph, tone)]),
    createSegment(` ${facts.lead}`, 'dim'),
    createSegment(name, getNameTone(facts, isSelected)),
    ...remark,
    ...(hasBar ? [createSegment(' '), ...(renderBar?.(barWidth) ?? [])] : []),
    createSegment(' '.repeat(Math.max(0, left - (hasBar ? barWidth + 1 : 0)))),
    ...renderStepColumn(padEnd(cutEnd(facts.status, columns.status), columns.status), columns.status, tone),
    ...renderStepColumn(padStart(facts.time, columns.time), columns.time, tone === 'waiting' ? 'waiting' : 'plain'),
    ...(renderBar !== undefined && !hasBar && columns.attempt > 0
      ? [createSegment(stepColumnGap), ...renderBar(columns.attempt)]
      : renderStepColumn(padStart(facts.attempt, columns.attempt), columns.attempt, 'dim')),
  ];
};

const getNameTone = ({tone, isMuted, isHighlighted}: RowFacts, isSelected: boolean): Tone => {
  if (isSelected || isHighlighted === true) {
    return 'strong';
  }

  if (isMuted === true) {
    return 'dim';
  }

  return tone === 'waiting' ? 'waiting' : 'plain';
};

/** Cells of a progress bar in a row; a shorter one would be useless. */
const maxBarCells = 10;
const minBarCells = 4;

export const renderStepColumn = (text: string, width: number, tone: Tone): Line =>
  width === 0 ? [] : [createSegment(stepColumnGap + text, tone)];
