import type {Failure} from '../domain/failure.js';
import type {RunId, StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {JsonRecord} from '../domain/json.js';
import type {GraphAction} from './graph/graph-state.js';
import type {InterventionAction} from './intervention/reduce-intervention.js';
import type {LogAction} from './logs/logs.js';
import type {News} from './query.js';
import type {RunAction} from './run/reduce-run-navigation.js';
import type {ChoosingAction, ComparingAction, RunsAction} from './runs/runs-action.js';
import type {Notice, ScreenSize} from './state.js';
import type {TimelineAction} from './timeline/timeline.js';
import type {FieldAction} from './ui/field.js';
import type {Tab} from './ui/pane.js';
import type {MenuAction} from './ui/reduce-menu.js';

/** Something that happened: a response, a key, a tick of the clock. */
export type Action =
  | {readonly type: 'clock/ticked'; readonly now: Instant}
  | {readonly type: 'size/changed'; readonly size: ScreenSize}
  | {
      readonly type: 'news/arrived';
      readonly key: string;
      readonly news: News;
      readonly requestedAt: Instant;
      /** When the response arrived. */
      readonly respondedAt: Instant;
      /** The `Date` header of the response, by the server's or a proxy's clock. */
      readonly serverDateAt: Instant | undefined;
    }
  | {
      readonly type: 'news/failed';
      readonly key: string;
      /** When the failed request was sent: it had been waiting for a response since then. */
      readonly requestedAt?: Instant;
      readonly failure: Failure;
      readonly at: Instant;
      /** 0 to 1, random. */
      readonly jitter: number;
    }
  | RunAction
  | RunsAction
  | ComparingAction
  | ChoosingAction
  | ListAction
  | FieldAction
  | MenuAction
  | InterventionAction
  | PaneAction
  | ComparisonAction
  | ProgressAction
  | LogAction
  | TimelineAction
  | GraphAction
  | {readonly type: 'polling/toggled'}
  | {readonly type: 'polling/demanded'}
  | {readonly type: 'help/toggled'}
  /** Scrolls help or a value. */
  | {readonly type: 'text/scrolled'; readonly by: number}
  | {readonly type: 'value/opened'; readonly title: string; readonly text: string}
  | {readonly type: 'value/closed'}
  | {readonly type: 'notice/shown'; readonly text: string; readonly tone: Notice['tone']}
  | {readonly type: 'notice/dropped'};

export type ListAction =
  | {readonly type: 'selection/moved'; readonly by: number}
  | {readonly type: 'selection/paged'; readonly pages: number}
  | {readonly type: 'selection/jumped'; readonly to: 'first' | 'last'}
  | {readonly type: 'list/followingToggled'}
  | {readonly type: 'group/toggled'}
  /** The user went to the row of this step, by a link for example. */
  | {readonly type: 'step/selected'; readonly name: string}
  /** The user went to the row of the run. */
  | {readonly type: 'run/selected'}
  /** The user went back to the row from which they last followed a link or jumped. */
  | {readonly type: 'step/returned'}
  /** Sort by the next column. */
  | {readonly type: 'list/sorted'}
  | {readonly type: 'list/reversed'}
  | {readonly type: 'list/successfulToggled'}
  /** Remove the filter. */
  | {readonly type: 'list/cleared'};

/** A running step published its progress; `at` is by the local clock. */
type ProgressAction = {
  readonly type: 'progress/streamed';
  readonly runId: RunId;
  readonly stepId: StepId;
  readonly payload: JsonRecord;
  readonly at: Instant;
};

/** Compare the open run with the last good one. */
export type ComparisonAction = {readonly type: 'comparison/wanted'};

type PaneScroll = {
  readonly type: 'pane/scrolled';
  readonly by: number;
  readonly lineCount: number;
  /** The first visible line, which need not be the first line before the user has scrolled. */
  readonly from?: number;
  /** Lines at the top that may come and go; the position is remembered relative to them. */
  readonly head?: number;
};

export type PaneAction =
  | {readonly type: 'pane/toggled'}
  | {readonly type: 'pane/closed'}
  | PaneScroll
  | {readonly type: 'cursor/set'; readonly key: string}
  | {readonly type: 'tab/chosen'; readonly tab: Tab}
  | {readonly type: 'tab/stepped'; readonly by: number}
  | {readonly type: 'section/toggled'; readonly section: string}
  | {readonly type: 'attempt/stepped'; readonly by: number};
