import {randomUUID} from 'node:crypto';
import {type LocalServer, type ReceivedRequest, sendJson, startLocalServer} from '../../support/local-server.js';
import type {Environment} from './child.js';

const organization = {id: randomUUID(), name: 'acme', created: '2026-01-01T00:00:00Z', updated: '2026-01-01T00:00:00Z'};

/** The user's API key. */
export const proKey = 'ZENPROKEY_YWJjZGVm';
/** The token that the user gets for the API key or from a device. */
const userToken = 'user-of-the-control-plane';

type Workspace = {readonly id: string; readonly name: string; url: string};

export type ControlPlane = {
  readonly url: string;
  readonly seen: readonly ReceivedRequest[];
  /** Registers a workspace; returns the environment for its ZenML server. */
  readonly addWorkspace: (name: string) => Environment;
  /** Sets the URL at which the server of a workspace has been started. */
  readonly setUrl: (name: string, url: string) => void;
  readonly close: () => Promise<void>;
};

/**
 * Starts the control plane of ZenML Pro in miniature, on loopback: what ZenML's client needs to sign in with an API key or a
 * device and to find workspaces, and what the servers of the workspaces need to recognize the user, who has every permission.
 */
export const startControlPlane = async (): Promise<ControlPlane> => {
  const workspaces: Workspace[] = [];
  const user = {id: randomUUID(), username: 'ada', name: 'Ada', email: 'ada@example.com'};

  const describe = ({id, name, url}: Workspace) => ({
    id,
    name,
    organization,
    desired_state: 'available',
    state_reason: '',
    status: 'available',
    zenml_service: {configuration: {version: '0.98.0'}, status: {server_url: url}},
  });

  const buildTokens = (body: string, authorization: string | undefined) => {
    const form = new URLSearchParams(body);
    const grant = form.get('grant_type');
    if (grant === 'client_credentials') {
      return {access_token: 'token-of-a-workspace', token_type: 'bearer', expires_in: 3600};
    }

    const isDevice = grant === 'urn:ietf:params:oauth:grant-type:device_code';
    const isKey = form.get('password') === proKey && authorization === `Bearer ${proKey}`;
    return isDevice || isKey
      ? {
          access_token: userToken,
          token_type: 'bearer',
          expires_in: 3600,
          ...(isDevice ? {device_id: randomUUID(), device_metadata: {tenant_id: workspaces[0]?.id}} : {}),
        }
      : undefined;
  };

  /** The body of the response to a request; `undefined` if the user is not signed in. */
  const buildResponse = ({method, url, headers, body}: ReceivedRequest): unknown => {
    const {pathname, searchParams} = new URL(url, 'http://plane');
    const isUser = headers.authorization === `Bearer ${userToken}`;
    switch (pathname) {
      case '/auth/device_authorization':
        return {device_code: 'd', user_code: 'u', verification_uri: '/devices', expires_in: 60, interval: 1};
      case '/auth/login':
        return buildTokens(body, headers.authorization);
      case '/users/authorize_server':
        return isUser ? user : undefined;
      case '/workspaces':
        return workspaces
          .filter(
            ({name, url: at}) =>
              [name, null].includes(searchParams.get('workspace_name')) && [at, null].includes(searchParams.get('url')),
          )
          .map(describe);
      case '/rbac/check_permissions':
        return Object.fromEntries((JSON.parse(body) as string[]).map(resource => [resource, true]));
      case '/rbac/allowed_resource_ids':
        return {full_access: true, ids: []};
      default: {
        const found = workspaces.find(({id}) => pathname === `/workspaces/${id}`);
        return found === undefined || method !== 'GET' ? {} : describe(found);
      }
    }
  };

  const server: LocalServer = await startLocalServer((request, response) => {
    const body = buildResponse(request);
    sendJson(response, body === undefined ? 401 : 200, body ?? {detail: 'Unauthorized'});
  });
  return {
    url: server.url,
    seen: server.seen,
    addWorkspace: name => {
      const id = randomUUID();
      workspaces.push({id, name, url: ''});
      return {
        ZENML_SERVER_DEPLOYMENT_TYPE: 'cloud',
        ZENML_SERVER_PRO_API_URL: server.url,
        ZENML_SERVER_PRO_DASHBOARD_URL: 'https://dashboard.example.com',
        ZENML_SERVER_PRO_OAUTH2_CLIENT_SECRET: 'secret',
        ZENML_SERVER_PRO_OAUTH2_AUDIENCE: server.url,
        ZENML_SERVER_PRO_ORGANIZATION_ID: organization.id,
        ZENML_SERVER_PRO_ORGANIZATION_NAME: organization.name,
        ZENML_SERVER_PRO_WORKSPACE_ID: id,
        ZENML_SERVER_PRO_WORKSPACE_NAME: name,
      };
    },
    setUrl: (name, url) => {
      for (const workspace of workspaces.filter(each => each.name === name)) {
        workspace.url = url;
      }
    },
    close: server.close,
  };
};
