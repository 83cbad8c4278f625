import {findProxy} from '../api/find-proxy.js';
import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {type Configuration, readConfiguration} from './configuration.js';
import {explainFailure} from './explain-failure.js';
import type {Flags} from './flags.js';
import type {Identity} from './identity.js';
import {type Connection, createConnection} from './open-connection.js';
import {type OpenTransport, readProxyEnvironment} from './open-transport.js';
import type {Outcome} from './problem.js';
import {maskUrl} from './server-url.js';
import {buildConnectionSettings, type ConnectionSettings} from './settings.js';
import type {Sourced} from './sourced.js';
import {isUsable} from './usable-token.js';
import type {World} from './world.js';

/** One line of the report: what was found, where it came from, and what to do where it is not well. No secrets. */
export type Finding = {
  readonly label: string;
  readonly value: string;
  readonly origin: string | undefined;
  readonly isOk: boolean;
  readonly way: string | undefined;
};

const createGoodFinding = (label: string, value: string, origin?: string): Finding => ({
  label,
  value,
  origin,
  isOk: true,
  way: undefined,
});

const createBadFinding = (label: string, value: string, way: string, origin?: string): Finding => ({
  label,
  value,
  origin,
  isOk: false,
  way,
});

const checkFile = <T>(
  label: string,
  path: string | undefined,
  file: Outcome<T>,
  sayContent: (content: T) => string,
  sayNoPath: string,
): Finding => {
  if (path === undefined) {
    return createGoodFinding(label, sayNoPath);
  }

  return file.ok
    ? createGoodFinding(label, sayContent(file.value), path)
    : createBadFinding(label, file.problem.what, file.problem.way, path);
};

const checkFiles = ({
  configPath,
  config,
  credentialsPath,
  credentials,
  credentialsModifiedAt,
  repositoryPath,
  repository,
}: Configuration): readonly Finding[] => [
  checkFile('config', configPath, config, content => (content ? 'read' : 'not there'), ''),
  checkFile(
    'credentials',
    credentialsPath,
    credentials,
    logins => (credentialsModifiedAt === undefined ? 'not there' : `read, servers: ${logins.length}`),
    'not used: DISABLE_CREDENTIALS_DISK_CACHING is set',
  ),
  checkFile('repository', repositoryPath, repository, content => (content ? 'read' : 'empty'), 'none'),
];

const formatMinute = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** How we sign in, in words. */
const formatIdentity = ({token, grant, isPro}: Identity, now: Instant): Sourced<string> | undefined => {
  const isTokenGood = token !== undefined && isUsable(token.value, now);
  if (isTokenGood) {
    const {usableUntil} = token.value;
    const until = usableUntil === undefined ? '' : ` good until ${formatMinute(usableUntil)}`;
    return {value: `${isPro ? 'ZenML Pro token' : 'token'}${until}`, origin: token.origin};
  }

  if (grant !== undefined) {
    const {value: by, origin} = grant;
    return {value: by.kind === 'api-key' ? 'API key' : `password of ${by.username}`, origin};
  }

  return token && {value: 'a token that has expired', origin: token.origin};
};

const formatTrust = ({isVerified, ca}: ConnectionSettings['tls']['value']): string =>
  isVerified
    ? ca === undefined
      ? "the system's authorities"
      : 'an authority of our own too'
    : 'not verified: the server could be anybody';

const checkSettings = (world: World, settings: ConnectionSettings): readonly Finding[] => {
  const proxy = findProxy(settings.serverUrl.value, readProxyEnvironment(world));
  return [
    createGoodFinding('server', settings.serverUrl.value, settings.serverUrl.origin),
    createGoodFinding('certificates', formatTrust(settings.tls.value), settings.tls.origin),
    createGoodFinding('timeout', `${settings.timeoutMs.value / 1000} s`, settings.timeoutMs.origin),
    createGoodFinding('proxy', proxy === undefined ? 'none' : maskUrl(proxy)),
  ];
};

const createFailureFinding = (label: string, failure: Failure, connection: Connection, origin?: string): Finding => {
  const {what, way} = explainFailure(failure, connection.explainContext);
  return createBadFinding(label, what, way, origin);
};

const checkServer = async (connection: Connection): Promise<readonly Finding[]> => {
  const info = await connection.serverInfo;
  if (!info.ok) {
    return [createFailureFinding('version', info.failure, connection)];
  }

  const {version, name, deploymentType, authScheme} = info.value;
  const place = [name, deploymentType].filter(word => word !== undefined && word !== '').join(', ');
  return [
    createGoodFinding(
      'version',
      place === '' ? version : `${version} (${place})`,
      `${connection.serverUrl}/api/v1/info`,
    ),
    createGoodFinding('auth scheme', authScheme ?? 'not told', `${connection.serverUrl}/api/v1/info`),
  ];
};

const checkSignIn = async (world: World, connection: Connection, signal: AbortSignal): Promise<Finding> => {
  const said = formatIdentity(connection.settings.identity, world.now());
  const user = await connection.client.fetchCurrentUser(signal);
  if (!user.ok) {
    return createFailureFinding('sign-in', user.failure, connection, said?.origin);
  }

  const kind = user.value.isServiceAccount ? ' (service account)' : '';
  return createGoodFinding(
    'sign-in',
    `as ${user.value.name}${kind}, by ${said?.value ?? 'nothing: none is needed'}`,
    said?.origin,
  );
};

const checkProjectChoice = async (connection: Connection, signal: AbortSignal): Promise<Finding> => {
  const project = await connection.findProject(signal);
  if (!project.ok) {
    return createBadFinding('project', project.problem.what, project.problem.way);
  }

  const {id, name, origin} = project.value;
  if (name !== undefined) {
    return createGoodFinding('project', `${name} (${id})`, origin);
  }

  const known = await connection.client.fetchProject(id, signal);
  if (known.ok) {
    return createGoodFinding('project', `${known.value.name} (${id})`, origin);
  }

  if (known.failure.kind !== 'not-found') {
    return createFailureFinding('project', known.failure, connection, origin);
  }

  const other = await connection.findOtherProject(signal, id);
  return other.ok
    ? createGoodFinding(
        'project',
        `${other.value.name ?? other.value.id}, because ${id} of ${origin} is not there`,
        other.value.origin,
      )
    : createBadFinding('project', other.problem.what, other.problem.way, origin);
};

/**
 * What would be used and whether it works: ZenML's files, the server, its version, how we sign in, the project. Goes
 * as far as it can when something is wrong.
 */
export const checkConnection = async (
  world: World,
  flags: Flags,
  openTransport: OpenTransport,
  signal: AbortSignal,
): Promise<readonly Finding[]> => {
  const configuration = await readConfiguration(world);
  const files = checkFiles(configuration);
  const settings = await buildConnectionSettings(world, flags, configuration);
  if (!settings.ok) {
    const isSaid = files.some(({value}) => value === settings.problem.what);
    return isSaid ? files : [...files, createBadFinding('server', settings.problem.what, settings.problem.way)];
  }

  const connection = createConnection(world, settings.value, openTransport, signal);
  const [server, signIn, project] = await Promise.all([
    checkServer(connection),
    checkSignIn(world, connection, signal),
    checkProjectChoice(connection, signal),
  ]);
  return [...files, ...checkSettings(world, settings.value), ...server, signIn, project];
};
