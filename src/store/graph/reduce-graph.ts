import type {Instant} from '../../domain/instant.js';
import type {OpenRun} from '../run/open-run.js';
import {getListedGraph} from '../selectors.js';
import type {GraphAction} from './graph-state.js';
import {findGraphMove} from './move-in-graph.js';

/**
 * The open run after an action in the graph; `now` is by the server's clock. The graph replaces the timeline, and vice versa.
 */
export const reduceGraph = (openRun: OpenRun, action: GraphAction, now: Instant): OpenRun => {
  const {graph, list, timeline} = openRun;
  switch (action.type) {
    case 'graph/toggled':
      return {
        ...openRun,
        graph: {...graph, isShown: !graph.isShown, wayBack: []},
        timeline: timeline.isShown ? {...timeline, isShown: false} : timeline,
      };

    case 'graph/pathToggled':
      return {...openRun, graph: {...graph, isPathLit: !graph.isPathLit}};

    case 'graph/moved': {
      const move = findGraphMove(openRun, getListedGraph(openRun), action.to, now);
      return move === undefined
        ? openRun
        : {
            ...openRun,
            list: {...list, selectedKey: move.key, wantedKey: undefined, isFollowing: false},
            graph: {...graph, wayBack: move.wayBack},
          };
    }
  }
};
