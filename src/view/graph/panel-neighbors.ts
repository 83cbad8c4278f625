import {isUnreachable} from '../../domain/blockers.js';
import {findStepAt} from '../../domain/step-table.js';
import {createSegment, joinLines, type Line, renderDim} from '../../format/line.js';
import {formatCount} from '../../format/number.js';
import {findNeighbors, type Neighbor} from '../../store/graph/neighbors.js';
import type {Row} from '../../store/list/rows.js';
import {buildGroupFacts} from '../list/group-facts.js';
import type {RowFacts} from '../list/row-text.js';
import {buildStepFacts} from '../list/step-facts.js';
import {maxNeighbors, type NeighborInput, nonBreakingSpace} from './panel-input.js';

/** The line with ordinary spaces, once it has been wrapped. */
export const replaceNonBreakingSpaces = (line: Line): Line =>
  line.map(({text, tone}) => ({text: text.replaceAll(nonBreakingSpace, ' '), tone}));

const joinNeighbors = (neighbors: readonly Neighbor[], input: NeighborInput): Line => {
  const more = neighbors.length - maxNeighbors;
  return [
    ...joinLines(
      neighbors.slice(0, maxNeighbors).map(neighbor => renderNeighbor(neighbor, input)),
      ', ',
    ),
    ...(more > 0 ? [renderDim(`, ${formatCount(more)} more`)] : []),
  ];
};

/** The neighbors side by side, or `nothing`. */
export const renderNeighbors = (neighbors: readonly Neighbor[], input: NeighborInput): Line =>
  neighbors.length === 0 ? [renderDim('nothing')] : joinNeighbors(neighbors, input);

/** More steps than this are only counted, not merged into groups. */
const maxMergedSteps = 200;

/** What follows a row, and what a single downstream step also waits for: `evaluate (also waits for train_small)`. */
export const renderDownstream = (row: Row, downstream: readonly Neighbor[], input: NeighborInput): Line => {
  const {table, run, overAt} = input.openRun;
  if (downstream.length === 0 && run?.isDynamic === true && overAt === undefined) {
    return [renderDim('nothing yet')];
  }

  const line = renderNeighbors(downstream, input);
  const [only] = downstream;
  if (only?.kind !== 'step' || downstream.length > 1 || row.kind !== 'step') {
    return line;
  }

  const otherCount = only.step.upstream.length - 1;
  if (otherCount > maxMergedSteps) {
    return [...line, renderDim(`  (also waits for ${formatCount(otherCount)} other steps)`)];
  }

  const index = table.structure.indexByName.get(only.step.name);
  const own = findStepAt(table, row.index)?.name;
  const otherUpstream =
    index === undefined
      ? []
      : findNeighbors(table, {kind: 'step', key: '', index, isInGroup: false}).upstream.filter(
          other => other.kind === 'group' || other.step.name !== own,
        );
  return otherUpstream.length === 0
    ? line
    : [...line, renderDim('  (also waits for '), ...joinNeighbors(otherUpstream, input), renderDim(')')];
};

const renderNeighbor = (neighbor: Neighbor, {openRun, now, theme}: NeighborInput): Line => {
  const {table, overAt} = openRun;
  const isRunOver = overAt !== undefined;
  const facts: RowFacts =
    neighbor.kind === 'step'
      ? buildStepFacts(
          neighbor.step,
          {isRunOver: isRunOver || isUnreachable(table, neighbor.step), now, isInGroup: false},
          theme,
        )
      : buildGroupFacts(neighbor.group, {table, isRunOver, isOpen: false, shownCount: undefined, now}, theme);
  return [
    createSegment(facts.glyph, facts.tone),
    createSegment(`${nonBreakingSpace}${facts.name}`),
    ...(facts.remarks[0] ?? []),
    ...(facts.time === '' ? [] : [renderDim(`${nonBreakingSpace}${facts.time}`)]),
  ];
};
