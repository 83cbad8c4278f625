import {decodeRecord, isRecord} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import type {RecordedRequest} from './exchange.js';
import type {RecordedRow} from './list-filter.js';
import {buildRecordedPage, findParameter} from './list-page.js';
import type {RecordedAnswer} from './recorded-answers.js';
import type {RecordedServer} from './recorded-server.js';
import {defaultContentType} from './recording-format.js';
import {rewindDag} from './rewind-dag.js';
import {rewindLog} from './rewind-log.js';

/** What goes back to who asks. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const createJsonReply = (value: unknown, status = 200): Reply => ({
  status,
  headers: {'content-type': defaultContentType},
  body: JSON.stringify(value) ?? '',
});

/** In the server's own form of a refusal. */
const createRefusalReply = (status: number, className: string, words: string): Reply =>
  createJsonReply({detail: [className, words]}, status);

const createMissingReply = (what: string): Reply =>
  createRefusalReply(404, 'KeyError', `${what} is not in the recording.`);

/** To what moves on, behind the end of a recording: gone, and only that; what was known still can be looked at. */
export const endReply: Reply = createRefusalReply(410, 'Gone', 'the recording ends here');

const createOriginalReply = ({heard}: RecordedAnswer): Reply => ({
  status: heard.status,
  headers: heard.headers,
  body: heard.body.kind === 'text' ? heard.body.value : JSON.stringify(heard.body.value),
});

const createChangedReply = (answer: RecordedAnswer, change: (value: unknown) => unknown): Reply =>
  answer.heard.body.kind === 'json' && answer.heard.status < 300
    ? {...createOriginalReply(answer), body: JSON.stringify(change(answer.heard.body.value))}
    : createOriginalReply(answer);

/** One entity is hydrated unless the question says otherwise. */
const createEntityReply = (row: RecordedRow | undefined, what: string, query: RecordedRequest['query']): Reply => {
  if (row === undefined) {
    return createMissingReply(what);
  }

  if (findParameter(query, 'hydrate') === 'false') {
    return createJsonReply(row.plain);
  }

  const whole = row.hydrated();
  return isRecord(whole['metadata']) ? createJsonReply(whole) : createMissingReply(what);
};

const createStepsReply = (
  server: RecordedServer,
  runId: string | undefined,
  request: RecordedRequest,
  now: Instant,
): Reply => {
  const page = buildRecordedPage(server.steps.rows(runId, now), request.query);
  const isKnown = (runId !== undefined && server.answers.below(`runs/${runId}/steps`, now)) || page.total > 0;
  // Of other runs there are only the rows that were asked for by name.
  return isKnown || server.answers.to(request, now) !== undefined ? createJsonReply(page) : createMissingReply('This');
};

const createDagReply = (server: RecordedServer, runId: string, request: RecordedRequest, now: Instant): Reply => {
  const answer = server.answers.below(request.path, now);
  return answer === undefined
    ? createMissingReply('The DAG')
    : createChangedReply(answer, dag => rewindDag(dag, name => server.steps.latest(runId, name, now)));
};

const createLogsReply = (server: RecordedServer, request: RecordedRequest, now: Instant): Reply => {
  const answer = server.answers.to(request, now);
  if (answer === undefined) {
    return createMissingReply('This log');
  }

  return answer.answeredAt <= now
    ? createOriginalReply(answer)
    : createChangedReply(answer, log =>
        isRecord(log)
          ? {...log, items: rewindLog(log['items'], now + server.skewMs)}
          : rewindLog(log, now + server.skewMs),
      );
};

/** Nobody signs in to a recording. */
const removeAuthScheme = (info: unknown): unknown => ({...decodeRecord(info), auth_scheme: 'NO_AUTH'});

/**
 * What the recorded server answers to a question at an instant, whether or not it was asked this very question then: lists
 * are made anew of all rows it is known to have had. What never was recorded is 404, in words.
 */
export const answerReplayRequest = (server: RecordedServer, request: RecordedRequest, now: Instant): Reply => {
  const {method, path, query} = request;
  if (method !== 'GET') {
    return createRefusalReply(501, 'NotImplementedError', 'This is a recording: nothing in it can be changed.');
  }

  const [kind, encodedId = '', part] = path.split('/');
  const id = decodeURIComponent(encodedId);
  if (part === 'logs') {
    return createLogsReply(server, request, now);
  }

  const refused = server.answers.refusal(path, now);
  if (refused !== undefined) {
    return createOriginalReply(refused);
  }

  if (kind === 'runs') {
    switch (part ?? (id === '' ? 'list' : 'run')) {
      case 'list':
        return createJsonReply(buildRecordedPage(server.runs.rows(now), query));
      case 'run':
        return createEntityReply(server.runs.byId(id, now), 'This run', query);
      case 'steps':
        return createStepsReply(server, id, request, now);
      case 'dag':
        return createDagReply(server, id, request, now);
      default:
    }
  }

  if (kind === 'steps' && part === undefined) {
    return id === ''
      ? createStepsReply(server, findParameter(query, 'pipeline_run_id'), request, now)
      : createEntityReply(server.steps.byId(id, now), 'This step', query);
  }

  const answer = server.answers.to(request, now) ?? server.answers.below(path, now);
  if (answer === undefined) {
    return createMissingReply('This');
  }

  return kind === 'info' ? createChangedReply(answer, removeAuthScheme) : createOriginalReply(answer);
};
