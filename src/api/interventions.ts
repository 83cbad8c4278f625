import type {ProjectId, RunId} from '../domain/ids.js';
import type {Question} from '../domain/intervention/question.js';
import type {Json} from '../domain/json.js';
import {encodeUrlPart} from '../domain/url-part.js';
import type {Answer} from './answer.js';
import type {Credentials} from './credentials.js';
import {decodePage} from './decode/page.js';
import {decodeQuestion} from './decode/question.js';
import {decodeRecord} from './decode/wire.js';
import {type ApiRequest, createSendRequest, decodeAnswer} from './send-request.js';
import type {Transport} from './transport.js';

/** What can be changed on the server, and the questions of runs. No request is ever repeated, except after a renewed sign-in. */
export type Interventions = {
  /** `key` is a UUID: with the same key, the server answers a repeated request as it did the first time. */
  readonly stopRun: (id: RunId, isForced: boolean, key: string, signal: AbortSignal) => Promise<Answer<unknown>>;
  /** Has the orchestrator report the status of the run and its steps. */
  readonly refreshRun: (id: RunId, key: string, signal: AbortSignal) => Promise<Answer<unknown>>;
  /** The questions of a run, answered or not. Fails with `no-route` on servers before 0.94.1. */
  readonly fetchQuestions: (
    runId: RunId,
    projectId: ProjectId | undefined,
    signal: AbortSignal,
  ) => Promise<Answer<readonly Question[]>>;
  /** Continues the run with a value, or without one if the question takes none. */
  readonly answerQuestion: (id: string, value: Json | undefined, signal: AbortSignal) => Promise<Answer<unknown>>;
  /** Stops the run that asked. */
  readonly abortQuestion: (id: string, signal: AbortSignal) => Promise<Answer<unknown>>;
};

type InterventionsOptions = {readonly transport: Transport; readonly credentials: Credentials};

const maxQuestions = 50;

/** The interventions of a server, over `transport` with `credentials`. */
export const createInterventions = ({transport, credentials}: InterventionsOptions): Interventions => {
  const send = createSendRequest(transport, credentials);
  /** A list, so that an answer of `null` counts as one. */
  const carryOut = async (request: ApiRequest, signal: AbortSignal): Promise<Answer<unknown>> =>
    decodeAnswer(request.path, await send(request, signal), body => [body]);
  const resolve = (id: string, json: object, signal: AbortSignal) =>
    carryOut({method: 'PUT', path: `run_wait_conditions/${encodeUrlPart(id)}/resolve`, json}, signal);

  return {
    stopRun: (id, isForced, idempotencyKey, signal) => {
      const query = [['graceful', String(!isForced)] as const];
      return carryOut({method: 'POST', path: `runs/${encodeUrlPart(id)}/stop`, query, idempotencyKey}, signal);
    },
    refreshRun: (id, idempotencyKey, signal) => {
      const query = [['include_steps', 'true'] as const];
      return carryOut({method: 'POST', path: `runs/${encodeUrlPart(id)}/refresh`, query, idempotencyKey}, signal);
    },
    fetchQuestions: async (runId, projectId, signal) => {
      const path = 'run_wait_conditions';
      const query = [
        ['pipeline_run', runId] as const,
        ...(projectId === undefined ? [] : [['project', projectId] as const]),
        ['size', String(maxQuestions)] as const,
        ['hydrate', 'true'] as const,
      ];
      return decodeAnswer(
        path,
        await send({path, query}, signal),
        body => decodePage(decodeRecord(body), decodeQuestion)?.page.items,
      );
    },
    answerQuestion: (id, value, signal) =>
      resolve(id, {resolution: 'continue', ...(value === undefined ? {} : {result: value})}, signal),
    abortQuestion: (id, signal) => resolve(id, {resolution: 'abort'}, signal),
  };
};
