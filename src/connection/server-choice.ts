import type {Configuration} from './configuration.js';
import {findLogin, type StoredLogin} from './credentials-file.js';
import type {Flags} from './flags.js';
import {failWithServerError, failWithUsageError, type Outcome, succeedWith} from './problem.js';
import type {RunUrl} from './run-reference.js';
import {isSameServer, maskUrl, parseServerUrl} from './server-url.js';
import {createSourced, type Sourced} from './sourced.js';
import {readEnvironmentFields, removeLogin, type StoreFields} from './store-fields.js';
import type {World} from './world.js';

/** The server to watch, and the store's fields that apply to it. */
type ServerChoice = {
  readonly serverUrl: Sourced<string>;
  readonly fields: StoreFields;
  /** Whether another server is configured, to which the active project belongs. */
  readonly isAnotherServerConfigured: boolean;
};

const mergeFields = (below: StoreFields, above: StoreFields): StoreFields => ({
  type: above.type ?? below.type,
  url: above.url ?? below.url,
  verifySsl: above.verifySsl ?? below.verifySsl,
  timeoutSeconds: above.timeoutSeconds ?? below.timeoutSeconds,
  apiKey: above.apiKey ?? below.apiKey,
  apiToken: above.apiToken ?? below.apiToken,
  username: above.username ?? below.username,
  password: above.password ?? below.password,
});

/** A URL or type in the environment replaces the whole store of the file; otherwise individual variables override its fields. */
const getConfiguredFields = (variables: StoreFields, file: StoreFields | undefined): StoreFields =>
  variables.url !== undefined || variables.type !== undefined || file === undefined
    ? variables
    : mergeFields(file, variables);

/**
 * Fields for a server that is not the configured one: a key, token or password set for another server is never sent to it. One in
 * the environment is for the server whose URL is configured, even if that URL is in the file.
 */
const getFieldsForUnconfiguredServer = (variables: StoreFields, configuredFields: StoreFields): StoreFields =>
  variables.url !== undefined || parseServerUrl(configuredFields.url?.value ?? '').ok
    ? removeLogin(variables)
    : variables;

const setupHint = 'Run `zenml login URL`, pass --server URL, or try `zentop demo`.';

const isDatabaseStore = (fields: StoreFields): boolean =>
  fields.type?.value.toLowerCase() === 'sql' || /^(?:sqlite|mysql|mariadb)/i.test(fields.url?.value ?? '');

/** The stored login that a run's dashboard URL belongs to, if there is one. */
const findLoginForRunUrl = (logins: readonly StoredLogin[], url: RunUrl): StoredLogin | undefined =>
  url.workspace === undefined
    ? findLogin(logins, url.dashboardUrl)
    : logins.find(login => login.isPro && login.names.includes(url.workspace ?? ''));

/** Where the server's URL is from if the run was given as a URL. */
export const runUrlOrigin = 'the run URL';

const describeConfig = ({config, isConfigEmpty}: Configuration): string =>
  isConfigEmpty ? 'is empty' : config.ok && config.value !== undefined ? 'has no server URL' : 'not found';

const chooseConfiguredServer = (fields: StoreFields, configuration: Configuration): Outcome<ServerChoice> => {
  const where = fields.type?.origin ?? fields.url?.origin ?? configuration.configPath;
  if (isDatabaseStore(fields)) {
    return failWithServerError(
      `ZenML uses a local database (${where}), so there is no server to watch.`,
      'Start one with `zenml login --local`, connect with `zenml login URL`, or try `zentop demo`.',
    );
  }

  if (fields.url === undefined) {
    const what =
      fields.type === undefined
        ? `No ZenML server configured (${configuration.configPath} ${describeConfig(configuration)}).`
        : `No server URL in ${where}.`;
    return failWithServerError(what, setupHint);
  }

  const parsed = parseServerUrl(fields.url.value);
  return parsed.ok
    ? succeedWith({serverUrl: createSourced(fields.url.origin, parsed.url), fields, isAnotherServerConfigured: false})
    : failWithServerError(
        `Invalid server URL “${maskUrl(fields.url.value)}” in ${fields.url.origin}: ${parsed.reason}.`,
        parsed.hint,
      );
};

const chooseServerByUrl = (
  serverUrl: Sourced<string>,
  variables: StoreFields,
  configuredFields: StoreFields,
): ServerChoice => {
  const isConfigured = isSameServer(serverUrl.value, configuredFields.url?.value ?? '');
  return {
    serverUrl,
    fields: isConfigured ? configuredFields : getFieldsForUnconfiguredServer(variables, configuredFields),
    isAnotherServerConfigured: !isConfigured && configuredFields.url !== undefined,
  };
};

/**
 * Which server to use: `--server`; else the one in the run's URL, if `zenml login` knows it; else the configured one; and if
 * none that can be used is configured, the one in the run's URL after all, unless that is of ZenML Pro.
 */
export const chooseServer = (world: World, flags: Flags, configuration: Configuration): Outcome<ServerChoice> => {
  const variables = readEnvironmentFields(world);
  const file = configuration.config.ok ? configuration.config.value?.store : undefined;
  const configuredFields = getConfiguredFields(variables, file);
  if (flags.server !== undefined) {
    const parsed = parseServerUrl(flags.server);
    return parsed.ok
      ? succeedWith(chooseServerByUrl(createSourced('--server', parsed.url), variables, configuredFields))
      : failWithUsageError(`Invalid --server “${maskUrl(flags.server.trim())}”: ${parsed.reason}.`, parsed.hint);
  }

  const logins = configuration.credentials.ok ? configuration.credentials.value : [];
  const login = flags.runUrl && findLoginForRunUrl(logins, flags.runUrl);
  const known = login && parseServerUrl(login.serverUrl);
  if (known?.ok) {
    return succeedWith(chooseServerByUrl(createSourced(runUrlOrigin, known.url), variables, configuredFields));
  }

  const choice = chooseConfiguredServer(configuredFields, configuration);
  return !choice.ok && flags.runUrl !== undefined && flags.runUrl.workspace === undefined
    ? succeedWith({
        serverUrl: createSourced(runUrlOrigin, flags.runUrl.dashboardUrl),
        fields: getFieldsForUnconfiguredServer(variables, configuredFields),
        isAnotherServerConfigured: false,
      })
    : choice;
};
