import * as v from 'valibot';
import type {Instant} from '../domain/instant.js';
import {type Outcome, succeedWith} from './problem.js';
import {createSecret, parseSecretWord, type Secret} from './secret.js';
import {isSameServer} from './server-url.js';
import {getTokenUsableUntil, type Token} from './usable-token.js';
import {readVariable, type World} from './world.js';
import {readYaml} from './yaml-file.js';

/** How ZenML signs in to one server, according to `credentials.yaml`. */
export type StoredLogin = {
  readonly serverUrl: string;
  readonly token: Token | undefined;
  readonly apiKey: Secret | undefined;
  readonly username: string | undefined;
  readonly password: Secret | undefined;
  /** Whether the server is a ZenML Pro workspace, whose tokens are issued for a session with its control plane. */
  readonly isPro: boolean;
  /** The control plane of a workspace; meaningless for other servers. */
  readonly proApiUrl: string;
  /** Whether this is a session with a ZenML Pro control plane, which has no runs. */
  readonly isControlPlane: boolean;
  /** `organization › workspace`, in ZenML Pro. */
  readonly workspaceName: string | undefined;
  /** IDs and names that may denote this server in a dashboard URL. */
  readonly names: readonly string[];
};

const text = v.fallback(v.optional(v.string()), undefined);
const seconds = v.fallback(v.optional(v.number()), undefined);
const time = v.fallback(v.optional(v.union([v.string(), v.date()])), undefined);
const tokenSchema = v.object({access_token: v.string(), expires_at: time, leeway: seconds});
const loginSchema = v.object({
  api_token: v.fallback(v.optional(tokenSchema), undefined),
  api_key: text,
  username: text,
  password: text,
  deployment_type: text,
  pro_api_url: text,
  organization_id: text,
  organization_name: text,
  server_id: text,
  server_name: text,
  workspace_id: text,
  workspace_name: text,
});
const credentialsSchema = v.record(v.string(), v.fallback(v.optional(loginSchema), undefined));

/** Times in ZenML's files usually have a time zone; one without is UTC. */
const parseStoredInstant = (value: string | Date | undefined): Instant | undefined => {
  const word = value instanceof Date ? value.toISOString() : value;
  if (word === undefined) {
    return undefined;
  }

  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(word) ? word : `${word.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : at;
};

const parseStoredToken = (stored: v.InferOutput<typeof tokenSchema> | undefined): Token | undefined => {
  const secret = parseSecretWord(stored?.access_token);
  if (stored === undefined || secret === undefined) {
    return undefined;
  }

  const expiresAt = parseStoredInstant(stored.expires_at);
  return {secret, usableUntil: getTokenUsableUntil(expiresAt, (stored.leeway ?? 0) * 1000)};
};

/**
 * ZenML also writes `pro_api_url` for servers with an API key that are not Pro; one equal to the server's own URL does not mean
 * Pro.
 */
const isProLogin = (serverUrl: string, login: v.InferOutput<typeof loginSchema>): boolean =>
  login.deployment_type === 'cloud' ||
  login.organization_id !== undefined ||
  (login.pro_api_url !== undefined && !isSameServer(login.pro_api_url, serverUrl));

/** A server with an API key may have its own URL as `pro_api_url`, too, but it also has a `server_id`. */
const isControlPlaneLogin = (serverUrl: string, login: v.InferOutput<typeof loginSchema>): boolean =>
  login.pro_api_url !== undefined &&
  isSameServer(login.pro_api_url, serverUrl) &&
  login.server_id === undefined &&
  login.deployment_type === undefined;

const parseStoredLogin = (
  serverUrl: string,
  login: v.InferOutput<typeof loginSchema>,
  defaultProUrl: string,
): StoredLogin => ({
  serverUrl,
  token: parseStoredToken(login.api_token),
  apiKey: parseSecretWord(login.api_key),
  username: login.username,
  password: createSecret(login.password),
  isPro: isProLogin(serverUrl, login),
  proApiUrl: login.pro_api_url ?? defaultProUrl,
  isControlPlane: isControlPlaneLogin(serverUrl, login),
  workspaceName: login.workspace_name && [login.organization_name, login.workspace_name].filter(Boolean).join(' › '),
  names: [login.server_id, login.server_name, login.workspace_id, login.workspace_name].filter(
    name => name !== undefined,
  ),
});

/** Every login in `credentials.yaml`; none if the file does not exist. Invalid entries are skipped. */
export const readCredentialsFile = async (world: World, path: string): Promise<Outcome<readonly StoredLogin[]>> => {
  const file = await readYaml(world, path);
  if (!file.ok) {
    return file;
  }

  const logins = v.parse(credentialsSchema, file.value ?? {});
  const defaultProUrl = readVariable(world, 'ZENML_PRO_API_URL') ?? cloudProApiUrl;
  return succeedWith(
    Object.entries(logins).flatMap(([url, login]) => (login ? [parseStoredLogin(url, login, defaultProUrl)] : [])),
  );
};

/** The control plane of ZenML's own cloud, which ZenML's client assumes by default. */
const cloudProApiUrl = 'https://cloudapi.zenml.io';

/** The session with the control plane that this workspace belongs to. */
export const findControlPlane = (logins: readonly StoredLogin[], {proApiUrl}: StoredLogin): StoredLogin | undefined =>
  logins.find(login => login.isControlPlane && isSameServer(login.serverUrl, proApiUrl));

/** The login for a server: the one stored under exactly this URL, else under another URL of the same server. */
export const findLogin = (logins: readonly StoredLogin[], serverUrl: string): StoredLogin | undefined =>
  logins.find(login => login.serverUrl === serverUrl) ?? logins.find(login => isSameServer(login.serverUrl, serverUrl));
