import {isFinished} from '../../domain/status.js';
import type {Row} from '../list/rows.js';
import type {Need} from '../query.js';
import {endGraceMs} from '../requests/pace.js';
import {atOnce, getDueAt, never} from '../requests/reduce-requests.js';
import {getRows} from '../selectors.js';
import type {State} from '../state.js';
import {isInvalidated} from './is-invalidated.js';
import type {OpenRun} from './open-run.js';

/**
 * The pause between fetches of the steps of a live child run, in milliseconds: `liveGapMs`, but at least `loadRatio` times as long
 * as the request took.
 */
const liveGapMs = 5000;
const loadRatio = 20;

/** The steps of the child runs that the user has opened: while they are live, and once after their end. */
export const getChildDagNeeds = (state: State, openRun: OpenRun): readonly Need[] =>
  openRun.childRuns.length === 0 || state.session.isScreenless === true
    ? []
    : getRows(openRun).rows.flatMap(row =>
        row.kind === 'run' && row.isOpen === true ? getNeed(state, openRun, row) : [],
      );

const getNeed = (
  state: State,
  openRun: OpenRun,
  {child: {id, status, startedAt, durationMs}}: Extract<Row, {readonly kind: 'run'}>,
): readonly Need[] => {
  if (id === undefined) {
    return [];
  }

  const key = `child-dag:${id}`;
  const request = state.requestsByKey.get(key);
  const isOver = status !== undefined && isFinished(status.status);
  const hasLiveStep =
    openRun.childDagsById.get(id)?.steps.some(step => step.status !== undefined && !isFinished(step.status.status)) ??
    true;
  // The last steps of the child run may have started and ended since its graph was requested.
  const finalAt =
    startedAt === undefined || durationMs === undefined
      ? atOnce
      : startedAt + durationMs - state.clockOffsetMs + endGraceMs;
  const hasFinalSteps =
    !hasLiveStep && request?.asOf !== undefined && request.asOf >= finalAt && !isInvalidated(openRun, request);
  const gapMs = Math.max(liveGapMs, loadRatio * (request?.tookMs ?? 0));
  const isHopeless = request?.failure?.kind === 'not-found' || request?.failure?.kind === 'no-route';
  return [
    {
      key,
      query: {kind: 'child-dag', runId: openRun.runId, childId: id},
      dueAt: isHopeless || (isOver && hasFinalSteps) ? never : getDueAt(state, key, gapMs),
    },
  ];
};
