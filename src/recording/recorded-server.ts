import {decodeEach, decodeList, decodeRecord, type Wire} from '../api/decode/wire.js';
import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange, RecordedBody, RecordedRequest} from './exchange.js';
import {findParameter} from './list-page.js';
import {createOutageFinder} from './outages.js';
import type {Recording} from './read-recording.js';
import {createRecordedRuns, type RecordedRuns} from './recorded-runs.js';
import {createRecordedSteps, type RecordedSteps} from './recorded-steps.js';
import {createResponseHistory, type ResponseHistory} from './response-history.js';

/** The state of the server over time, as far as a recording shows it. */
export type RecordedServer = {
  readonly runs: RecordedRuns;
  readonly steps: RecordedSteps;
  readonly responses: ResponseHistory;
  /** Why the server could not be reached at an instant. */
  readonly findFailure: (now: Instant) => Failure | undefined;
  /** Server time minus local time, in milliseconds. */
  readonly skewMs: number;
};

const decodeItems = (body: unknown): readonly Wire[] =>
  decodeEach(decodeList(decodeRecord(body)['items']), item => item);

const addRecordedEntities = (
  {path, query}: RecordedRequest,
  body: unknown,
  receivedAt: Instant,
  {runs, steps}: Pick<RecordedServer, 'runs' | 'steps'>,
): void => {
  const [kind, id, part] = path.split('/');
  const isList = id === undefined || part === 'steps';
  if (!isList && part !== undefined) {
    return;
  }

  const entities = isList ? decodeItems(body) : decodeEach([body], entity => entity);
  for (const entity of entities) {
    if (kind === 'steps' || part === 'steps') {
      steps.add(entity, part === 'steps' ? id : findParameter(query, 'pipeline_run_id'), receivedAt);
    } else if (kind === 'runs') {
      runs.add(entity, receivedAt);
    }
  }
};

const getJsonBody = ({request, outcome}: Exchange<RecordedBody>): unknown =>
  request.method === 'GET' && outcome.kind === 'response' && outcome.status < 300 && outcome.body.kind === 'json'
    ? outcome.body.value
    : undefined;

/**
 * Server time minus local time, in milliseconds. A Date header has whole seconds and was written between the request and the
 * response, so each response gives a range; together they narrow it down. Zero if that is within the range.
 */
const estimateClockSkewMs = (exchanges: readonly Exchange<RecordedBody>[]): number => {
  let min = Number.NEGATIVE_INFINITY;
  let max = Number.POSITIVE_INFINITY;
  for (const {requestedAt, respondedAt, outcome} of exchanges) {
    const dateAt = outcome.kind === 'response' ? outcome.serverDateAt : undefined;
    if (dateAt === undefined) {
      continue;
    }

    const low = dateAt - respondedAt;
    const high = dateAt + 1000 - requestedAt;
    // If a clock was set during the recording, the ranges contradict each other: start again with the latest.
    const isContradiction = low > max || high < min;
    min = isContradiction ? low : Math.max(min, low);
    max = isContradiction ? high : Math.min(max, high);
  }

  return min <= 0 && max >= 0 ? 0 : (min + max) / 2;
};

/** Reconstructs from all responses of a recording what the server had at each moment. */
export const createRecordedServer = ({exchanges}: Recording): RecordedServer => {
  const skewMs = estimateClockSkewMs(exchanges);
  const runs = createRecordedRuns(skewMs);
  const steps = createRecordedSteps(skewMs);
  for (const exchange of exchanges) {
    addRecordedEntities(exchange.request, getJsonBody(exchange), exchange.respondedAt, {runs, steps});
  }

  return {
    runs,
    steps,
    responses: createResponseHistory(exchanges),
    findFailure: createOutageFinder(exchanges),
    skewMs,
  };
};
