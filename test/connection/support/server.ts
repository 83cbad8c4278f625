import {readFileSync} from 'node:fs';
import type {ServerResponse} from 'node:http';
import {createOpenHttpTransport} from '../../../src/connection/open-transport.js';
import type {World} from '../../../src/connection/world.js';
import {type LocalServer, type ReceivedRequest, sendJson, startLocalServer} from '../../support/local-server.js';

type Recorded = {readonly status: number; readonly body: unknown};

const readRecorded = (name: string): Recorded =>
  JSON.parse(readFileSync(`test/fixtures/0.98.0/${name}.json`, 'utf8')) as Recorded;

type RunRow = {
  id: string;
  name: string;
  body: {status: string; in_progress: boolean; project_id: string};
  resources: {pipeline: {name: string}};
};
type ProjectRow = {id: string; name: string};
type PageOf<T> = {items: T[]; total: number; total_pages: number};

const copyValue = <T>(value: unknown): T => structuredClone(value) as T;

export const getRecordedProject = (): ProjectRow => copyValue(readRecorded('project-default').body);
export const getRecordedRuns = (): RunRow[] => copyValue<PageOf<RunRow>>(readRecorded('runs-list').body).items;

export type RecordedServer = LocalServer & {
  /** The requests as `GET path name=value …`, with paths below `/api/v1` and without the parameters for sorting and paging. */
  readonly getRequestLines: () => readonly string[];
  readonly getSignIns: () => readonly URLSearchParams[];
  /** Rejects every token issued so far, as a server does after a restart. */
  readonly forgetTokens: () => void;
};

export type ServerState = {
  /** Whether it accepts only tokens that it has issued, and `acceptedAuthorizations`. */
  readonly requiresSignIn?: boolean;
  /** `Authorization` headers that it accepts besides those with its own tokens. */
  readonly acceptedAuthorizations?: readonly string[];
  readonly key?: string;
  readonly password?: string;
  readonly authScheme?: string;
  readonly expiresInSeconds?: number;
  readonly projects?: readonly ProjectRow[];
  readonly runs?: readonly RunRow[];
  readonly defaultProjectId?: string;
};

const isMatch = (run: RunRow, [name, value]: readonly [string, string]): boolean => {
  const [, operator = 'equals', word = value] = /^(equals|contains|startswith):(.*)$/.exec(value) ?? [];
  const plainId = run.id.replaceAll('-', '');
  switch (name) {
    case 'name':
      return operator === 'contains' ? run.name.includes(word) : run.name === word;
    case 'id':
      return operator === 'startswith' && plainId.startsWith(word);
    case 'pipeline':
      return run.resources.pipeline.name === word;
    case 'in_progress':
      return run.body.in_progress === (word === 'true');
    default:
      return true;
  }
};

/** A ZenML 0.98.0 server of recorded responses, with the endpoints needed to connect and to find a run. */
export const startRecordedServer = async (state: ServerState = {}): Promise<RecordedServer> => {
  const projects = state.projects ?? [getRecordedProject()];
  const runs = state.runs ?? getRecordedRuns();
  const issuedHeaders = new Set<string>();

  const send = (response: ServerResponse, {status, body}: Recorded) => sendJson(response, status, body);

  const signIn = (form: URLSearchParams, response: ServerResponse) => {
    const isKey = form.get('grant_type') === 'zenml-api-key';
    const isRight = form.get('password') === (isKey ? state.key : state.password);
    if (!isRight) {
      send(response, readRecorded(isKey ? 'error-login-bad-apikey' : 'error-login-bad-password'));
      return;
    }

    const login = copyValue<{status: number; body: {access_token: string; expires_in: number | null}}>(
      readRecorded(isKey ? 'login-apikey' : 'login-password'),
    );
    login.body.access_token += `-${issuedHeaders.size + 1}`;
    login.body.expires_in = state.expiresInSeconds ?? null;
    issuedHeaders.add(`Bearer ${login.body.access_token}`);
    send(response, login);
  };

  const listRuns = (query: URLSearchParams, response: ServerResponse) => {
    const project = projects.find(({id, name}) => [id, name].includes(query.get('project') ?? 'default'));
    if (project === undefined) {
      send(response, readRecorded('error-project-404'));
      return;
    }

    const matching = runs.filter(
      run => run.body.project_id === project.id && [...query].every(filter => isMatch(run, filter)),
    );
    const items = matching.slice(0, Number(query.get('size')));
    sendJson(response, 200, {index: 1, max_size: items.length, total_pages: 1, total: matching.length, items});
  };

  const respond = ({method, url, headers, body}: ReceivedRequest, response: ServerResponse): void => {
    const {pathname, searchParams} = new URL(url, 'http://server');
    const path = pathname.replace('/api/v1/', '');
    const isAuthorized =
      !state.requiresSignIn ||
      issuedHeaders.has(headers.authorization ?? '') ||
      (state.acceptedAuthorizations ?? []).includes(headers.authorization ?? '');
    if (path === 'info') {
      const info = copyValue<{status: number; body: Record<string, unknown>}>(readRecorded('info'));
      info.body['auth_scheme'] = state.authScheme ?? (state.requiresSignIn ? 'OAUTH2_PASSWORD_BEARER' : 'NO_AUTH');
      send(response, info);
    } else if (path === 'login' && method === 'POST') {
      signIn(new URLSearchParams(body), response);
    } else if (!isAuthorized) {
      send(
        response,
        readRecorded(headers.authorization === undefined ? 'error-401-no-token' : 'error-401-garbage-jwt'),
      );
    } else if (path === 'current-user') {
      const user = copyValue<{status: number; body: {body: {default_project_id: string | null}}}>(
        readRecorded('current-user'),
      );
      user.body.body.default_project_id = state.defaultProjectId ?? null;
      send(response, user);
    } else if (path === 'projects') {
      sendJson(response, 200, {index: 1, max_size: 20, total_pages: 1, total: projects.length, items: projects});
    } else if (path.startsWith('projects/')) {
      const word = decodeURIComponent(path.slice('projects/'.length));
      const project = projects.find(({id, name}) => [id, name].includes(word));
      project === undefined ? send(response, readRecorded('error-project-404')) : sendJson(response, 200, project);
    } else if (path === 'runs') {
      listRuns(searchParams, response);
    } else if (path.startsWith('runs/')) {
      const run = runs.find(({id}) => path === `runs/${id}`);
      run === undefined ? send(response, readRecorded('error-run-404')) : sendJson(response, 200, run);
    } else {
      send(response, readRecorded('error-route-404'));
    }
  };

  const server = await startLocalServer(respond);
  const ignoredParameters = new Set(['hydrate', 'size', 'sort_by', 'page']);
  return {
    ...server,
    getRequestLines: () =>
      server.seen.map(({method, url}) => {
        const {pathname, searchParams} = new URL(url, 'http://server');
        const parameters = [...searchParams]
          .filter(([name]) => !ignoredParameters.has(name))
          .map(pair => pair.join('='));
        return [`${method} ${pathname.replace('/api/v1/', '')}`, ...parameters].join(' ');
      }),
    getSignIns: () => server.seen.filter(({url}) => url === '/api/v1/login').map(({body}) => new URLSearchParams(body)),
    forgetTokens: () => issuedHeaders.clear(),
  };
};

export const createTransport = (world: World) => createOpenHttpTransport(world, '0.0.0');
export const never = new AbortController().signal;
