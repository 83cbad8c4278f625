import type {Client} from '../api/client.js';
import {createClient} from '../api/create-client.js';
import type {Credentials} from '../api/credentials.js';
import {createInterventions, type Interventions} from '../api/interventions.js';
import type {Log} from '../api/log-requests.js';
import type {ApiResponse} from '../api/response.js';
import {signIn, signInToControlPlane} from '../api/sign-in.js';
import type {Transport} from '../api/transport.js';
import type {Failure} from '../domain/failure.js';
import type {ProjectId} from '../domain/ids.js';
import {fail, type Result, succeed} from '../domain/result.js';
import type {ServerInfo} from '../domain/server.js';
import {checkProxy} from './check-proxy.js';
import {createCredentials} from './create-credentials.js';
import {watchCredentials} from './credentials-watch.js';
import {getExplainContext} from './explain-failure.js';
import type {ExplainContext} from './explanation.js';
import type {Flags} from './flags.js';
import type {OpenTransport} from './open-transport.js';
import {type Outcome, type Problem, succeedWith} from './problem.js';
import {chooseProject, type ProjectChoice, replaceMissingProject} from './project.js';
import {type ConnectionSettings, readConnectionSettings} from './settings.js';
import {shareWork} from './shared-work.js';
import {readTlsOptions} from './trust.js';
import type {World} from './world.js';

export type Connection = {
  readonly client: Client;
  readonly interventions: Interventions;
  readonly serverUrl: string;
  readonly settings: ConnectionSettings;
  /** Requested when the connection was opened; never rejects. */
  readonly serverInfo: Promise<ApiResponse<ServerInfo>>;
  /** The project whose runs are listed, looked up by the first call. With `canGuess`, the user can choose another one. */
  readonly findProject: (signal: AbortSignal, canGuess?: boolean) => Promise<Outcome<ProjectChoice>>;
  /** A replacement for project `missing`, which the server does not know; from then on `findProject` returns it. */
  readonly findReplacementProject: (signal: AbortSignal, missing: ProjectId) => Promise<Outcome<ProjectChoice>>;
  /** Allows the next attempt to sign in at once, however recently one has failed. */
  readonly retrySignIn: () => void;
  /** For explaining failures of this server. */
  readonly explainContext: ExplainContext;
  /** The log of the `World` it was opened in. */
  readonly log?: Log | undefined;
};

const anonymousCredentials: Credentials = {
  getAuthorization: async () => succeed(undefined),
  renew: async () => succeed(false),
};

/** Creates a connection from settings that have been read already; see `openConnection`. */
export const createConnection = (
  world: World,
  settings: ConnectionSettings,
  openTransport: OpenTransport,
  signal: AbortSignal,
): Connection => {
  const serverUrl = settings.serverUrl.value;
  const transport = openTransport({serverUrl, tls: settings.tls.value, timeoutMs: settings.timeoutMs.value});
  // `/info` needs no sign-in, and signing in needs it, so it must not wait for the credentials.
  const anonymousClient = createClient({serverUrl, transport, credentials: anonymousCredentials});
  let serverInfo = anonymousClient.fetchServerInfo(signal);
  const firstServerInfo = serverInfo;
  let isSchemeUsed = false;
  const credentials = createCredentials({
    identity: settings.identity,
    now: world.now,
    signIn: async (grant, signal) => signIn(transport, grant, signal),
    signInToControlPlane: async (url, key, signal) => {
      const controlPlane = await openControlPlane(world, url, openTransport, settings.timeoutMs.value);
      const response = controlPlane.ok ? await signInToControlPlane(controlPlane.value, key, signal) : controlPlane;
      return response.ok ? response : fail(attributeToControlPlane(response.failure, url));
    },
    fetchAuthScheme: async signal => {
      const known = await serverInfo;
      // If a server without sign-in has refused a request since, it may have been restarted with it.
      const isOutdated = !known.ok || (isSchemeUsed && known.value.authScheme === 'NO_AUTH');
      serverInfo = isOutdated ? anonymousClient.fetchServerInfo(signal) : serverInfo;
      isSchemeUsed = true;
      const info = await serverInfo;
      return info.ok ? succeed(info.value.authScheme) : info;
    },
    reload: watchCredentials(world, settings),
  });
  const client = createClient({serverUrl, transport, credentials});
  const interventions = createInterventions({transport, credentials});
  const context = getExplainContext(settings);
  let project: ProjectChoice | undefined;
  const remember = (outcome: Outcome<ProjectChoice>) => {
    project = outcome.ok ? outcome.value : undefined;
    return outcome;
  };

  let canGuess = false;
  const findProject = shareWork(async signal =>
    project === undefined
      ? remember(await chooseProject(client, settings.project, {context, canGuess}, signal))
      : succeedWith(project),
  );

  return {
    client,
    interventions,
    serverUrl,
    settings,
    serverInfo: firstServerInfo,
    findProject: (signal, isAllowed = false) => {
      canGuess ||= isAllowed;
      return findProject(signal);
    },
    findReplacementProject: shareWork(async (signal, missing: ProjectId) =>
      project === undefined || project.id === missing
        ? remember(await replaceMissingProject(client, settings.project, {context, canGuess}, signal))
        : succeedWith(project),
    ),
    retrySignIn: credentials.retrySignIn,
    explainContext: context,
    log: world.log,
  };
};

/**
 * The failure as one of the control plane. If something is not found there, nothing is missing from the workspace: zentop just
 * cannot sign in.
 */
const attributeToControlPlane = (failure: Failure, controlPlaneUrl: string): Failure => {
  switch (failure.kind) {
    case 'forbidden':
      return {kind: 'not-signed-in', detail: failure.detail, controlPlaneUrl};

    case 'not-found':
    case 'no-route':
    case 'malformed':
    case 'too-large':
      return {kind: 'not-zenml', contentType: '', controlPlaneUrl};

    default:
      return {...failure, controlPlaneUrl};
  }
};

/** `verify_ssl` is about the workspace, so the control plane is trusted by the environment alone, as by ZenML's client. */
const openControlPlane = async (
  world: World,
  serverUrl: string,
  openTransport: OpenTransport,
  timeoutMs: number,
): Promise<Result<Transport>> => {
  const failWithReason = ({message}: Problem) =>
    fail({kind: 'unreachable', host: new URL(serverUrl).host, reason: message});
  const proxy = checkProxy(world, serverUrl);
  if (!proxy.ok) {
    return failWithReason(proxy.problem);
  }

  const trust = await readTlsOptions(world, undefined);
  return trust.ok
    ? succeed(openTransport({serverUrl, tls: trust.value.value, timeoutMs}))
    : failWithReason(trust.problem);
};

/**
 * Reads the settings (see `readConnectionSettings`) and opens a client. Requests only `/info`, without waiting for it: a
 * problem with the server is reported with the first response that is needed.
 */
export const openConnection = async (
  world: World,
  flags: Flags,
  openTransport: OpenTransport,
  signal: AbortSignal,
): Promise<Outcome<Connection>> => {
  const settings = await readConnectionSettings(world, flags);
  return settings.ok ? succeedWith(createConnection(world, settings.value, openTransport, signal)) : settings;
};
