import {record, text} from '../api/decode/wire.js';
import type {Transport} from '../api/transport.js';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {failed, succeeded} from '../domain/result.js';
import {isFinished, statusOf} from '../domain/status.js';
import type {Recording} from './read-recording.js';
import {type RecordedServer, recordedServer} from './recorded-server.js';
import {endReply, replayAnswer} from './replay-answer.js';
import type {ReplayClock} from './replay-clock.js';

export type Replay = {
  /** When the watched run was first seen: the replay begins here. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** A transport that answers as the server did, or would have done, at the time of `clock`. Needs no network. */
  readonly transport: (clock: ReplayClock) => Transport;
};

/** An answer takes this long, in milliseconds: whoever asks again at once must not stand still in time. */
const answerMs = 5;

/** What was recorded last is told for so long after the end of the recording, so that who asks then still learns of it. */
export const lastLookMs = 200;

const isSettled = ({runs}: RecordedServer, runId: RunId, now: Instant): boolean => {
  const {in_progress, status} = record(runs.byId(runId, now)?.plain['body']);
  return in_progress === false || isFinished(statusOf(text(status) ?? ''));
};

/** What is asked again and again while a run goes on. */
const isMoving = (path: string, runId: RunId): boolean => path === `runs/${runId}` || path === `runs/${runId}/steps`;

/** Until `ms` have passed, or `signal` gives up. */
const pause = (clock: ReplayClock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = clock.after(ms, finish);
    signal.addEventListener('abort', finish);
  });

/** A recording made ready to be watched again; `undefined` where its run never is seen in it. */
export const openReplay = (recording: Recording): Replay | undefined => {
  const server = recordedServer(recording);
  const {runId, endAt} = recording;
  const startAt = server.runs.seenAt(runId);
  if (startAt === undefined) {
    return undefined;
  }

  const givenUp = failed({kind: 'unreachable', host: 'the recording', reason: 'given up'});
  const transport =
    (clock: ReplayClock): Transport =>
    async (request, signal) => {
      const askedAt = clock.now();
      await pause(clock, answerMs, signal);
      if (signal.aborted) {
        return givenUp;
      }

      const now = clock.now();
      const serverDateAt = Math.floor((now + server.skewMs) / 1000) * 1000;
      const timing = {askedAt, answeredAt: now, serverDateAt};
      if (askedAt > endAt + lastLookMs && isMoving(request.path, runId) && !isSettled(server, runId, now)) {
        return succeeded({...endReply, timing});
      }

      const failure = now > endAt ? undefined : server.failureAt(now);
      return failure === undefined ? succeeded({...replayAnswer(server, request, now), timing}) : failed(failure);
    };
  return {startAt, endAt, transport};
};
