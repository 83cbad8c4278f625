import {decodeEach, decodeList, decodeRecord, type Wire} from '../api/decode/wire.js';
import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {estimateClockSkewMs} from './clock-skew.js';
import type {Exchange, RecordedBody, RecordedRequest} from './exchange.js';
import {findParameter} from './list-page.js';
import {createOutageFinder} from './outages.js';
import type {Recording} from './read-recording.js';
import {createRecordedAnswers, type RecordedAnswers} from './recorded-answers.js';
import {createRecordedRuns, type RecordedRuns} from './recorded-runs.js';
import {createRecordedSteps, type RecordedSteps} from './recorded-steps.js';

/** The server as a recording knows it: what it had, and when. */
export type RecordedServer = {
  readonly runs: RecordedRuns;
  readonly steps: RecordedSteps;
  readonly answers: RecordedAnswers;
  readonly failureAt: (now: Instant) => Failure | undefined;
  /** What to add to our clock to get the server's, in milliseconds. */
  readonly skewMs: number;
};

const decodeItems = (body: unknown): readonly Wire[] =>
  decodeEach(decodeList(decodeRecord(body)['items']), item => item);

const addRecordedEntities = (
  {path, query}: RecordedRequest,
  body: unknown,
  heardAt: Instant,
  {runs, steps}: Pick<RecordedServer, 'runs' | 'steps'>,
): void => {
  const [kind, id, part] = path.split('/');
  const isList = id === undefined || part === 'steps';
  if (!isList && part !== undefined) {
    return;
  }

  const entities = isList ? decodeItems(body) : decodeEach([body], whole => whole);
  for (const entity of entities) {
    if (kind === 'steps' || part === 'steps') {
      steps.add(entity, part === 'steps' ? id : findParameter(query, 'pipeline_run_id'), heardAt);
    } else if (kind === 'runs') {
      runs.add(entity, heardAt);
    }
  }
};

const getJsonBody = ({request, outcome}: Exchange<RecordedBody>): unknown =>
  request.method === 'GET' && outcome.kind === 'answer' && outcome.status < 300 && outcome.body.kind === 'json'
    ? outcome.body.value
    : undefined;

/** Rebuilds from all answers of a recording what the server had at each moment of it. */
export const createRecordedServer = ({exchanges}: Recording): RecordedServer => {
  const skewMs = estimateClockSkewMs(exchanges);
  const runs = createRecordedRuns(skewMs);
  const steps = createRecordedSteps(skewMs);
  for (const exchange of exchanges) {
    addRecordedEntities(exchange.request, getJsonBody(exchange), exchange.answeredAt, {runs, steps});
  }

  return {runs, steps, answers: createRecordedAnswers(exchanges), failureAt: createOutageFinder(exchanges), skewMs};
};
