import type {RunId} from '../../domain/ids.js';
import type {Project} from '../../domain/server.js';
import type {ConnectionArguments} from '../../domain/zentop-command.js';

/** What the user does in the list of runs, and which runs it lists. */
export type RunsAction =
  | RunsListAction
  /** Show the list of runs, with the open run in it. */
  | {readonly type: 'runs/shown'}
  | {readonly type: 'project/chosen'; readonly project: Project}
  /** Use another server from now on. */
  | {
      readonly type: 'server/chosen';
      readonly serverUrl: string;
      readonly connectionArguments: ConnectionArguments;
      readonly project: {readonly id: Project['id']; readonly name: string | undefined};
    };

export type RunsListAction =
  | {readonly type: 'runs/moved'; readonly by: number}
  | {readonly type: 'runs/paged'; readonly pages: number}
  | {readonly type: 'runs/jumped'; readonly to: 'first' | 'last'}
  | {readonly type: 'runs/selected'; readonly id: RunId}
  | {readonly type: 'runs/marked'; readonly id: RunId}
  | {readonly type: 'runs/unmarked'}
  /** Sort by the next order. */
  | {readonly type: 'runs/sorted'}
  | {readonly type: 'runs/filtered'; readonly text: string};

/** Compare runs side by side. */
export type ComparingAction =
  | {readonly type: 'comparing/opened'; readonly runIds: readonly RunId[]}
  | {readonly type: 'comparing/scrolled'; readonly by: number}
  | {readonly type: 'comparing/shifted'; readonly by: number}
  | {readonly type: 'comparing/groupsToggled'}
  | {readonly type: 'comparing/closed'};

/** Choose from a short list. */
export type ChoosingAction =
  | {readonly type: 'choosing/opened'; readonly what: 'project' | 'server'}
  | {readonly type: 'choosing/moved'; readonly by: number}
  | {readonly type: 'choosing/closed'};
