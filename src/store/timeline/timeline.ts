import type {TimeWindow} from '../../domain/timeline/window.js';

/** How the timeline is shown. */
export type TimelineState = {
  readonly isShown: boolean;
  /** The stretch of time on the screen; `undefined` for the whole run. */
  readonly window: TimeWindow | undefined;
  /** The window moves along with the current time. */
  readonly isFollowing: boolean;
  /** The axis shows local times instead of offsets from the start of the run. */
  readonly hasClockTimes: boolean;
  /** Long pauses are drawn as a break; `undefined` means only if they would take most of the width. */
  readonly isFoldingPauses: boolean | undefined;
  /** The timeline has been shown, so its window is the user's choice. */
  readonly hasOpened: boolean;
};

export const initialTimeline: TimelineState = {
  isShown: false,
  window: undefined,
  isFollowing: false,
  hasClockTimes: false,
  isFoldingPauses: undefined,
  hasOpened: false,
};

export type TimelineAction =
  | {readonly type: 'timeline/toggled'}
  /** Zooms in by `factor`; out if it is less than 1. */
  | {readonly type: 'timeline/zoomed'; readonly factor: number}
  /** Moves by a share of the window; to the left if it is negative. */
  | {readonly type: 'timeline/panned'; readonly share: number}
  | {readonly type: 'timeline/fitted'}
  | {readonly type: 'timeline/followingToggled'}
  | {readonly type: 'timeline/clockToggled'}
  | {readonly type: 'timeline/foldToggled'};
