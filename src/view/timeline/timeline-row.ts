import {findStepAt} from '../../domain/step-table.js';
import {countCells, cutMiddle, padStart} from '../../format/cells.js';
import {countLineCells, createSegment, type Line, type Tone} from '../../format/line.js';
import {formatRoughDuration} from '../../format/time-left-words.js';
import type {Row} from '../../store/list/rows.js';
import {buildRowFacts} from '../list/row-facts.js';
import type {RowFacts} from '../list/row-text.js';
import {renderRowChart} from './row-chart.js';
import type {TimelineView} from './timeline-view.js';

/** A row of the list as a row of the timeline: its name, its bar, and how long it took or is expected to take. */
export const renderTimelineRow = (row: Row, view: TimelineView, isSelected: boolean): Line => {
  const {openRun, facts, columns, theme} = view;
  const rowFacts = buildRowFacts(row, openRun, facts.times.until, theme);
  if (rowFacts === undefined) {
    return [];
  }

  const time = rowFacts.time === '' ? formatForecastTime(row, view) : rowFacts.time;
  const {tone} = rowFacts;
  return [
    createSegment(` ${isSelected ? theme.glyph.cursor : ' '} `, 'accent'),
    createSegment(rowFacts.glyph, tone),
    createSegment(' '),
    ...renderName(rowFacts, columns.name, isSelected),
    createSegment(' '),
    ...renderRowChart(row, view),
    ...(columns.time === 0
      ? []
      : [createSegment(` ${padStart(time, columns.time)}`, tone === 'waiting' ? 'waiting' : 'plain')]),
  ];
};

const renderName = ({lead, name, tone, remarks}: RowFacts, cells: number, isSelected: boolean): Line => {
  const width = Math.max(1, cells - countCells(lead));
  const nameTone: Tone = isSelected ? 'strong' : tone === 'waiting' ? 'waiting' : 'plain';
  const remark = remarks.find(each => countCells(name) + countLineCells(each) <= width) ?? [];
  const nameWidth = width - countLineCells(remark);
  const cut = cutMiddle(name, nameWidth);
  return [
    createSegment(lead, 'dim'),
    createSegment(cut, nameTone),
    ...remark,
    createSegment(' '.repeat(Math.max(0, nameWidth - countCells(cut)))),
  ];
};

/** How long a step that has not started is expected to take: `~50s`. */
const formatForecastTime = (row: Row, {openRun, facts}: TimelineView): string => {
  const step = row.kind === 'step' ? findStepAt(openRun.table, row.index) : undefined;
  const forecast = step && facts.forecastsByName.get(step.name);
  return forecast === undefined ? '' : `~${formatRoughDuration(forecast.endAt - forecast.startAt)}`;
};
