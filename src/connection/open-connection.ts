import type {Answer} from '../api/answer.js';
import type {Client} from '../api/client.js';
import {createClient} from '../api/create-client.js';
import type {Credentials} from '../api/credentials.js';
import {signIn} from '../api/login.js';
import type {ProjectId} from '../domain/ids.js';
import {succeed} from '../domain/result.js';
import type {ServerInfo} from '../domain/server.js';
import {createCredentials} from './create-credentials.js';
import {watchCredentials} from './credentials-watch.js';
import {type ExplainContext, getExplainContext} from './explain-failure.js';
import type {Flags} from './flags.js';
import type {OpenTransport} from './open-transport.js';
import {type Outcome, succeedWith} from './problem.js';
import {chooseOtherProject, chooseProject, type ProjectChoice} from './project.js';
import {type ConnectionSettings, readConnectionSettings} from './settings.js';
import {shareWork} from './shared-work.js';
import type {World} from './world.js';

export type Connection = {
  readonly client: Client;
  readonly serverUrl: string;
  readonly settings: ConnectionSettings;
  /** Under way since the connection was opened; never rejects. */
  readonly serverInfo: Promise<Answer<ServerInfo>>;
  /** The project to list runs of, looked up the first time it is asked for. */
  readonly findProject: (signal: AbortSignal) => Promise<Outcome<ProjectChoice>>;
  /** The server does not know project `missing`: another one, where another will do. `findProject` then gives that. */
  readonly findOtherProject: (signal: AbortSignal, missing: ProjectId) => Promise<Outcome<ProjectChoice>>;
  /** For sentences about failures of this server. */
  readonly explainContext: ExplainContext;
};

const anonymousCredentials: Credentials = {
  authorization: async () => succeed(undefined),
  renew: async () => succeed(false),
};

/** A connection by settings that were found before; see `openConnection`. */
export const createConnection = (
  world: World,
  settings: ConnectionSettings,
  openTransport: OpenTransport,
  signal: AbortSignal,
): Connection => {
  const serverUrl = settings.serverUrl.value;
  const transport = openTransport({serverUrl, tls: settings.tls.value, timeoutMs: settings.timeoutMs.value});
  // `/info` needs no sign-in, and the sign-in needs it: it must not wait for the credentials.
  const stranger = createClient({serverUrl, transport, credentials: anonymousCredentials});
  let serverInfo = stranger.fetchServerInfo(signal);
  const opened = serverInfo;
  const credentials = createCredentials({
    identity: settings.identity,
    now: world.now,
    signIn: async (grant, signal) => signIn(transport, grant, signal),
    authScheme: async signal => {
      const first = await serverInfo;
      serverInfo = first.ok ? serverInfo : stranger.fetchServerInfo(signal);
      const info = await serverInfo;
      return info.ok ? succeed(info.value.authScheme) : info;
    },
    reload: watchCredentials(world, settings),
  });
  const client = createClient({serverUrl, transport, credentials});
  const context = getExplainContext(settings);
  let project: ProjectChoice | undefined;
  const remembered = (outcome: Outcome<ProjectChoice>) => {
    project = outcome.ok ? outcome.value : undefined;
    return outcome;
  };

  return {
    client,
    serverUrl,
    settings,
    serverInfo: opened,
    findProject: shareWork(async signal =>
      project === undefined
        ? remembered(await chooseProject(client, settings.project, context, signal))
        : succeedWith(project),
    ),
    findOtherProject: shareWork(async (signal, missing: ProjectId) =>
      project === undefined || project.id === missing
        ? remembered(await chooseOtherProject(client, settings.project, context, signal))
        : succeedWith(project),
    ),
    explainContext: context,
  };
};

/**
 * Finds the server and who we are to it (see `findSettings`), and opens a client. Asks nothing but `/info`, without
 * waiting for it: what is wrong with the server shows in the first answer that is needed.
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
