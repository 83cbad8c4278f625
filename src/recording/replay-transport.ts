import {decodeRecord, decodeText} from '../api/decode/wire.js';
import type {Transport} from '../api/transport.js';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {fail, succeed} from '../domain/result.js';
import {isFinished, parseStatus} from '../domain/status.js';
import type {Recording} from './read-recording.js';
import {createRecordedServer, type RecordedServer} from './recorded-server.js';
import {answerReplayRequest, endReply} from './replay-answer.js';
import type {ReplayClock} from './replay-clock.js';

export type Replay = {
  /** When the watched run was first seen: the replay begins here. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** A transport that answers as the server did, or would have done, at the time of `clock`. Needs no network. */
  readonly transport: (clock: ReplayClock) => Transport;
};

/** An answer takes this long, in milliseconds: whoever asks again at once must not stand still in time. */
const replyDelayMs = 5;

/** What was recorded last is told for so long after the end of the recording, so that who asks then still learns of it. */
export const replayEndGraceMs = 200;

const isRecordedRunOver = ({runs}: RecordedServer, runId: RunId, now: Instant): boolean => {
  const {in_progress, status} = decodeRecord(runs.byId(runId, now)?.plain['body']);
  return in_progress === false || isFinished(parseStatus(decodeText(status) ?? ''));
};

/** What is asked again and again while a run goes on. */
const isPolledPath = (path: string, runId: RunId): boolean =>
  path === `runs/${runId}` || path === `runs/${runId}/steps`;

/** Until `ms` have passed, or `signal` gives up. */
const waitForReply = (clock: ReplayClock, ms: number, signal: AbortSignal): Promise<void> =>
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
  const server = createRecordedServer(recording);
  const {runId, endAt} = recording;
  const startAt = server.runs.seenAt(runId);
  if (startAt === undefined) {
    return undefined;
  }

  const givenUp = fail({kind: 'unreachable', host: 'the recording', reason: 'given up'});
  const transport =
    (clock: ReplayClock): Transport =>
    async (request, signal) => {
      const askedAt = clock.now();
      await waitForReply(clock, replyDelayMs, signal);
      if (signal.aborted) {
        return givenUp;
      }

      const now = clock.now();
      const serverDateAt = Math.floor((now + server.skewMs) / 1000) * 1000;
      const timing = {askedAt, answeredAt: now, serverDateAt};
      if (
        askedAt > endAt + replayEndGraceMs &&
        isPolledPath(request.path, runId) &&
        !isRecordedRunOver(server, runId, now)
      ) {
        return succeed({...endReply, timing});
      }

      const failure = now > endAt ? undefined : server.failureAt(now);
      return failure === undefined ? succeed({...answerReplayRequest(server, request, now), timing}) : fail(failure);
    };
  return {startAt, endAt, transport};
};
