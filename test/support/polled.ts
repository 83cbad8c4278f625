import type {Client} from '../../src/api/client.js';
import {createClient} from '../../src/api/create-client.js';
import type {Credentials} from '../../src/api/credentials.js';
import {createHttpTransport} from '../../src/api/http-transport.js';
import {signIn} from '../../src/api/sign-in.js';
import type {Transport} from '../../src/api/transport.js';
import {createCredentials} from '../../src/connection/create-credentials.js';
import type {Grant} from '../../src/connection/identity.js';
import type {Attempt} from '../../src/domain/attempt.js';
import type {Dag} from '../../src/domain/dag.js';
import type {Failure} from '../../src/domain/failure.js';
import {toProjectId, toRunId} from '../../src/domain/ids.js';
import type {Instant} from '../../src/domain/instant.js';
import {iterateSteps} from '../../src/domain/step-table.js';
import {startPoller} from '../../src/poll/poller.js';
import type {Session} from '../../src/store/session.js';
import {createInitialState, type ScreenSize, type State} from '../../src/store/state.js';
import {createStore, type Store} from '../../src/store/store.js';
import {startOfRun} from './builders.js';
import {type DemoServer, type DemoServerOptions, startDemoServer} from './demo-server.js';
import {createHandClock, type HandClock} from './hand-clock.js';
import {aSession} from './watching.js';

type Options = {
  readonly client: Client;
  readonly clock: HandClock;
  /** `undefined`: the list of runs. */
  readonly runId: string | undefined;
  readonly size?: ScreenSize;
  readonly session?: Partial<Session>;
};

export type Polled = {readonly store: Store; readonly state: () => State; readonly stop: () => void};

/** A store that is kept fresh, and whose clock ticks each second, as in the program. */
export const startPolled = ({client, clock, runId: id, size, session}: Options): Polled => {
  const store = createStore(
    createInitialState(aSession({serverUrl: client.serverUrl, ...session}), {
      now: clock.now(),
      size: size ?? {columns: 120, rows: 40},
      runId: id === undefined ? undefined : toRunId(id),
    }),
  );
  const stopPoller = startPoller({store, client, clock, random: () => 0.5});
  let cancelTick = (): void => {};
  const tick = (): void => {
    store.dispatch({type: 'clock/ticked', now: clock.now()});
    cancelTick = clock.after(1000, tick);
  };
  cancelTick = clock.after(1000, tick);
  return {
    store,
    state: store.get,
    stop: () => {
      stopPoller();
      cancelTick();
    },
  };
};

export type PolledDemo = Omit<Polled, 'stop'> & {
  readonly server: DemoServer;
  readonly clock: HandClock;
  /** Everything about the run's steps as the server has it now, fetched independently of the store. */
  readonly fetchAll: () => Promise<{readonly dag: Dag; readonly attempts: readonly Attempt[]}>;
  readonly stop: () => Promise<void>;
};

type DemoOptions = Omit<DemoServerOptions, 'clock'> & {
  /** By how much the server's clock is ahead of the local one, in milliseconds. */
  readonly serverAheadMs?: number;
  /** The list of runs is shown, not the scenario's run. */
  readonly isList?: boolean;
  readonly size?: ScreenSize;
  /** Only lines are printed. */
  readonly isScreenless?: boolean;
  /** Starts a proxy in front of the server and resolves with its address, to which requests are then sent. */
  readonly via?: (serverUrl: string) => Promise<string>;
  /** In real time. */
  readonly requestTimeoutMs?: number;
  readonly intervalMs?: number;
  /** Called with the path of each request when it is sent: returns what happens to the request; `undefined`: nothing special. */
  readonly hold?: (path: string) => Hold | undefined;
  /** What to sign in with, for a server that has authentication. */
  readonly grant?: Grant;
};

/** Delays a request by the given number of milliseconds of the test's clock; with `failure`, it then fails without being sent. */
export type Hold = {readonly ms: number; readonly failure?: Failure};

/** How long each response takes by the clock of the test, in milliseconds, as from a nearby server. */
const latencyMs = 40;

