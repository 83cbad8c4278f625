import {decodeRecord, decodeText} from '../api/decode/wire.js';
import type {Transport} from '../api/transport.js';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {pause} from '../domain/pause.js';
import {fail, succeed} from '../domain/result.js';
import {isFinished, parseStatus} from '../domain/status.js';
import type {Recording} from './read-recording.js';
import {createRecordedServer, type RecordedServer} from './recorded-server.js';
import type {ReplayClock} from './replay-clock.js';
import {answerReplayRequest, endReply} from './replay-response.js';

export type Replay = {
  /** When the watched run was first received. The replay starts here. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** A transport that responds as the server did, or would have done, at the time of `clock`. */
  readonly createTransport: (clock: ReplayClock) => Transport;
};

/** How long a response takes, in milliseconds, so that time also passes for a client that repeats a request immediately. */
const replyDelayMs = 5;

/** How long the last recorded state is still served after the end of the recording, in milliseconds, so that clients see it. */
export const replayEndGraceMs = 200;

const isRecordedRunOver = ({runs}: RecordedServer, runId: RunId, now: Instant): boolean => {
  const {in_progress, status} = decodeRecord(runs.findById(runId, now)?.plain['body']);
  return in_progress === false || isFinished(parseStatus(decodeText(status) ?? ''));
};

/** The paths that are polled while a run is in progress. */
const isPolledPath = (path: string, runId: RunId): boolean =>
  path === `runs/${runId}` || path === `runs/${runId}/steps`;

/** Prepares a recording for a replay. `undefined` if its run is not in it. */
export const openReplay = (recording: Recording): Replay | undefined => {
  const server = createRecordedServer(recording);
  const {runId, endAt} = recording;
  const startAt = server.runs.findFirstSeenAt(runId);
  if (startAt === undefined) {
    return undefined;
  }

  const abortedResult = fail({kind: 'unreachable', host: 'the recording', reason: 'aborted'});
  const createTransport =
    (clock: ReplayClock): Transport =>
    async (request, signal) => {
      const requestedAt = clock.now();
      await pause(replyDelayMs, signal, clock);
      if (signal.aborted) {
        return abortedResult;
      }

      const now = clock.now();
      const serverDateAt = Math.floor((now + server.skewMs) / 1000) * 1000;
      const timing = {requestedAt, answeredAt: now, serverDateAt};
      if (
        requestedAt > endAt + replayEndGraceMs &&
        isPolledPath(request.path, runId) &&
        !isRecordedRunOver(server, runId, now)
      ) {
        return succeed({...endReply, timing});
      }

      const failure = now > endAt ? undefined : server.findFailure(now);
      return failure === undefined ? succeed({...answerReplayRequest(server, request, now), timing}) : fail(failure);
    };
  return {startAt, endAt, createTransport};
};
