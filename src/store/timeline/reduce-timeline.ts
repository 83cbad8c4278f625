import type {Instant} from '../../domain/instant.js';
import {computeOpeningZoom} from '../../domain/timeline/opening-window.js';
import {findStepSpan} from '../../domain/timeline/run-spans.js';
import {panWindow, type TimeWindow, zoomWindow} from '../../domain/timeline/window.js';
import type {OpenRun} from '../run/open-run.js';
import {findSelectedStep} from '../selectors.js';
import type {TimelineAction, TimelineState} from './timeline.js';
import {getTimelineFacts, getTimeScale, getTimeWindow, type TimelineFacts} from './timeline-facts.js';

/** The state of the timeline after an action. `cells` is the width of the chart; `now` is by the server's clock. */
export const reduceTimeline = (
  openRun: OpenRun,
  action: TimelineAction,
  {now, cells}: {readonly now: Instant; readonly cells: number},
): TimelineState => {
  const {timeline} = openRun;
  switch (action.type) {
    case 'timeline/toggled':
      return timeline.isShown || timeline.hasOpened
        ? {...timeline, isShown: !timeline.isShown}
        : openTimeline(openRun, now, cells);

    case 'timeline/clockToggled':
      return {...timeline, hasClockTimes: !timeline.hasClockTimes};

    case 'timeline/fitted':
      return {...timeline, window: undefined, isFollowing: false};

    case 'timeline/followingToggled':
      return {...timeline, isFollowing: !timeline.isFollowing};

    case 'timeline/foldToggled': {
      const facts = getTimelineFacts(openRun, now);
      const isFolding = facts !== undefined && getTimeScale(openRun, facts, cells).folds.length > 0;
      return {...timeline, isFoldingPauses: !isFolding};
    }

    case 'timeline/zoomed': {
      const facts = getTimelineFacts(openRun, now);
      return facts === undefined ? timeline : zoom(openRun, facts, action.factor, cells);
    }

    case 'timeline/panned': {
      const facts = getTimelineFacts(openRun, now);
      if (facts === undefined || timeline.window === undefined) {
        return timeline;
      }

      const window = panWindow(getTimeWindow(openRun, facts), action.share, facts.fit);
      return {...timeline, window, isFollowing: false};
    }
  }
};

/**
 * Shows the whole run or, if that is a deep chain of steps, the part of it around now; once it is over, around the selected
 * step.
 */
const openTimeline = (openRun: OpenRun, now: Instant, cells: number): TimelineState => {
  const timeline = {...openRun.timeline, isShown: true};
  const facts = getTimelineFacts(openRun, now);
  if (facts === undefined) {
    return timeline;
  }

  const nextTimeline = {...timeline, hasOpened: true};
  const factor = computeOpeningZoom(facts.stepSpans, facts.fit, cells);
  const isPart = factor > 1 && getTimeScale(openRun, facts, cells).folds.length === 0;
  return isPart
    ? zoom({...openRun, timeline: {...nextTimeline, isFollowing: true}}, facts, factor, cells)
    : nextTimeline;
};

const zoom = (openRun: OpenRun, facts: TimelineFacts, factor: number, cells: number): TimelineState => {
  const {timeline} = openRun;
  const window = getTimeWindow(openRun, facts);
  const center = findZoomCenter(openRun, facts, window);
  const nextWindow = zoomWindow(window, {factor, center, cells, fit: facts.fit});
  const isAll = nextWindow === facts.fit;
  // Zooming in from the whole of a live run makes the window follow now.
  const isLiveFit = timeline.window === undefined && !facts.times.isOver;
  return {
    ...timeline,
    window: isAll ? undefined : nextWindow,
    isFollowing: !isAll && (timeline.isFollowing || isLiveFit),
  };
};

/**
 * The instant to zoom in on: now while the window follows it; else the start of the selected step if visible, or the middle of
 * the window.
 */
const findZoomCenter = (openRun: OpenRun, {times}: TimelineFacts, {from, to}: TimeWindow): Instant => {
  if (openRun.timeline.isFollowing && !times.isOver) {
    return times.until;
  }

  const step = findSelectedStep(openRun);
  const startedAt = step && findStepSpan(step, times)?.startedAt;
  return startedAt !== undefined && startedAt >= from && startedAt <= to ? startedAt : (from + to) / 2;
};