const noCredentials: Credentials = {
  getAuthorization: async () => ({ok: true, value: undefined}),
  renew: async () => ({ok: true, value: false}),
};

/** The demo server over real HTTP and a store that is kept fresh from it, both on one clock that the test controls. */
export const startPolledDemo = async ({
  serverAheadMs = 0,
  isList = false,
  isScreenless = false,
  size,
  via = async url => url,
  requestTimeoutMs = 2000,
  intervalMs = 1000,
  hold,
  grant,
  ...options
}: DemoOptions): Promise<PolledDemo> => {
  const pendingRequests = new Set<Promise<unknown>>();
  const clock = createHandClock(startOfRun, async () => {
    while (pendingRequests.size > 0) {
      await Promise.allSettled(pendingRequests);
    }
  });
  const server = await startDemoServer({...options, clock: {now: () => clock.now() + serverAheadMs}});
  const transport = createHttpTransport({
    serverUrl: await via(server.url),
    now: clock.now,
    requestTimeoutMs,
    version: 'test',
  });
  const delayedTransport: Transport = async (request, signal) => {
    const requestedAt = clock.now();
    const delay = hold?.(request.path);
    if (delay !== undefined) {
      await new Promise<void>(resolve => {
        clock.after(delay.ms, resolve);
      });
      if (delay.failure !== undefined) {
        return {ok: false, failure: delay.failure};
      }
    }

    const sent = transport(request, signal);
    pendingRequests.add(sent);
    const result = await sent.finally(() => pendingRequests.delete(sent));
    await new Promise<void>(resolve => {
      clock.after(latencyMs, resolve);
    });
    return result.ok
      ? {...result, value: {...result.value, timing: {...result.value.timing, requestedAt, respondedAt: clock.now()}}}
      : result;
  };
  const credentials = grant === undefined ? noCredentials : createGrantCredentials(grant, delayedTransport, clock.now);
  const createClientOver = (over: Transport) => createClient({serverUrl: server.url, transport: over, credentials});
  const {stop, ...polled} = startPolled({
    client: createClientOver(delayedTransport),
    clock,
    runId: isList ? undefined : server.runId,
    session: {project: {id: toProjectId(server.projectId), name: server.projectName}, intervalMs, isScreenless},
    ...(size && {size}),
  });
  return {
    ...polled,
    server,
    clock,
    fetchAll: () => fetchAll(createClientOver(transport), server),
    stop: async () => {
      stop();
      await server.close();
    },
  };
};

const createGrantCredentials = (grant: Grant, transport: Transport, now: () => number): Credentials =>
  createCredentials({
    identity: {token: undefined, grant: {origin: 'test', value: grant}, isPro: false},
    now,
    signIn: (apiGrant, signal) => signIn(transport, apiGrant, signal),
    fetchAuthScheme: async () => ({ok: true, value: 'OAUTH2_PASSWORD_BEARER'}),
    signInToControlPlane: () => Promise.reject(new Error('no control plane')),
    reload: async () => undefined,
  });

const fetchAll = async (client: Client, server: DemoServer) => {
  const {signal} = new AbortController();
  const id = toRunId(server.runId);
  const dag = await client.fetchDag(id, signal);
  const query = {projectId: toProjectId(server.projectId), size: 10_000};
  const steps = await client.fetchSteps(id, query, signal);
  if (!dag.ok || !steps.ok) {
    throw new Error('the demo server does not respond');
  }

  return {dag: dag.value, attempts: steps.value.items};
};

/** When each attempt, and each status of an attempt, was first seen, by the local clock. The keys are `id` and `id status`. */
export const watchSteps = ({store, clock}: Pick<PolledDemo, 'store' | 'clock'>): ReadonlyMap<string, Instant> => {
  const seenAt = new Map<string, Instant>();
  store.subscribe(() => {
    for (const {attempts} of iterateSteps(store.get().openRun!.table)) {
      for (const {id, status} of attempts) {
        for (const key of [id, `${id} ${status}`]) {
          seenAt.set(key, seenAt.get(key) ?? clock.now());
        }
      }
    }
  });
  return seenAt;
};
