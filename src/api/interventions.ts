import type {RunId, StepId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Json} from '../domain/json.js';
import {encodeUrlPart} from '../domain/url-part.js';
import type {Credentials} from './credentials.js';
import type {ApiResponse} from './response.js';
import {type ApiRequest, createSendRequest, decodeResponse} from './send-request.js';
import type {Transport} from './transport.js';

/** What can be changed on the server. No request is ever repeated, except after a renewed sign-in. */
export type Interventions = {
  /** With the same idempotency key, a UUID, the server responds to a repeated request as it did the first time. */
  readonly stopRun: (
    id: RunId,
    isForced: boolean,
    idempotencyKey: string,
    signal: AbortSignal,
  ) => Promise<ApiResponse<unknown>>;
  /** Has the orchestrator report the status of the run and its steps. */
  readonly refreshRun: (id: RunId, idempotencyKey: string, signal: AbortSignal) => Promise<ApiResponse<unknown>>;
  /** Continues the run with a value, or without one if the question takes none. */
  readonly answerQuestion: (id: string, value: Json | undefined, signal: AbortSignal) => Promise<ApiResponse<unknown>>;
  /** Creates tags that do not exist. Removing one that the run does not have is not an error. */
  readonly tagRun: (
    id: RunId,
    change: {readonly add: readonly string[]; readonly remove: readonly string[]},
    signal: AbortSignal,
  ) => Promise<ApiResponse<unknown>>;
  /**
   * Cannot be undone. `id` must be that of the step run that did the work: expiring the cache of one that was cached changes
   * nothing.
   */
  readonly expireCache: (id: StepId, at: Instant, signal: AbortSignal) => Promise<ApiResponse<unknown>>;
  /** Stops the run that asked the question. */
  readonly abortQuestion: (id: string, signal: AbortSignal) => Promise<ApiResponse<unknown>>;
};

type InterventionsOptions = {readonly transport: Transport; readonly credentials: Credentials};

/** The interventions of a server, over `transport` with `credentials`. */
export const createInterventions = ({transport, credentials}: InterventionsOptions): Interventions => {
  const send = createSendRequest(transport, credentials);
  const carryOut = async (request: ApiRequest, signal: AbortSignal): Promise<ApiResponse<unknown>> =>
    decodeResponse(request.path, await send(request, signal), body => body);
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
    answerQuestion: (id, value, signal) =>
      resolve(id, {resolution: 'continue', ...(value === undefined ? {} : {result: value})}, signal),
    tagRun: (id, {add, remove}, signal) =>
      carryOut(
        {
          method: 'PUT',
          path: `runs/${encodeUrlPart(id)}`,
          json: {
            ...(add.length === 0 ? {} : {add_tags: add}),
            ...(remove.length === 0 ? {} : {remove_tags: remove}),
          },
        },
        signal,
      ),
    expireCache: (id, at, signal) =>
      carryOut(
        {method: 'PUT', path: `steps/${encodeUrlPart(id)}`, json: {cache_expires_at: new Date(at).toISOString()}},
        signal,
      ),
    abortQuestion: (id, signal) => resolve(id, {resolution: 'abort'}, signal),
  };
};
