import {isRecord, record} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';
import {dagAt} from './dag-at.js';
import type {RecordedRequest} from './exchange.js';
import type {Row} from './list-filter.js';
import {pageOf, parameter} from './list-page.js';
import {logAt} from './log-at.js';
import type {RecordedAnswer} from './recorded-answers.js';
import type {RecordedServer} from './recorded-server.js';
import {usualType} from './recording-format.js';

/** What goes back to who asks. */
export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const json = (value: unknown, status = 200): Reply => ({
  status,
  headers: {'content-type': usualType},
  body: JSON.stringify(value) ?? '',
});

/** In the server's own form of a refusal. */
const refusal = (status: number, className: string, words: string): Reply => json({detail: [className, words]}, status);

const missing = (what: string): Reply => refusal(404, 'KeyError', `${what} is not in the recording.`);

/** To what moves on, behind the end of a recording: gone, and only that; what was known still can be looked at. */
export const endReply: Reply = refusal(410, 'Gone', 'the recording ends here');

const asItCame = ({heard}: RecordedAnswer): Reply => ({
  status: heard.status,
  headers: heard.headers,
  body: heard.body.kind === 'text' ? heard.body.value : JSON.stringify(heard.body.value),
});

const withBody = (answer: RecordedAnswer, change: (value: unknown) => unknown): Reply =>
  answer.heard.body.kind === 'json' && answer.heard.status < 300
    ? {...asItCame(answer), body: JSON.stringify(change(answer.heard.body.value))}
    : asItCame(answer);

/** One entity is hydrated unless the question says otherwise. */
const entityReply = (row: Row | undefined, what: string, query: RecordedRequest['query']): Reply => {
  if (row === undefined) {
    return missing(what);
  }

  if (parameter(query, 'hydrate') === 'false') {
    return json(row.plain);
  }

  const whole = row.hydrated();
  return isRecord(whole['metadata']) ? json(whole) : missing(what);
};

const stepsReply = (
  server: RecordedServer,
  runId: string | undefined,
  request: RecordedRequest,
  now: Instant,
): Reply => {
  const page = pageOf(server.steps.rows(runId, now), request.query);
  const isKnown = (runId !== undefined && server.answers.below(`runs/${runId}/steps`, now)) || page.total > 0;
  // Of other runs there are only the rows that were asked for by name.
  return isKnown || server.answers.to(request, now) !== undefined ? json(page) : missing('This');
};

const dagReply = (server: RecordedServer, runId: string, request: RecordedRequest, now: Instant): Reply => {
  const answer = server.answers.below(request.path, now);
  return answer === undefined
    ? missing('The DAG')
    : withBody(answer, dag => dagAt(dag, name => server.steps.latest(runId, name, now)));
};

const logsReply = (server: RecordedServer, request: RecordedRequest, now: Instant): Reply => {
  const answer = server.answers.to(request, now);
  if (answer === undefined) {
    return missing('This log');
  }

  return answer.answeredAt <= now
    ? asItCame(answer)
    : withBody(answer, log =>
        isRecord(log) ? {...log, items: logAt(log['items'], now + server.skewMs)} : logAt(log, now + server.skewMs),
      );
};

/** Nobody signs in to a recording. */
const openToAll = (info: unknown): unknown => ({...record(info), auth_scheme: 'NO_AUTH'});

/**
 * What the recorded server answers to a question at an instant, whether or not it was asked this very question then: lists
 * are made anew of all rows it is known to have had. What never was recorded is 404, in words.
 */
export const replayAnswer = (server: RecordedServer, request: RecordedRequest, now: Instant): Reply => {
  const {method, path, query} = request;
  if (method !== 'GET') {
    return refusal(501, 'NotImplementedError', 'This is a recording: nothing in it can be changed.');
  }

  const [kind, encodedId = '', part] = path.split('/');
  const id = decodeURIComponent(encodedId);
  if (part === 'logs') {
    return logsReply(server, request, now);
  }

  const refused = server.answers.refusal(path, now);
  if (refused !== undefined) {
    return asItCame(refused);
  }

  if (kind === 'runs') {
    switch (part ?? (id === '' ? 'list' : 'run')) {
      case 'list':
        return json(pageOf(server.runs.rows(now), query));
      case 'run':
        return entityReply(server.runs.byId(id, now), 'This run', query);
      case 'steps':
        return stepsReply(server, id, request, now);
      case 'dag':
        return dagReply(server, id, request, now);
      default:
    }
  }

  if (kind === 'steps' && part === undefined) {
    return id === ''
      ? stepsReply(server, parameter(query, 'pipeline_run_id'), request, now)
      : entityReply(server.steps.byId(id, now), 'This step', query);
  }

  const answer = server.answers.to(request, now) ?? server.answers.below(path, now);
  if (answer === undefined) {
    return missing('This');
  }

  return kind === 'info' ? withBody(answer, openToAll) : asItCame(answer);
};
