import {findStepAt} from '../../domain/step-table.js';
import {findWaitReason} from '../../domain/wait-reason.js';
import {padEnd} from '../../format/cells.js';
import {formatCycle} from '../../format/graph/cycle-words.js';
import {
  blankLine,
  createSegment,
  cutLine,
  joinLines,
  type Line,
  renderDim,
  renderPlain,
  renderStrong,
} from '../../format/line.js';
import {sanitizeToWidth} from '../../format/sanitize-to-width.js';
import {formatWaitValue, getWaitLabel} from '../../format/wait-words.js';
import {wrapLine} from '../../format/wrap.js';
import {findNeighbors} from '../../store/graph/neighbors.js';
import type {RowGraph} from '../../store/graph/row-graph.js';
import type {Row} from '../../store/list/rows.js';
import {getWaitFacts} from '../../store/run/wait-facts.js';
import {findSelectedRow, getListedGraph} from '../../store/selectors.js';
import type {Theme} from '../../theme/theme.js';
import {buildRowFacts} from '../list/row-facts.js';
import {listReaderNames, renderArtifacts, renderWritersWithoutEdge} from './panel-artifacts.js';
import type {PanelField, PanelInput} from './panel-input.js';
import {renderDownstream, renderNeighbors, replaceNonBreakingSpaces} from './panel-neighbors.js';
import {askedAfterLabel, listAdjacentQuestions, listQuestionFields, thenLabel} from './question-fields.js';

const labelCells = 12;

/** Narrower panels show arrows instead of the labels of what is upstream and downstream. */
const minLabeledCells = 56;

/** What the selected row follows and feeds, and the artifacts it reads, in at most `height` lines. */
export const renderGraphPanel = (input: PanelInput): readonly Line[] => {
  const {openRun, now, theme, width, height, isBeside} = input;
  const row = findSelectedRow(openRun);
  const facts = row && buildRowFacts(row, openRun, now, theme);
  if (row === undefined || facts === undefined || height <= 0) {
    return [];
  }

  const fields = listFields(row, input);
  if (isBeside) {
    const lines = fields.flatMap(({label, value}) =>
      wrapLine([createSegment(padEnd(label, labelCells), 'label'), ...value], width, labelCells).map(
        replaceNonBreakingSpaces,
      ),
    );
    return [[renderStrong(facts.name)], blankLine, ...lines].slice(0, height);
  }

  const lines =
    width < minLabeledCells
      ? fields.map(({label, value}) => [createSegment(`${getArrow(label, theme)} `, 'label'), ...value])
      : [
          [renderDim(theme.glyph.line.repeat(width))],
          ...fields.map(({label, value}) => [createSegment(padEnd(label, labelCells), 'label'), ...value]),
        ];
  return lines.slice(0, height).map(line => cutLine(replaceNonBreakingSpaces(line), width));
};

const getArrow = (label: string, {isAscii}: Theme): string => {
  const [fromArrow, toArrow] = isAscii ? ['<', '>'] : ['←', '→'];
  return label === upstreamLabel || label === askedAfterLabel
    ? fromArrow
    : label === downstreamLabel || label === thenLabel
      ? toArrow
      : `${label}:`;
};

const upstreamLabel = 'follows';
const downstreamLabel = 'feeds';

const renderNames = (names: readonly string[]): Line =>
  names.length === 0
    ? [renderDim('nothing')]
    : joinLines(
        names.map(name => [createSegment(sanitizeToWidth(name, 60))]),
        ', ',
      );

const listFields = (row: Row, input: PanelInput): readonly PanelField[] => {
  const {openRun} = input;
  if (row.kind === 'question') {
    return listQuestionFields(row, input).filter(hasValue);
  }

  if (row.kind === 'run') {
    return [
      {label: upstreamLabel, value: [renderDim('not recorded by ZenML for child runs')]},
      {label: downstreamLabel, value: [createSegment(listReaderNames(row.child, openRun).join(', '))]},
      ...listAdjacentQuestions(row, input),
    ].filter(hasValue);
  }

  if (row.kind === 'child-step') {
    const downstream = (openRun.childDagsById.get(row.runId)?.steps ?? []).filter(({upstream}) =>
      upstream.includes(row.step.name),
    );
    return [
      {label: upstreamLabel, value: renderNames(row.step.upstream)},
      {label: downstreamLabel, value: renderNames(downstream.map(({name}) => name))},
    ];
  }

  if (row.kind === 'this-run') {
    return [{label: 'graph', value: [renderDim('select a step to see which steps it follows and feeds')]}];
  }

  const {upstream, downstream} = findNeighbors(openRun.table, row);
  const step = row.kind === 'step' ? findStepAt(openRun.table, row.index) : undefined;
  const wait = step && findWaitReason(step, getWaitFacts(openRun));
  const fields: readonly PanelField[] = [
    {label: upstreamLabel, value: renderNeighbors(upstream, input)},
    {label: downstreamLabel, value: renderDownstream(row, downstream, input)},
    {
      label: wait === undefined ? '' : getWaitLabel(wait),
      value: wait === undefined ? [] : [renderPlain(formatWaitValue(wait, input.now))],
    },
    {label: 'reads from', value: renderWritersWithoutEdge(step, openRun)},
    ...listAdjacentQuestions(row, input),
    {label: 'artifacts', value: renderArtifacts(step, openRun)},
    {label: 'cycle', value: renderCycle(getListedGraph(openRun))},
  ];
  return fields.filter(hasValue);
};

/** Pipelines have no cycles, so this is a sign of broken data. */
const renderCycle = ({cyclicEdgeCount}: RowGraph): Line =>
  cyclicEdgeCount === 0 ? [] : [createSegment(formatCycle(cyclicEdgeCount), 'warning')];

const hasValue = ({value}: PanelField): boolean => value.some(({text}) => text !== '');
