import {buildGraph} from '../domain/graph/graph.js';
import {iterateSteps, type StepTable} from '../domain/step-table.js';
import {type Line, renderPlain} from '../format/line.js';
import {sanitizeText} from '../format/safe-text.js';
import {getUpstreamIndexes} from '../store/graph/upstream-indexes.js';

/** More names than these are only counted. */
const maxNames = 6;

/** The graph in words, for screen readers: a sentence for each step, in the order of the graph. */
export const renderGraphSentences = (table: StepTable, isStatic: boolean): readonly Line[] => {
  const names = Array.from(iterateSteps(table), ({name}) => sanitizeText(name));
  const graph = buildGraph(getUpstreamIndexes(table), isStatic ? 'branches' : 'given');
  const listNames = (rows: readonly number[]): readonly string[] =>
    rows.flatMap(row => names[graph.nodes[row] ?? -1] ?? []);
  return graph.nodes.map((node, row) => {
    const upstream = listNames(graph.upstreamByRow[row] ?? []);
    const downstream = listNames(graph.downstreamByRow[row] ?? []);
    const clauses = [
      ...(upstream.length > 0 ? [`follows ${joinNames(upstream)}`] : []),
      ...(downstream.length > 0 ? [`feeds ${joinNames(downstream)}`] : []),
    ];
    return [renderPlain(`${names[node] ?? ''} ${clauses.length === 0 ? 'has no edges' : clauses.join(' and ')}.`)];
  });
};

const joinNames = (names: readonly string[]): string =>
  names.length <= maxNames
    ? names.join(', ')
    : `${names.slice(0, maxNames).join(', ')}, and ${names.length - maxNames} more`;
