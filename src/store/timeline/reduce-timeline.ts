import type {Instant} from '../../domain/instant.js';
import {panWindow, type TimeWindow, zoomWindow} from '../../domain/timeline/window.js';
import type {OpenRun} from '../run/open-run.js';
import {findSelectedStep} from '../selectors.js';
import type {TimelineAction, TimelineState} from './timeline.js';
import {getTimelineFacts, getTimeWindow, type TimelineFacts} from './timeline-facts.js';

/** The way the timeline is looked at after an action. `cells` is the width of the chart; `now` is by the server's clock. */
export const reduceTimeline = (
  openRun: OpenRun,
  action: TimelineAction,
  {now, cells}: {readonly now: Instant; readonly cells: number},
): TimelineState => {
  const {timeline} = openRun;
  switch (action.type) {
    case 'timeline/toggled':
      return {...timeline, isShown: !timeline.isShown};

    case 'timeline/clockToggled':
      return {...timeline, hasClockTimes: !timeline.hasClockTimes};

    case 'timeline/fitted':
      return {...timeline, window: undefined, isFollowing: false};

    case 'timeline/followed':
      return {...timeline, isFollowing: !timeline.isFollowing};

    case 'timeline/zoomed': {
      const facts = getTimelineFacts(openRun, now);
      if (facts === undefined) {
        return timeline;
      }

      const window = getTimeWindow(openRun, facts);
      const around = findZoomCenter(openRun, facts, window);
      const zoomed = zoomWindow(window, {factor: action.factor, around, cells, fit: facts.fit});
      const isAll = zoomed === facts.fit;
      // Zooming into a live run follows now, as long as now is on the screen.
      const isFollowing = !isAll && (timeline.isFollowing || (timeline.window === undefined && !facts.times.isOver));
      return {...timeline, window: isAll ? undefined : zoomed, isFollowing};
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

/** While now is followed, now; else the start of the selected step, or the middle of the window if that is elsewhere. */
const findZoomCenter = (openRun: OpenRun, {times, spanByName}: TimelineFacts, {from, to}: TimeWindow): Instant => {
  if (openRun.timeline.isFollowing && !times.isOver) {
    return times.until;
  }

  const step = findSelectedStep(openRun);
  const startedAt = step && spanByName.get(step.name)?.startedAt;
  return startedAt !== undefined && startedAt >= from && startedAt <= to ? startedAt : (from + to) / 2;
};
