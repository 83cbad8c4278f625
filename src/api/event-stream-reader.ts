import type {Failure} from '../domain/failure.js';
import type {RunId} from '../domain/ids.js';
import type {RunEvent} from '../domain/run-event.js';
import {encodeUrlPart} from '../domain/url-part.js';
import {createFrameReader} from './decode/event-stream.js';
import {getFailure} from './response-failure.js';
import type {SendRequest} from './send-request.js';

/**
 * How an event stream ended: with the run, or cut off, with the failure if there was one (also if the server refused the stream).
 */
export type StreamEnd = {readonly kind: 'run-ended'} | {readonly kind: 'cut'; readonly failure: Failure | undefined};

/**
 * Reads the event stream of a run from the cursor `since` on, until it ends. Passes on progress events, and cursors without an
 * event, as they arrive.
 */
export type EventStreamReader = (
  runId: RunId,
  since: string | undefined,
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
) => Promise<StreamEnd>;

export const createEventStreamReader =
  (send: SendRequest): EventStreamReader =>
  async (runId, since, onEvent, signal) => {
    let hasEnded = false;
    const path = `runs/${encodeUrlPart(runId)}/events/stream`;
    const onText = createFrameReader(frame => {
      if (frame.kind === 'end') {
        hasEnded = true;
      } else {
        onEvent(frame.kind === 'event' ? frame.event : {cursor: frame.cursor, stepId: undefined, payload: {}});
      }
    });
    const query = [['kinds', 'progress'] as const, ...(since === undefined ? [] : [['since', since] as const])];
    const result = await send({path, query, onText}, signal);
    if (hasEnded) {
      return {kind: 'run-ended'};
    }

    if (!result.ok) {
      return {kind: 'cut', failure: result.failure};
    }

    return {kind: 'cut', failure: result.value.status === 200 ? undefined : getFailure(path, result.value)};
  };
