import type {Failure} from '../domain/failure.js';
import type {Instant} from '../domain/instant.js';
import {checkFiles, checkSettings} from './check-settings.js';
import {readConfiguration} from './configuration.js';
import {explainFailure} from './explain-failure.js';
import {createBadFinding, createGoodFinding, type Finding} from './finding.js';
import type {Flags} from './flags.js';
import type {Grant, Identity} from './identity.js';
import {type Connection, createConnection} from './open-connection.js';
import type {OpenTransport} from './open-transport.js';
import {buildConnectionSettings} from './settings.js';
import type {Sourced} from './sourced.js';
import {isUsable} from './usable-token.js';
import type {World} from './world.js';

const formatMinute = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const formatGrant = (grant: Grant): string => {
  switch (grant.kind) {
    case 'api-key':
      return 'an API key';

    case 'password':
      return `the password of ${grant.username}`;

    case 'pro':
      return `the ZenML Pro session of ${grant.controlPlaneUrl}`;
  }
};

/** What zentop signs in with, in words, and where that comes from; `undefined` if nothing is configured. */
const formatIdentity = ({token, grant, isPro}: Identity, now: Instant): Sourced<string> | undefined => {
  const isTokenGood = token !== undefined && isUsable(token.value, now);
  if (isTokenGood) {
    const {usableUntil} = token.value;
    const until = usableUntil === undefined ? '' : ` valid until ${formatMinute(usableUntil)}`;
    return {value: `${isPro ? 'a ZenML Pro token' : 'a token'}${until}`, origin: token.origin};
  }

  if (grant !== undefined) {
    return {value: formatGrant(grant.value), origin: grant.origin};
  }

  return token && {value: 'an expired token', origin: token.origin};
};

const createFailureFinding = (label: string, failure: Failure, connection: Connection, origin?: string): Finding => {
  const {message, hint} = explainFailure(failure, connection.explainContext);
  return createBadFinding(label, message, hint, origin);
};

const checkServer = async (connection: Connection): Promise<readonly Finding[]> => {
  const info = await connection.serverInfo;
  if (!info.ok) {
    return [createFailureFinding('version', info.failure, connection)];
  }

  const {version, name, deploymentType, authScheme} = info.value;
  const details = [
    version,
    name ? `server “${name}”` : '',
    deploymentType ? `${deploymentType} deployment` : '',
  ].filter(word => word !== '');
  return [
    createGoodFinding('version', details.join(', '), `${connection.serverUrl}/api/v1/info`),
    createGoodFinding('auth scheme', authScheme ?? 'unknown', `${connection.serverUrl}/api/v1/info`),
  ];
};

const checkSignIn = async (world: World, connection: Connection, signal: AbortSignal): Promise<Finding> => {
  const identity = formatIdentity(connection.settings.identity, world.now());
  const user = await connection.client.fetchCurrentUser(signal);
  if (!user.ok) {
    return createFailureFinding('sign-in', user.failure, connection, identity?.origin);
  }

  const kind = user.value.isServiceAccount ? ' (service account)' : '';
  return createGoodFinding(
    'sign-in',
    `as ${user.value.name}${kind}${identity === undefined ? ' (no sign-in needed)' : `, with ${identity.value}`}`,
    identity?.origin,
  );
};

const checkProjectChoice = async (connection: Connection, signal: AbortSignal): Promise<Finding> => {
  const project = await connection.findProject(signal);
  if (!project.ok) {
    return createBadFinding('project', project.problem.message, project.problem.hint);
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

  const replacement = await connection.findReplacementProject(signal, id);
  return replacement.ok
    ? createGoodFinding(
        'project',
        `${replacement.value.name ?? replacement.value.id} (the project from ${origin} does not exist)`,
        replacement.value.origin,
      )
    : createBadFinding('project', replacement.problem.message, replacement.problem.hint, origin);
};

/**
 * Checks what zentop would use and whether it works: ZenML's files, the server, its version, the sign-in, the project.
 * Gets as far as it can if something is wrong.
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
    const isKnown = files.some(({value}) => value === settings.problem.message);
    return isKnown ? files : [...files, createBadFinding('server', settings.problem.message, settings.problem.hint)];
  }

  const connection = createConnection(world, settings.value, openTransport, signal);
  const [server, signIn, project] = await Promise.all([
    checkServer(connection),
    checkSignIn(world, connection, signal),
    checkProjectChoice(connection, signal),
  ]);
  // What keeps zentop from signing in keeps it from the project, too: say it once.
  const projectFinding =
    server.every(({isOk}) => isOk) && !signIn.isOk && project.value === signIn.value
      ? createGoodFinding('project', 'skipped: not signed in')
      : project;
  return [...files, ...checkSettings(world, settings.value), ...server, signIn, projectFinding];
};
