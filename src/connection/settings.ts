import type {TlsOptions} from '../api/agents.js';
import {readApiKeyFile} from './api-key-file.js';
import {type Configuration, readConfiguration} from './configuration.js';
import {loginFor} from './credentials-file.js';
import type {Flags} from './flags.js';
import {type Identity, identityFor, type StatedIdentity, statedIdentity} from './identity.js';
import {type Found, settingIfAny, settingOf} from './origin.js';
import {found, type Outcome, unusable} from './problem.js';
import {chooseServer} from './server-choice.js';
import {readTrust} from './trust.js';
import {variable, type World} from './world.js';

/** A project's name or id; `isFirm`: asked for by name, so that no other will do if it does not exist. */
export type WantedProject = Found<string> & {readonly isFirm: boolean};

/** Everything that has to be known to ask a server, and where each part of it was found. */
export type Settings = {
  readonly serverUrl: Found<string>;
  /** `ca` is PEM text. */
  readonly tls: Found<TlsOptions>;
  readonly timeoutMs: Found<number>;
  readonly project: WantedProject | undefined;
  readonly identity: Identity;
  readonly stated: StatedIdentity;
  readonly configuration: Configuration;
};

/** ZenML's own default. */
const defaultTimeoutMs = 30_000;

export const wantedProject = (world: World, flags: Flags, configuration: Configuration): WantedProject | undefined => {
  const firm =
    settingIfAny('flag --project', flags.project?.trim() || undefined) ??
    settingIfAny('ZENML_ACTIVE_PROJECT_ID', variable(world, 'ZENML_ACTIVE_PROJECT_ID'));
  if (firm !== undefined) {
    return {...firm, isFirm: true};
  }

  const {repository, repositoryPath, config, configPath} = configuration;
  const loose =
    settingIfAny(repositoryPath ?? '', repository.ok ? repository.value?.activeProjectId : undefined) ??
    settingIfAny(configPath, config.ok ? config.value?.activeProjectId : undefined);
  return loose && {...loose, isFirm: false};
};

const readTimeoutMs = (wanted: Found<string | number> | undefined): Outcome<Found<number>> => {
  if (wanted === undefined) {
    return found(settingOf('default', defaultTimeoutMs));
  }

  const seconds = Number(wanted.value);
  return seconds > 0 && Number.isFinite(seconds)
    ? found(settingOf(wanted.origin, seconds * 1000))
    : unusable(
        `The HTTP timeout in ${wanted.origin} is “${wanted.value}”, which is no number of seconds.`,
        'Set ZENML_STORE_HTTP_TIMEOUT to a number of seconds, such as 30.',
      );
};

/** Settings out of files that were read before; see `findSettings`. */
export const settingsFrom = async (
  world: World,
  flags: Flags,
  configuration: Configuration,
): Promise<Outcome<Settings>> => {
  for (const file of [configuration.config, configuration.credentials, configuration.repository]) {
    if (!file.ok) {
      return file;
    }
  }

  const server = chooseServer(world, flags, configuration);
  if (!server.ok) {
    return server;
  }

  const {serverUrl, fields} = server.value;
  const timeoutMs = readTimeoutMs(fields.timeoutSeconds);
  if (!timeoutMs.ok) {
    return timeoutMs;
  }

  const [tls, key] = await Promise.all([readTrust(world, fields.verifySsl), readApiKeyFile(world, flags.apiKeyFile)]);
  if (!tls.ok) {
    return tls;
  }

  if (!key.ok) {
    return key;
  }

  const logins = configuration.credentials.ok ? configuration.credentials.value : [];
  const stated = statedIdentity(key.value, fields);
  return found({
    serverUrl,
    tls: tls.value,
    timeoutMs: timeoutMs.value,
    project: wantedProject(world, flags, configuration),
    identity: identityFor(stated, loginFor(logins, serverUrl.value), configuration.credentialsPath ?? ''),
    stated,
    configuration,
  });
};

/**
 * Finds, field by field, how to reach the server: flags, then `ZENML_STORE_*` and `ZENML_ACTIVE_PROJECT_ID`, then the
 * repository's `.zen/config.yaml`, then ZenML's `config.yaml` and `credentials.yaml`. Reads files, asks no server.
 */
export const findSettings = async (world: World, flags: Flags): Promise<Outcome<Settings>> =>
  settingsFrom(world, flags, await readConfiguration(world));
