/** How the user looks at the graph. */
export type GraphState = {
  readonly isShown: boolean;
  /** The critical path is lit instead of what is up- and downstream of the selected row. */
  readonly isPathLit: boolean;
  /** Keys of the rows that the user left upstream, the latest last: the way back downstream. */
  readonly wayBack: readonly string[];
};

export const initialGraph: GraphState = {isShown: false, isPathLit: false, wayBack: []};

/** Along the edges: to what the row waited for last, and back; or to another row at the same rail. */
export type GraphDirection = 'upstream' | 'downstream' | 'previousSibling' | 'nextSibling';

export type GraphAction =
  | {readonly type: 'graph/toggled'}
  | {readonly type: 'graph/pathToggled'}
  | {readonly type: 'graph/moved'; readonly to: GraphDirection};
