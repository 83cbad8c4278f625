import {decodeInstant} from '../api/decode/time.js';
import {decodeRecord, isRecord} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import type {RecordedBody, RecordedRequest, RecordedResponse} from './exchange.js';
import type {RecordedRow} from './list-filter.js';
import {buildRecordedPage, findParameter} from './list-page.js';
import type {RecordedServer} from './recorded-server.js';
import {defaultContentType} from './recording-format.js';
import {rewindDag} from './rewind-dag.js';

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const buildJsonReply = (value: unknown, status = 200): Reply => ({
  status,
  headers: {'content-type': defaultContentType},
  body: JSON.stringify(value) ?? '',
});

/** An error in the form that the server uses. */
const buildErrorReply = (status: number, className: string, message: string): Reply =>
  buildJsonReply({detail: [className, message]}, status);

const buildMissingReply = (subject: string): Reply =>
  buildErrorReply(404, 'KeyError', `${subject} is not in the recording.`);

/** The response for a run that was still running at the end of the recording. Other requests still get their recorded responses. */
export const endReply: Reply = buildErrorReply(410, 'Gone', 'the recording ends here');

const buildOriginalReply = ({status, headers, body}: RecordedResponse<RecordedBody>): Reply => ({
  status,
  headers,
  body: body.kind === 'text' ? body.value : JSON.stringify(body.value),
});

const buildChangedReply = (response: RecordedResponse<RecordedBody>, change: (value: unknown) => unknown): Reply =>
  response.body.kind === 'json' && response.status < 300
    ? {...buildOriginalReply(response), body: JSON.stringify(change(response.body.value))}
    : buildOriginalReply(response);

/** A single entity has metadata unless the request has `hydrate=false`. */
const buildEntityReply = (row: RecordedRow | undefined, subject: string, query: RecordedRequest['query']): Reply => {
  if (row === undefined) {
    return buildMissingReply(subject);
  }

  if (findParameter(query, 'hydrate') === 'false') {
    return buildJsonReply(row.plain);
  }

  const entity = row.getHydrated();
  return isRecord(entity['metadata']) ? buildJsonReply(entity) : buildMissingReply(subject);
};

const buildStepsReply = (
  server: RecordedServer,
  runId: string | undefined,
  request: RecordedRequest,
  now: Instant,
): Reply => {
  const page = buildRecordedPage(server.steps.getRows(runId, now), request.query);
  const isKnown =
    (runId !== undefined && server.responses.findResponseByPath(`runs/${runId}/steps`, now)) || page.total > 0;
  // For other runs the recording has only the rows that were requested by name.
  return isKnown || server.responses.findResponse(request, now) !== undefined
    ? buildJsonReply(page)
    : buildMissingReply('This');
};

const buildDagReply = (server: RecordedServer, runId: string, request: RecordedRequest, now: Instant): Reply => {
  const found = server.responses.findResponseByPath(request.path, now);
  return found === undefined
    ? buildMissingReply('The DAG')
    : buildChangedReply(found.response, dag => rewindDag(dag, name => server.steps.findLatest(runId, name, now)));
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

const buildLogsReply = (server: RecordedServer, request: RecordedRequest, now: Instant): Reply => {
  const found = server.responses.findResponse(request, now);
  if (found === undefined) {
    return buildMissingReply('This log');
  }

  if (found.answeredAt <= now) {
    return buildOriginalReply(found.response);
  }

  const serverNow = now + server.skewMs;
  return buildChangedReply(found.response, log =>
    isRecord(log) ? {...log, items: rewindLog(log['items'], serverNow)} : rewindLog(log, serverNow),
  );
};

/** A recording needs no sign-in. */
const removeAuthScheme = (info: unknown): unknown => ({...decodeRecord(info), auth_scheme: 'NO_AUTH'});

/**
 * What the recorded server would return for a request at an instant, even if it never got this request: lists are rebuilt from
 * all rows that it is known to have had. The response to anything that was not recorded is 404.
 */
export const answerReplayRequest = (server: RecordedServer, request: RecordedRequest, now: Instant): Reply => {
  const {method, path, query} = request;
  if (method !== 'GET') {
    return buildErrorReply(501, 'NotImplementedError', 'Recordings are read-only.');
  }

  const [kind, encodedId = '', part] = path.split('/');
  const id = decodeURIComponent(encodedId);
  if (part === 'logs') {
    return buildLogsReply(server, request, now);
  }

  const refusal = server.responses.findRefusal(path, now);
  if (refusal !== undefined) {
    return buildOriginalReply(refusal.response);
  }

  if (kind === 'runs') {
    switch (part ?? (id === '' ? 'list' : 'run')) {
      case 'list':
        return buildJsonReply(buildRecordedPage(server.runs.getRows(now), query));
      case 'run':
        return buildEntityReply(server.runs.findById(id, now), 'This run', query);
      case 'steps':
        return buildStepsReply(server, id, request, now);
      case 'dag':
        return buildDagReply(server, id, request, now);
      default:
    }
  }

  if (kind === 'steps' && part === undefined) {
    return id === ''
      ? buildStepsReply(server, findParameter(query, 'pipeline_run_id'), request, now)
      : buildEntityReply(server.steps.findById(id, now), 'This step', query);
  }

  const found = server.responses.findResponse(request, now) ?? server.responses.findResponseByPath(path, now);
  if (found === undefined) {
    return buildMissingReply('This');
  }

  return kind === 'info' ? buildChangedReply(found.response, removeAuthScheme) : buildOriginalReply(found.response);
};
