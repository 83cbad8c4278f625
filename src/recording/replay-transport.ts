import {decodeAttempt} from '../api/decode/attempt.js';
import {decodeDag} from '../api/decode/dag.js';
import {decodeRun} from '../api/decode/run.js';
import type {Transport} from '../api/transport.js';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {withAttempts, withDag} from '../domain/merge-steps.js';
import {pause} from '../domain/pause.js';
import {fail, succeed} from '../domain/result.js';
import {isRunOver} from '../domain/run.js';
import {isEffectivelyOver, isEndDoubtful} from '../domain/run-end.js';
import {emptyStepTable, type StepTable} from '../domain/step-table.js';
import type {Recording} from './read-recording.js';
import {createRecordedServer, type RecordedServer} from './recorded-server.js';
import type {ReplayClock} from './replay-clock.js';
import {buildReplayResponse, endResponse} from './replay-response.js';

export type Replay = {
  /** When the watched run was first received. The replay starts here. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** A transport that responds as the server did, or would have done, at the time of `clock`. */
  readonly createTransport: (clock: ReplayClock) => Transport;
};

/** How long a response takes, in milliseconds, so that time also passes for a client that repeats a request immediately. */
const responseDelayMs = 5;

/** How long the last recorded state is still served after the end of the recording, in milliseconds, so that clients see it. */
export const replayEndGraceMs = 200;

/** The steps of a run as the recorded server knew them at an instant, including planned ones. */
const buildRecordedTable = (server: RecordedServer, runId: RunId, now: Instant): StepTable => {
  const body = server.responses.findResponseByPath(`runs/${runId}/dag`, now)?.response.body;
  const dag = body?.kind === 'json' ? decodeDag(body.value) : undefined;
  const attempts = server.steps.getRows(runId, now).flatMap(({plain}) => decodeAttempt(plain) ?? []);
  return withAttempts(dag === undefined ? emptyStepTable : withDag(emptyStepTable, dag), attempts);
};

/** Whether the run was over at an instant, or would be once it has been quiet for long enough. */
const isRecordedRunOver = (server: RecordedServer, runId: RunId, now: Instant): boolean => {
  const row = server.runs.findById(runId, now);
  const run = row && decodeRun(row.getHydrated());
  if (run === undefined || isRunOver(run)) {
    return run !== undefined;
  }

  return isEndDoubtful(run) && isEffectivelyOver(run, buildRecordedTable(server, runId, now), Number.POSITIVE_INFINITY);
};

/** Whether a client polls the path for as long as the run is in progress. */
const isPolledPath = (path: string, runId: RunId): boolean =>
  path === `runs/${runId}` || path === `runs/${runId}/steps`;

/** Prepares a recording for a replay. `undefined` if no response in it contains the run that was watched. */
export const openReplay = (recording: Recording): Replay | undefined => {
  const server = createRecordedServer(recording);
  const {runId, endAt} = recording;
  const startAt = server.runs.findFirstSeenAt(runId);
  if (startAt === undefined) {
    return undefined;
  }

  let isOver: boolean | undefined;
  /** Whether the run was over at the end of the recording. */
  const isOverAtEnd = (): boolean => {
    isOver ??= isRecordedRunOver(server, runId, endAt);
    return isOver;
  };

  const abortedResult = fail({kind: 'unreachable', host: 'the recording', reason: 'aborted'});
  const createTransport =
    (clock: ReplayClock): Transport =>
    async (request, signal) => {
      const requestedAt = clock.now();
      await pause(responseDelayMs, signal, clock);
      if (signal.aborted) {
        return abortedResult;
      }

      const now = clock.now();
      const serverDateAt = Math.floor((now + server.skewMs) / 1000) * 1000;
      const timing = {requestedAt, respondedAt: now, serverDateAt};
      if (requestedAt > endAt + replayEndGraceMs && isPolledPath(request.path, runId) && !isOverAtEnd()) {
        return succeed({...endResponse, timing});
      }

      const failure = now > endAt ? undefined : server.findFailure(now);
      return failure === undefined ? succeed({...buildReplayResponse(server, request, now), timing}) : fail(failure);
    };
  return {startAt, endAt, createTransport};
};
