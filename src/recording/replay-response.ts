import {decodeInstant} from '../api/decode/time.js';
import {decodeRecord, isRecord} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import type {RecordedBody, RecordedRequest, RecordedResponse} from './exchange.js';
import type {RecordedRow} from './list-filter.js';
import {buildRecordedPage, findParameter} from './list-page.js';
import type {RecordedServer} from './recorded-server.js';
import {defaultContentType} from './recording-format.js';
import {rewindDag} from './rewind-dag.js';

/** A response of a replay, without its timing. */
export type ReplayResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const buildJsonResponse = (value: unknown, status = 200): ReplayResponse => ({
  status,
  headers: {'content-type': defaultContentType},
  body: JSON.stringify(value) ?? '',
});

/** An error in the form that the server uses. */
const buildErrorResponse = (status: number, className: string, message: string): ReplayResponse =>
  buildJsonResponse({detail: [className, message]}, status);

const buildMissingResponse = (subject: string): ReplayResponse =>
  buildErrorResponse(404, 'KeyError', `${subject} is not in the recording.`);

/** The response for a run that was still running at the end of the recording. Other requests still get their recorded responses. */
export const endResponse: ReplayResponse = buildErrorResponse(410, 'Gone', 'the recording ends here');

const buildOriginalResponse = ({status, headers, body}: RecordedResponse<RecordedBody>): ReplayResponse => ({
  status,
  headers,
  body: body.kind === 'text' ? body.value : JSON.stringify(body.value),
});

const buildChangedResponse = (
  response: RecordedResponse<RecordedBody>,
  change: (value: unknown) => unknown,
): ReplayResponse =>
  response.body.kind === 'json' && response.status < 300
    ? {...buildOriginalResponse(response), body: JSON.stringify(change(response.body.value))}
    : buildOriginalResponse(response);

/** A single entity has metadata unless the request has `hydrate=false`. */
const buildEntityResponse = (
  row: RecordedRow | undefined,
  subject: string,
  query: RecordedRequest['query'],
): ReplayResponse => {
  if (row === undefined) {
    return buildMissingResponse(subject);
  }

  if (findParameter(query, 'hydrate') === 'false') {
    return buildJsonResponse(row.plain);
  }

  const entity = row.getHydrated();
  return isRecord(entity['metadata']) ? buildJsonResponse(entity) : buildMissingResponse(subject);
};

const buildStepsResponse = (
  server: RecordedServer,
  runId: string | undefined,
  request: RecordedRequest,
  now: Instant,
): ReplayResponse => {
  const page = buildRecordedPage(server.steps.getRows(runId, now), request.query);
  const isKnown =
    (runId !== undefined && server.responses.findResponseByPath(`runs/${runId}/steps`, now)) || page.total > 0;
  // If the steps of a run were never listed, the recording has only rows that were requested by name: an empty page is true only if
  // the server once returned one for the same request.
  return isKnown || server.responses.findResponse(request, now) !== undefined
    ? buildJsonResponse(page)
    : buildMissingResponse('This');
};

const buildDagResponse = (
  server: RecordedServer,
  runId: string,
  request: RecordedRequest,
  now: Instant,
): ReplayResponse => {
  const found = server.responses.findResponseByPath(request.path, now);
  return found === undefined
    ? buildMissingResponse('The DAG')
    : buildChangedResponse(found.response, dag => rewindDag(dag, name => server.steps.findLatest(runId, name, now)));
};

/** A log as it was at an instant of the server's clock: a later response without the entries that were written since. */
const rewindLog = (log: unknown, serverNow: Instant): unknown => {
  if (!Array.isArray(log)) {
    return log;
  }

  const entries: readonly unknown[] = log;
  const firstLater = entries.findIndex(
    entry => isRecord(entry) && (decodeInstant(entry['timestamp']) ?? Number.NEGATIVE_INFINITY) > serverNow,
  );
  return firstLater === -1 ? entries : entries.slice(0, firstLater);
};

const buildLogsResponse = (server: RecordedServer, request: RecordedRequest, now: Instant): ReplayResponse => {
  const found = server.responses.findResponse(request, now);
  if (found === undefined) {
    return buildMissingResponse('This log');
  }

  if (found.respondedAt <= now) {
    return buildOriginalResponse(found.response);
  }

  const serverNow = now + server.skewMs;
  return buildChangedResponse(found.response, log =>
    isRecord(log) ? {...log, items: rewindLog(log['items'], serverNow)} : rewindLog(log, serverNow),
  );
};

/** A recording needs no sign-in. */
const removeAuthScheme = (info: unknown): unknown => ({...decodeRecord(info), auth_scheme: 'NO_AUTH'});

/**
 * Returns what the recorded server would return for a request at an instant, even if it never got this request: lists are rebuilt
 * from all rows that it is known to have had. Anything that was not recorded gets a 404, and anything but a GET a 501.
 */
export const buildReplayResponse = (server: RecordedServer, request: RecordedRequest, now: Instant): ReplayResponse => {
  const {method, path, query} = request;
  if (method !== 'GET') {
    return buildErrorResponse(501, 'NotImplementedError', 'Recordings are read-only.');
  }

  const [kind, encodedId = '', part] = path.split('/');
  const id = decodeURIComponent(encodedId);
  if (part === 'logs') {
    return buildLogsResponse(server, request, now);
  }

  const refusal = server.responses.findRefusal(path, now);
  if (refusal !== undefined) {
    return buildOriginalResponse(refusal.response);
  }

  if (kind === 'runs') {
    switch (part ?? (id === '' ? 'list' : 'run')) {
      case 'list':
        return buildJsonResponse(buildRecordedPage(server.runs.getRows(now), query));
      case 'run':
        return buildEntityResponse(server.runs.findById(id, now), 'This run', query);
      case 'steps':
        return buildStepsResponse(server, id, request, now);
      case 'dag':
        return buildDagResponse(server, id, request, now);
      default:
    }
  }

  if (kind === 'steps' && part === undefined) {
    return id === ''
      ? buildStepsResponse(server, findParameter(query, 'pipeline_run_id'), request, now)
      : buildEntityResponse(server.steps.findById(id, now), 'This step', query);
  }

  const found = server.responses.findResponse(request, now) ?? server.responses.findResponseByPath(path, now);
  if (found === undefined) {
    return buildMissingResponse('This');
  }

  return kind === 'info'
    ? buildChangedResponse(found.response, removeAuthScheme)
    : buildOriginalResponse(found.response);
};
