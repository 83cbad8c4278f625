import assert from 'node:assert/strict';
import type {Client} from '../../../src/api/client.js';
import {createClient} from '../../../src/api/create-client.js';
import type {Credentials} from '../../../src/api/credentials.js';
import {createHttpTransport} from '../../../src/api/http-transport.js';
import type {Transport} from '../../../src/api/transport.js';
import {fetchWaits} from '../../../src/cli/opening/fetch-waits.js';
import {fetchWholeRun} from '../../../src/cli/opening/fetch-whole-run.js';
import {type RunId, toRunId} from '../../../src/domain/ids.js';
import {isEffectivelyOver} from '../../../src/domain/run-end.js';
import {type Recording, readRecording} from '../../../src/recording/read-recording.js';
import {startRecorder} from '../../../src/recording/recorder.js';
import {createRecordingTransport} from '../../../src/recording/recording-transport.js';
import {buildDocument} from '../../../src/report/document.js';
import {startOfRun} from '../../support/builders.js';
import {type DemoServer, type DemoServerOptions, startDemoServer} from '../../support/demo-server.js';
import {createHandClock, type HandClock} from '../../support/hand-clock.js';
import {type Polled, startPolled} from '../../support/polled.js';
import {createMemoryFile} from './memory-file.js';

const noCredentials: Credentials = {
  getAuthorization: async () => ({ok: true, value: undefined}),
  renew: async () => ({ok: true, value: false}),
};

const {signal} = new AbortController();

export const createTestClient = (transport: Transport): Client =>
  createClient({serverUrl: 'http://demo', transport, credentials: noCredentials});

/** What `--once --output json` prints for a run, without the time of printing. */
export const fetchDocument = async (client: Client, id: RunId, now: number) => {
  const [info, run] = await Promise.all([client.fetchServerInfo(signal), client.fetchRun(id, true, signal)]);
  assert.ok(info.ok && run.ok, JSON.stringify([info, run]));
  const whole = await fetchWholeRun(client, run.value, signal);
  assert.ok(whole.ok, JSON.stringify(whole));
  const waits = await fetchWaits(client, run.value, whole.value, signal);
  const isOver = isEffectivelyOver(run.value, whole.value.table, now);
  const known = {run: run.value, ...whole.value, ...waits, pastRuns: [], isOver, now};
  const context = {serverUrl: client.serverUrl, serverVersion: info.value.version, projectName: 'x', url: undefined};
  const {as_of, ...document} = buildDocument(known, context);
  return document;
};

export type RecordedDemo = {
  readonly server: DemoServer;
  readonly runId: RunId;
  readonly clock: HandClock;
  readonly polled: Polled;
  /** Requests to the server itself, which are not recorded. */
  readonly sendPlainly: Transport;
  /** A client whose requests are recorded. */
  readonly recordedClient: Client;
  /** Ends the recording and stops the server. */
  readonly finish: () => Promise<Recording>;
};

type Options = Omit<DemoServerOptions, 'clock'> & {readonly serverAheadMs?: number};

/** Starts recording a run of the demo server, on a clock that the test advances. */
export const startRecordedDemo = async ({serverAheadMs = 0, ...options}: Options): Promise<RecordedDemo> => {
  const pendingRequests = new Set<Promise<unknown>>();
  const clock = createHandClock(startOfRun, async () => {
    while (pendingRequests.size > 0) {
      await Promise.allSettled(pendingRequests);
    }
  });
  const server = await startDemoServer({...options, clock: {now: () => clock.now() + serverAheadMs}});
  const id = toRunId(server.runId);
  const sendPlainly = createHttpTransport({
    serverUrl: server.url,
    now: clock.now,
    requestTimeoutMs: 2000,
    version: 'test',
  });
  const file = createMemoryFile();
  const recorder = startRecorder({
    ...{file, now: clock.now, after: clock.after, limitBytes: 64_000_000},
    zentopVersion: '1.2.3',
    serverUrl: server.url,
    onStop: stop => assert.fail(JSON.stringify(stop)),
  });
  recorder.addRun(id);
  const recording: Transport = createRecordingTransport(sendPlainly, clock.now, recorder.addExchange);
  const trackedTransport: Transport = (request, abort) => {
    const result = recording(request, abort);
    pendingRequests.add(result);
    return result.finally(() => pendingRequests.delete(result));
  };
  const recordedClient = createTestClient(trackedTransport);
  const polled = startPolled({client: recordedClient, clock, runId: id, session: {isScreenless: true}});
  return {
    ...{server, clock, polled, sendPlainly, recordedClient},
    runId: id,
    finish: async () => {
      polled.stop();
      await recorder.close();
      await server.close();
      const result = readRecording(file.bytes());
      assert.ok(result.ok, JSON.stringify(result));
      return result.recording;
    },
  };
};
