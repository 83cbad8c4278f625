import {proxyFor} from '../api/proxy-for.js';
import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {type Configuration, readConfiguration} from './configuration.js';
import {explainFailure} from './explain-failure.js';
import type {Flags} from './flags.js';
import type {Identity} from './identity.js';
import {type Connection, connect} from './open-connection.js';
import {type OpenTransport, proxyEnvironment} from './open-transport.js';
import type {Found} from './origin.js';
import type {Outcome} from './problem.js';
import {shownUrl} from './server-url.js';
import {type Settings, settingsFrom} from './settings.js';
import {isUsable} from './token.js';
import type {World} from './world.js';

/** One line of the report: what was found, where it came from, and what to do where it is not well. No secrets. */
export type Finding = {
  readonly label: string;
  readonly value: string;
  readonly origin: string | undefined;
  readonly isOk: boolean;
  readonly way: string | undefined;
};

const well = (label: string, value: string, origin?: string): Finding => ({
  label,
  value,
  origin,
  isOk: true,
  way: undefined,
});

const unwell = (label: string, value: string, way: string, origin?: string): Finding => ({
  label,
  value,
  origin,
  isOk: false,
  way,
});

const fileFinding = <T>(
  label: string,
  path: string | undefined,
  file: Outcome<T>,
  sayContent: (content: T) => string,
  sayNoPath: string,
): Finding => {
  if (path === undefined) {
    return well(label, sayNoPath);
  }

  return file.ok ? well(label, sayContent(file.value), path) : unwell(label, file.problem.what, file.problem.way, path);
};

const fileFindings = ({
  configPath,
  config,
  credentialsPath,
  credentials,
  credentialsModifiedAt,
  repositoryPath,
  repository,
}: Configuration): readonly Finding[] => [
  fileFinding('config', configPath, config, content => (content ? 'read' : 'not there'), ''),
  fileFinding(
    'credentials',
    credentialsPath,
    credentials,
    logins => (credentialsModifiedAt === undefined ? 'not there' : `read, servers: ${logins.length}`),
    'not used: DISABLE_CREDENTIALS_DISK_CACHING is set',
  ),
  fileFinding('repository', repositoryPath, repository, content => (content ? 'read' : 'empty'), 'none'),
];

const sayTime = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** How we sign in, in words. */
const sayIdentity = ({token, grant, isPro}: Identity, now: Instant): Found<string> | undefined => {
  const isTokenGood = token !== undefined && isUsable(token.value, now);
  if (isTokenGood) {
    const {usableUntil} = token.value;
    const until = usableUntil === undefined ? '' : ` good until ${sayTime(usableUntil)}`;
    return {value: `${isPro ? 'ZenML Pro token' : 'token'}${until}`, origin: token.origin};
  }

  if (grant !== undefined) {
    const {value: by, origin} = grant;
    return {value: by.kind === 'api-key' ? 'API key' : `password of ${by.username}`, origin};
  }

  return token && {value: 'a token that has expired', origin: token.origin};
};

const trustWords = ({isVerified, ca}: Settings['tls']['value']): string =>
  isVerified
    ? ca === undefined
      ? "the system's authorities"
      : 'an authority of our own too'
    : 'not verified: the server could be anybody';

const settingsFindings = (world: World, settings: Settings): readonly Finding[] => {
  const proxy = proxyFor(settings.serverUrl.value, proxyEnvironment(world));
  return [
    well('server', settings.serverUrl.value, settings.serverUrl.origin),
    well('certificates', trustWords(settings.tls.value), settings.tls.origin),
    well('timeout', `${settings.timeoutMs.value / 1000} s`, settings.timeoutMs.origin),
    well('proxy', proxy === undefined ? 'none' : shownUrl(proxy)),
  ];
};

const failureFinding = (label: string, failure: Failure, connection: Connection, origin?: string): Finding => {
  const {what, way} = explainFailure(failure, connection.explainContext);
  return unwell(label, what, way, origin);
};

const serverFindings = async (connection: Connection): Promise<readonly Finding[]> => {
  const info = await connection.serverInfo;
  if (!info.ok) {
    return [failureFinding('version', info.failure, connection)];
  }

  const {version, name, deploymentType, authScheme} = info.value;
  const place = [name, deploymentType].filter(word => word !== undefined && word !== '').join(', ');
  return [
    well('version', place === '' ? version : `${version} (${place})`, `${connection.serverUrl}/api/v1/info`),
    well('auth scheme', authScheme ?? 'not told', `${connection.serverUrl}/api/v1/info`),
  ];
};

const signInFinding = async (world: World, connection: Connection, signal: AbortSignal): Promise<Finding> => {
  const said = sayIdentity(connection.settings.identity, world.now());
  const user = await connection.client.fetchCurrentUser(signal);
  if (!user.ok) {
    return failureFinding('sign-in', user.failure, connection, said?.origin);
  }

  const kind = user.value.isServiceAccount ? ' (service account)' : '';
  return well('sign-in', `as ${user.value.name}${kind}, by ${said?.value ?? 'nothing: none is needed'}`, said?.origin);
};

const projectFinding = async (connection: Connection, signal: AbortSignal): Promise<Finding> => {
  const project = await connection.findProject(signal);
  if (!project.ok) {
    return unwell('project', project.problem.what, project.problem.way);
  }

  const {id, name, origin} = project.value;
  if (name !== undefined) {
    return well('project', `${name} (${id})`, origin);
  }

  const known = await connection.client.fetchProject(id, signal);
  if (known.ok) {
    return well('project', `${known.value.name} (${id})`, origin);
  }

  if (known.failure.kind !== 'not-found') {
    return failureFinding('project', known.failure, connection, origin);
  }

  const other = await connection.findOtherProject(signal, id);
  return other.ok
    ? well(
        'project',
        `${other.value.name ?? other.value.id}, because ${id} of ${origin} is not there`,
        other.value.origin,
      )
    : unwell('project', other.problem.what, other.problem.way, origin);
};

/**
 * What would be used and whether it works: ZenML's files, the server, its version, how we sign in, the project. Goes
 * as far as it can when something is wrong.
 */
export const examine = async (
  world: World,
  flags: Flags,
  openTransport: OpenTransport,
  signal: AbortSignal,
): Promise<readonly Finding[]> => {
  const configuration = await readConfiguration(world);
  const files = fileFindings(configuration);
  const settings = await settingsFrom(world, flags, configuration);
  if (!settings.ok) {
    const isSaid = files.some(({value}) => value === settings.problem.what);
    return isSaid ? files : [...files, unwell('server', settings.problem.what, settings.problem.way)];
  }

  const connection = connect(world, settings.value, openTransport, signal);
  const [server, signIn, project] = await Promise.all([
    serverFindings(connection),
    signInFinding(world, connection, signal),
    projectFinding(connection, signal),
  ]);
  return [...files, ...settingsFindings(world, settings.value), ...server, signIn, project];
};
