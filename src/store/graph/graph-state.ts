/** How the graph is shown. */
export type GraphState = {
  readonly isShown: boolean;
  /** The critical path is highlighted instead of what is upstream and downstream of the selected row. */
  readonly isPathLit: boolean;
  /** Keys of the rows from which the user moved upstream, latest last: the way back downstream. */
  readonly wayBack: readonly string[];
};

export const initialGraph: GraphState = {isShown: false, isPathLit: false, wayBack: []};

/**
 * Along an edge, to what the row waited for last or to what follows it; or to a sibling: a row that follows the same rows or, if
 * there is none, leads to the same row.
 */
export type GraphDirection = 'upstream' | 'downstream' | 'previousSibling' | 'nextSibling';

export type GraphAction =
  | {readonly type: 'graph/toggled'}
  | {readonly type: 'graph/pathToggled'}
  | {readonly type: 'graph/moved'; readonly to: GraphDirection};
