import {type Answer, json, jsonText, missingEntity} from './answers.js';
import {logsAnswer} from './log-answers.js';
import {entriesJson, logsOfRow} from './logs.js';
import {normalisedId} from './path-ids.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';
import {elsewhere, stepPage} from './step-lists.js';
import {isVisible, type StepRow} from './timeline.js';
import {runExists} from './wire-run.js';
import {statusOf, stepJson} from './wire-step.js';
import {stepConfig} from './wire-step-config.js';
import {rowById} from './world-rows.js';

const withRow =
  (answer: (row: StepRow, request: RouteRequest) => Answer) =>
  (request: RouteRequest): Answer => {
    const id = request.params[0] ?? '';
    const row = rowById(request.world, id);
    return row && isVisible(row, request.now) ? answer(row, request) : missingEntity('step run', id);
  };

const list = (request: RouteRequest): Answer => {
  const {world, query, now, route} = request;
  const hydrate = isHydrated(request, false);
  const refusal = elsewhere(request);
  if (refusal === 'empty') {
    return stepPage([], query, now, {hydrate, route});
  }
  if (refusal) {
    return refusal;
  }
  const runId = query.get('pipeline_run_id');
  const one = runId === null ? undefined : world.runById(normalisedId(runId));
  const runs = runId === null || runId.includes(':') ? world.runs() : one ? [one] : [];
  return stepPage(
    runs.filter(run => runExists(run, now)),
    query,
    now,
    {hydrate, route},
  );
};

const logs = withRow((row, {query, now}) =>
  logsAnswer(logsOfRow(row), query, {kind: 'step', id: row.id, now}, file => jsonText(entriesJson(file, now))),
);

export const stepRoutes: readonly Route[] = [
  {method: 'GET', path: '/steps', answer: list},
  {
    method: 'GET',
    path: '/steps/{step_id}',
    answer: withRow((row, request) => jsonText(stepJson(row, request.now, isHydrated(request, true)))),
  },
  {method: 'GET', path: '/steps/{step_id}/status', answer: withRow((row, {now}) => json(statusOf(row, now)))},
  {method: 'GET', path: '/steps/{step_id}/step-configuration', answer: withRow(row => json(stepConfig(row)))},
  {method: 'GET', path: '/steps/{step_id}/logs', answer: logs},
];
