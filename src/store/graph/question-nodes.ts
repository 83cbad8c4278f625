import type {AdjacencyLists} from '../../domain/graph/adjacency-lists.js';
import type {TableStructure} from '../../domain/step-table.js';
import type {NodeRow} from './join-nodes.js';
import type {QuestionOrder} from './question-order.js';

/**
 * The nodes that each node follows, with questions: a question follows what had ended when it was asked, and what started after
 * its answer follows it.
 */
export const addQuestions = (
  sourcesByNode: AdjacencyLists,
  nodes: readonly NodeRow[],
  {edges}: QuestionOrder,
  structure: TableStructure,
): AdjacencyLists => {
  const added = sourcesByNode.map(sources => [...sources]);
  for (const {id, stepIndexesBefore, stepIndexesAfter, childAndQuestionIdsBefore, childAndQuestionIdsAfter} of edges) {
    const question = nodes.findIndex(row => row.kind === 'question' && row.question.id === id);
    if (question === -1) {
      continue;
    }

    const isBefore = createRowMatcher(stepIndexesBefore, childAndQuestionIdsBefore, structure);
    const isAfter = createRowMatcher(stepIndexesAfter, childAndQuestionIdsAfter, structure);
    for (const [node, row] of nodes.entries()) {
      if (isBefore(row)) {
        added[question]?.push(node);
      } else if (isAfter(row)) {
        added[node]?.push(question);
      }
    }
  }

  return added;
};

/** A group counts only if all of its steps do: otherwise some of them were running while the question was pending. */
const createRowMatcher = (
  stepIndexes: readonly number[],
  ids: readonly string[],
  {groupsById}: TableStructure,
): ((row: NodeRow) => boolean) => {
  const indexSet = new Set(stepIndexes);
  const idSet = new Set(ids);
  return row => {
    switch (row.kind) {
      case 'step':
        return indexSet.has(row.index);

      case 'group': {
        const indexes = groupsById.get(row.groupId)?.indexes ?? [];
        return indexes.length > 0 && indexes.every(index => indexSet.has(index));
      }

      case 'run':
        return idSet.has(row.child.id ?? '');

      case 'question':
        return idSet.has(row.question.id);
    }
  };
};
