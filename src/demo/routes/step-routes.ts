import {buildJsonResponse, buildJsonTextResponse, buildMissingEntityError, type DemoResponse} from '../responses.js';
import {encodeStep} from '../wire/step.js';
import {findRowById} from '../world/find-by-id.js';
import {getRowLogs} from '../world/logs.js';
import type {StepRow} from '../world/model.js';
import {isRowVisible} from '../world/timeline.js';
import {buildLogsResponse} from './log-responses.js';
import {normalizeId} from './path-ids.js';
import {respondForProject} from './project-runs.js';
import {isHydrated, parseRequestBody, type Route, type RouteRequest} from './route.js';
import {buildStepPageResponse} from './step-list.js';

/** A handler that calls `respond` with the step run in the path, or responds with 404 if there is no such step run. */
const createStepHandler =
  (respond: (row: StepRow, request: RouteRequest) => DemoResponse) =>
  (request: RouteRequest): DemoResponse => {
    const id = request.params[0] ?? '';
    const row = findRowById(request.world, id);
    return row && isRowVisible(row, request.now) ? respond(row, request) : buildMissingEntityError('step run', id);
  };

const serveSteps = (request: RouteRequest): DemoResponse => {
  const {query, now, route} = request;
  const runId = query.get('pipeline_run_id');
  return respondForProject(request, runs => {
    // With an operator such as `oneof:`, the filter of the list picks the runs.
    const isOneRun = runId !== null && !runId.includes(':');
    const wantedRuns = isOneRun ? runs.filter(({id}) => id === normalizeId(runId)) : runs;
    return buildStepPageResponse(wantedRuns, query, now, {hydrate: isHydrated(request, false), route});
  });
};

const serveStep = createStepHandler((row, request) =>
  buildJsonTextResponse(encodeStep(row, request.now, isHydrated(request, true))),
);

/**
 * Sets when the outputs of this row expire. This matters only for the row that did the work, from which outputs are reused. `null`
 * changes nothing: the time cannot be removed.
 */
const updateStep = createStepHandler((row, {world, now, body}) => {
  const {cache_expires_at: text = null} = parseRequestBody<{cache_expires_at?: string | null}>(body);
  if (text !== null) {
    const expiresAt = Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
    if (Number.isNaN(expiresAt)) {
      return buildJsonResponse(['ValueError', 'Input should be a valid datetime'], 422);
    }

    const {expiries} = row.run.intervention;
    world.intervene(row.run, {expiries: {...expiries, [row.id]: {at: now, expiresAt}}});
  }

  return buildJsonTextResponse(encodeStep(findRowById(world, row.id) ?? row, now, true));
});

const serveStepLogs = createStepHandler((row, {query, now}) =>
  buildLogsResponse(getRowLogs(row), query, {kind: 'step', id: row.id, now}),
);

export const stepRoutes: readonly Route[] = [
  {method: 'GET', path: '/steps', handle: serveSteps},
  {method: 'GET', path: '/steps/{step_id}', handle: serveStep},
  {method: 'PUT', path: '/steps/{step_id}', handle: updateStep},
  {method: 'GET', path: '/steps/{step_id}/logs', handle: serveStepLogs},
];
