import {buildJsonReply, buildJsonTextReply, buildMissingEntityError, type DemoReply} from '../replies.js';
import {isRunVisible} from '../wire/run.js';
import {encodeStep, getRowStatus} from '../wire/step.js';
import {buildStepConfig} from '../wire/step-config.js';
import {findRowById} from '../world/find-by-id.js';
import {encodeLogEntries, getRowLogs} from '../world/logs.js';
import {isRowVisible, type StepRow} from '../world/timeline.js';
import {buildLogsReply} from './log-replies.js';
import {normaliseId} from './path-ids.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';
import {buildStepPageReply, checkProject} from './step-list.js';

const createStepHandler =
  (answer: (row: StepRow, request: RouteRequest) => DemoReply) =>
  (request: RouteRequest): DemoReply => {
    const id = request.params[0] ?? '';
    const row = findRowById(request.world, id);
    return row && isRowVisible(row, request.now) ? answer(row, request) : buildMissingEntityError('step run', id);
  };

const serveSteps = (request: RouteRequest): DemoReply => {
  const {world, query, now, route} = request;
  const hydrate = isHydrated(request, false);
  const refusal = checkProject(request);
  if (refusal === 'empty') {
    return buildStepPageReply([], query, now, {hydrate, route});
  }
  if (refusal) {
    return refusal;
  }
  const runId = query.get('pipeline_run_id');
  const one = runId === null ? undefined : world.runById(normaliseId(runId));
  const runs = runId === null || runId.includes(':') ? world.runs() : one ? [one] : [];
  return buildStepPageReply(
    runs.filter(run => isRunVisible(run, now)),
    query,
    now,
    {hydrate, route},
  );
};

const serveStepLogs = createStepHandler((row, {query, now}) =>
  buildLogsReply(getRowLogs(row), query, {kind: 'step', id: row.id, now}, file =>
    buildJsonTextReply(encodeLogEntries(file, now)),
  ),
);

export const stepRoutes: readonly Route[] = [
  {method: 'GET', path: '/steps', answer: serveSteps},
  {
    method: 'GET',
    path: '/steps/{step_id}',
    answer: createStepHandler((row, request) =>
      buildJsonTextReply(encodeStep(row, request.now, isHydrated(request, true))),
    ),
  },
  {
    method: 'GET',
    path: '/steps/{step_id}/status',
    answer: createStepHandler((row, {now}) => buildJsonReply(getRowStatus(row, now))),
  },
  {
    method: 'GET',
    path: '/steps/{step_id}/step-configuration',
    answer: createStepHandler(row => buildJsonReply(buildStepConfig(row))),
  },
  {method: 'GET', path: '/steps/{step_id}/logs', answer: serveStepLogs},
];
