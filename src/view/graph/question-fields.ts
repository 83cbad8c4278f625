import {createSegment, joinLines, type Line, renderDim, renderPlain} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import type {Row} from '../../store/list/rows.js';
import {getListedGraph} from '../../store/selectors.js';
import {buildRowFacts} from '../list/row-facts.js';
import {maxNeighbors, type NeighborInput, nonBreakingSpace, type PanelField} from './panel-input.js';

const maxQuestionCells = 200;

export const askedAfterLabel = 'asked after';
export const thenLabel = 'then';

/** What came before and after a question, by time. */
export const listQuestionFields = (
  row: Extract<Row, {readonly kind: 'question'}>,
  input: NeighborInput,
): readonly PanelField[] => {
  const {text, isPending} = row.question;
  const {before, after} = listAdjacent(row, input);
  const isRunOver = input.openRun.overAt !== undefined;
  const nothing = isRunOver ? 'nothing' : isPending ? 'nothing until it is answered' : 'nothing yet';
  return [
    {
      label: askedAfterLabel,
      value: before.length === 0 ? [renderDim('no finished step')] : renderRows(before, input),
    },
    {label: thenLabel, value: after.length === 0 ? [renderDim(nothing)] : renderRows(after, input)},
    {label: 'question', value: text === undefined ? [] : [renderPlain(sanitizeToWidth(text, maxQuestionCells))]},
    {label: 'edges', value: [renderDim('by time: ZenML does not record any for wait conditions')]},
  ];
};

/** The questions right before and after a step or a child run. */
export const listAdjacentQuestions = (row: Row, input: NeighborInput): readonly PanelField[] => {
  const {before, after} = listAdjacent(row, input);
  const isQuestion = ({kind}: Row): boolean => kind === 'question';
  return [
    {label: 'came after', value: renderRows(before.filter(isQuestion), input)},
    {label: 'then asked', value: renderRows(after.filter(isQuestion), input)},
  ];
};

/** The rows that are joined to a row in the graph as it is drawn. */
const listAdjacent = (
  {key}: Row,
  {openRun}: NeighborInput,
): {readonly before: readonly Row[]; readonly after: readonly Row[]} => {
  const {graph, graphRowByKey, keys, rows} = getListedGraph(openRun);
  const index = graphRowByKey.get(key) ?? -1;
  const listRows = (indexes: readonly number[] = []): readonly Row[] =>
    indexes.flatMap(each => rows.rows[rows.indexByKey.get(keys[each] ?? '') ?? -1] ?? []);
  return {before: listRows(graph.upstreamByRow[index]), after: listRows(graph.downstreamByRow[index])};
};

const renderRows = (rows: readonly Row[], {openRun, now, theme}: NeighborInput): Line => {
  const more = rows.length - maxNeighbors;
  const lines = rows.slice(0, maxNeighbors).flatMap((row): readonly Line[] => {
    const facts = buildRowFacts(row, openRun, now, theme);
    return facts === undefined
      ? []
      : [
          [
            createSegment(facts.glyph, facts.tone),
            createSegment(`${nonBreakingSpace}${facts.name}`),
            ...(facts.time === '' ? [] : [renderDim(`${nonBreakingSpace}${facts.time}`)]),
          ],
        ];
  });
  return [...joinLines(lines, ', '), ...(more > 0 ? [renderDim(`, ${formatCount(more)} more`)] : [])];
};
