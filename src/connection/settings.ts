import type {TlsOptions} from '../api/agents.js';
import type {ConnectionArguments} from '../domain/zentop-command.js';
import {readApiKeyFile} from './api-key-file.js';
import {checkProxy} from './check-proxy.js';
import {type Configuration, readConfiguration} from './configuration.js';
import {getConnectionArguments} from './connection-arguments.js';
import type {Flags} from './flags.js';
import {type ExplicitIdentity, getExplicitIdentity, type Identity, mergeIdentity} from './identity.js';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import {chooseServer, runUrlOrigin} from './server-choice.js';
import {createSourced, createSourcedIfSet, type Sourced} from './sourced.js';
import {readTlsOptions} from './trust.js';
import {readVariable, type World} from './world.js';

/** A project's name or ID. `isExplicit`: the user named it, so no other project replaces one that does not exist. */
export type WantedProject = Sourced<string> & {readonly isExplicit: boolean};

/** Everything needed to connect to a server, each part with its origin. */
export type ConnectionSettings = {
  readonly serverUrl: Sourced<string>;
  readonly tls: Sourced<TlsOptions>;
  readonly timeoutMs: Sourced<number>;
  readonly project: WantedProject | undefined;
  readonly identity: Identity;
  readonly explicitIdentity: ExplicitIdentity;
  readonly configuration: Configuration;
  readonly connectionArguments: ConnectionArguments;
};

/** The default of ZenML's own client. */
const defaultTimeoutMs = 30_000;

/** The flag, or the active project, which belongs to the configured server. */
const findWantedProject = (
  world: World,
  flags: Flags,
  configuration: Configuration,
  isAnotherServerConfigured: boolean,
): WantedProject | undefined => {
  const flag = createSourcedIfSet('--project', flags.project?.trim() || undefined);
  if (flag === undefined && isAnotherServerConfigured) {
    return undefined;
  }

  const explicitProject =
    flag ?? createSourcedIfSet('ZENML_ACTIVE_PROJECT_ID', readVariable(world, 'ZENML_ACTIVE_PROJECT_ID'));
  if (explicitProject !== undefined) {
    return {...explicitProject, isExplicit: true};
  }

  const {repository, repositoryPath, config, configPath} = configuration;
  const activeProject =
    createSourcedIfSet(repositoryPath ?? '', repository.ok ? repository.value?.activeProjectId : undefined) ??
    createSourcedIfSet(configPath, config.ok ? config.value?.activeProjectId : undefined);
  return activeProject && {...activeProject, isExplicit: false};
};

const readTimeoutMs = (wanted: Sourced<string | number> | undefined): Outcome<Sourced<number>> => {
  if (wanted === undefined) {
    return succeedWith(createSourced('default', defaultTimeoutMs));
  }

  const seconds = Number(wanted.value);
  return seconds > 0 && Number.isFinite(seconds)
    ? succeedWith(createSourced(wanted.origin, seconds * 1000))
    : failWithServerError(
        `Invalid HTTP timeout “${wanted.value}” in ${wanted.origin}: expected a number of seconds.`,
        'For example: ZENML_STORE_HTTP_TIMEOUT=30.',
      );
};

/** Builds the settings from files that have been read already; see `readConnectionSettings`. */
export const buildConnectionSettings = async (
  world: World,
  flags: Flags,
  configuration: Configuration,
): Promise<Outcome<ConnectionSettings>> => {
  for (const file of [configuration.config, configuration.credentials, configuration.repository]) {
    if (!file.ok) {
      return file;
    }
  }

  const choice = chooseServer(world, flags, configuration);
  if (!choice.ok) {
    return choice;
  }

  const {serverUrl, fields, isAnotherServerConfigured} = choice.value;
  const timeoutMs = readTimeoutMs(fields.timeoutSeconds);
  if (!timeoutMs.ok) {
    return timeoutMs;
  }

  const proxy = checkProxy(world, serverUrl.value);
  if (!proxy.ok) {
    return proxy;
  }

  const [tls, key] = await Promise.all([
    readTlsOptions(world, fields.verifySsl),
    readApiKeyFile(world, flags.apiKeyFile),
  ]);
  if (!tls.ok) {
    return tls;
  }

  if (!key.ok) {
    return key;
  }

  const logins = configuration.credentials.ok ? configuration.credentials.value : [];
  const explicitIdentity = getExplicitIdentity(key.value, fields);
  const server = flags.server ?? (serverUrl.origin === runUrlOrigin ? serverUrl.value : undefined);
  return succeedWith({
    serverUrl,
    tls: tls.value,
    timeoutMs: timeoutMs.value,
    project: findWantedProject(world, flags, configuration, isAnotherServerConfigured),
    identity: mergeIdentity(explicitIdentity, logins, {
      serverUrl: serverUrl.value,
      credentialsPath: configuration.credentialsPath ?? '',
    }),
    explicitIdentity,
    configuration,
    connectionArguments: getConnectionArguments(world, {...flags, server}),
  });
};

/**
 * Finds, field by field, how to reach the server: flags, then `ZENML_STORE_*` and `ZENML_ACTIVE_PROJECT_ID`, then the
 * repository's `.zen/config.yaml`, then ZenML's `config.yaml` and `credentials.yaml`. Reads files, sends no request.
 */
export const readConnectionSettings = async (world: World, flags: Flags): Promise<Outcome<ConnectionSettings>> =>
  buildConnectionSettings(world, flags, await readConfiguration(world));
