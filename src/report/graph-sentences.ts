import {buildGraph} from '../domain/graph/graph.js';
import {iterateSteps} from '../domain/step-table.js';
import {type Line, renderPlain} from '../format/line.js';
import {formatCount} from '../format/number.js';
import {sanitizeText} from '../format/safe-text.js';
import {getQuestionOrder} from '../store/graph/question-order.js';
import {getUpstreamIndexes} from '../store/graph/upstream-indexes.js';
import type {KnownRun} from './known-run.js';

/** More names than this are only counted. */
const maxNames = 6;

type GraphFacts = Pick<KnownRun, 'table' | 'run' | 'childRuns' | 'questions'>;

/**
 * The graph in words, for screen readers: a sentence for each step, in the order of the graph, and for each question what
 * came before and after it.
 */
export const renderGraphSentences = (known: GraphFacts): readonly Line[] => {
  const {table, run, questions} = known;
  const names = Array.from(iterateSteps(table), ({name}) => sanitizeText(name));
  const arrangement = run.isDynamic === false ? 'branches' : 'given';
  const graph = buildGraph(getUpstreamIndexes(table), arrangement);
  const steps = graph.nodes.map((node, row) => {
    const listNames = (rows: readonly number[] = []): readonly string[] =>
      rows.flatMap(each => names[graph.nodes[each] ?? -1] ?? []);
    const upstream = listNames(graph.upstreamByRow[row]);
    const downstream = listNames(graph.downstreamByRow[row]);
    const clauses = [
      ...(upstream.length > 0 ? [`follows ${joinNames(upstream)}`] : []),
      ...(downstream.length > 0 ? [`feeds ${joinNames(downstream)}`] : []),
    ];
    return `${names[node] ?? ''} ${clauses.length === 0 ? 'has no edges' : clauses.join(' and ')}.`;
  });
  return [...steps, ...(questions.length === 0 ? [] : describeQuestions(known, names))].map(text => [
    renderPlain(text),
  ]);
};

/** Only what came right before and after a question: the rest follows from the edges between the steps. */
const describeQuestions = (
  {table, childRuns, questions}: GraphFacts,
  stepNames: readonly string[],
): readonly string[] => {
  const {edges} = getQuestionOrder(table, childRuns, questions);
  const names = [...stepNames, ...questions.map(({name}) => sanitizeText(name))];
  const getNode = (index: number): number => stepNames.length + index;
  const upstream = [...getUpstreamIndexes(table), ...questions.map(() => [])].map(sources => [...sources]);
  for (const {id, stepIndexesBefore, stepIndexesAfter, childAndQuestionIdsBefore} of edges) {
    const question = getNode(questions.findIndex(each => each.id === id));
    const before = childAndQuestionIdsBefore.flatMap(beforeId => {
      const index = questions.findIndex(each => each.id === beforeId);
      return index === -1 ? [] : [getNode(index)];
    });
    upstream[question] = [...stepIndexesBefore, ...before];
    for (const step of stepIndexesAfter) {
      upstream[step]?.push(question);
    }
  }

  const {rowByNode, nodes, upstreamByRow, downstreamByRow} = buildGraph(
    upstream,
    'given',
    node => node >= stepNames.length,
  );
  return questions.map(({isPending}, index) => {
    const node = getNode(index);
    const row = rowByNode[node] ?? -1;
    const listNames = (rows: readonly number[] = []): readonly string[] =>
      rows.flatMap(each => names[nodes[each] ?? -1] ?? []);
    const before = listNames(upstreamByRow[row]);
    const after = listNames(downstreamByRow[row]);
    const clauses = [
      ...(before.length > 0 ? [`follows ${joinNames(before)}`] : []),
      ...(after.length > 0 ? [`is followed by ${joinNames(after)}`] : []),
      ...(isPending ? ['is waiting for an answer'] : []),
    ];
    return `The question ${names[node] ?? ''} ${clauses.length === 0 ? 'has no edges' : clauses.join(' and ')}.`;
  });
};

const joinNames = (names: readonly string[]): string =>
  names.length <= maxNames
    ? names.join(', ')
    : `${names.slice(0, maxNames).join(', ')}, and ${formatCount(names.length - maxNames)} more`;
