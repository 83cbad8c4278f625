import type {Attempt} from '../../domain/attempt.js';
import type {Instant} from '../../domain/instant.js';
import {findLogsIdToSend, pickStepLogSource} from '../../domain/log/pick-source.js';
import type {Need} from '../query.js';
import {atOnce, never} from '../requests/reduce-requests.js';
import type {OpenRun} from '../run/open-run.js';
import {isPaneShown, selectShownAttempt} from '../selectors.js';
import type {State} from '../state.js';
import {findQuietAt, findRunningAttempts} from './quiet-steps.js';

const second = 1000;

/** A log is fetched whole each time, so the pause is at least this many times as long as that took. */
const loadRatio = 20;

/** How long to wait before the log of a step that seems quiet is fetched again. */
const quietGapMs = 60 * second;

/** How long to wait before fetching the log of the selected step again. */
const shownGapMs = 15 * second;

/** The logs of at most this many steps are checked, those that have been running longest. */
const maxWatched = 3;

/** How long a step must be selected before its log is fetched for its progress. */
const restMs = 500;

/** The same while the list follows running steps by itself. */
const followRestMs = 3 * second;

const getActivityKey = (attempt: Attempt): string => `activity:${attempt.id}`;

/** The logs of running steps: of the selected one for its progress, of others only once they may be quiet. */
export const getActivityNeeds = (state: State, openRun: OpenRun): readonly Need[] => {
  // A failing server has more urgent things to do.
  if (openRun.overAt !== undefined || state.outage !== undefined) {
    return [];
  }

  const runningAttempts = findRunningAttempts(openRun);
  const shownAttempt =
    state.session.isScreenless === true || !isPaneShown(state) ? undefined : selectShownAttempt(state);
  const selected = runningAttempts.find(({id}) => id === shownAttempt?.id);
  return [
    ...(selected === undefined || openRun.pane.tab === 'logs'
      ? []
      : [
          {
            ...getActivityNeed(state, openRun, selected, getShownDueAt(state, selected)),
            restMs: openRun.list.isFollowing ? followRestMs : restMs,
          },
        ]),
    ...runningAttempts
      .filter(attempt => attempt !== selected)
      .slice(0, maxWatched)
      .map(attempt => getActivityNeed(state, openRun, attempt, getQuietDueAt(state, openRun, attempt))),
  ];
};

const getActivityNeed = (state: State, openRun: OpenRun, attempt: Attempt, dueAt: Instant): Need => {
  const failure = state.requestsByKey.get(getActivityKey(attempt))?.failure?.kind;
  const isHopeless = failure === 'not-found' || failure === 'no-route' || failure === 'forbidden';
  const sources = openRun.detailsById.get(attempt.id)?.attempt.logSources ?? attempt.logSources;
  const source = pickStepLogSource(sources, false);
  return {
    key: getActivityKey(attempt),
    query: {
      kind: 'activity',
      stepId: attempt.id,
      source: source?.source ?? 'step',
      logsId: findLogsIdToSend(sources, source),
    },
    dueAt: isHopeless ? never : dueAt,
  };
};

/** The same pause after a response and after a failure, because logs of running steps are never urgent. */
const getPacedDueAt = (state: State, attempt: Attempt, gapMs: number): Instant => {
  const request = state.requestsByKey.get(getActivityKey(attempt));
  return request === undefined ? atOnce : request.respondedAt + Math.max(gapMs, loadRatio * request.tookMs);
};

/** A step that has just started has little to say about its progress. */
const minRunMs = 20 * second;

const getShownDueAt = (state: State, selected: Attempt): Instant => {
  // After the local clock was set back, the start may be in the future until a response shows by how much.
  const startedAt = Math.min(state.now, (selected.startedAt ?? 0) - state.clockOffsetMs);
  return Math.max(startedAt + minRunMs, getPacedDueAt(state, selected, shownGapMs));
};

/** Not before the step would be quiet if nothing had been written since its log was last fetched. */
const getQuietDueAt = (state: State, openRun: OpenRun, attempt: Attempt): Instant => {
  const quietAt = findQuietAt(openRun, attempt);
  return quietAt === undefined
    ? never
    : Math.max(quietAt - state.clockOffsetMs, getPacedDueAt(state, attempt, quietGapMs));
};
