import {json, missing, missingProject, plainError} from './answers.js';
import {pageOf, pageRequestFor} from './pages.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';
import {wireTime} from './wire.js';
import {componentEntity, projectEntity, userEntity} from './wire-people.js';

export const serverVersion = '0.98.0';

const info = ({world, now, hasAuth}: RouteRequest) =>
  json({
    id: world.ids.server,
    name: 'demo',
    version: serverVersion,
    active: true,
    debug: false,
    deployment_type: hasAuth ? 'other' : 'local',
    database_type: 'sqlite',
    secrets_store_type: 'sql',
    auth_scheme: hasAuth ? 'OAUTH2_PASSWORD_BEARER' : 'NO_AUTH',
    server_url: '',
    dashboard_url: '',
    analytics_enabled: false,
    metadata: {},
    last_user_activity: wireTime(now - 1200),
    pro_dashboard_url: null,
    pro_api_url: null,
    pro_organization_id: null,
    pro_organization_name: null,
    pro_workspace_id: null,
    pro_workspace_name: null,
  });

/** The id of a project given by name or id, or `undefined`. */
const projectIdFor = ({world}: RouteRequest, nameOrId: string): string | undefined =>
  [world.project, world.defaultProject].find(({id, name}) => nameOrId === id || nameOrId === name)?.id;

const project = (request: RouteRequest) => {
  const nameOrId = request.params[0] ?? '';
  const id = projectIdFor(request, nameOrId);
  return id === undefined
    ? missingProject(nameOrId)
    : json(projectEntity(request.world, id, isHydrated(request, true)));
};

const projects = (request: RouteRequest) => {
  const {world, query, route} = request;
  const page = pageRequestFor(query, route);
  if ('status' in page) {
    return page;
  }
  const name = query.get('name');
  const found = [world.defaultProject, world.project].filter(each => name === null || each.name === name);
  const hydrate = isHydrated(request, false);
  return pageOf(found, page, ({id}) => JSON.stringify(projectEntity(world, id, hydrate)));
};

const component = ({world, params}: RouteRequest) =>
  params[0] === world.ids.artifactStore
    ? json(componentEntity(world))
    : missing(`Unable to get stack component with ID '${params[0]}': No stack component with this ID found`);

const noStreaming = () => plainError(501, 'Live event streaming is not enabled on this server.');

/** The server itself, its projects and its stack. */
export const serverRoutes: readonly Route[] = [
  {method: 'GET', path: '/info', isOpen: true, answer: info},
  {method: 'GET', path: '/version', isOpen: true, answer: () => json(serverVersion)},
  {
    method: 'GET',
    path: '/load-info',
    answer: () => json({threads: 3, db_connections_total: 0, db_connections_active: 0, db_connections_overflow: 0}),
  },
  {method: 'GET', path: '/current-user', answer: ({world, user}) => json(userEntity(world, user))},
  {method: 'GET', path: '/projects', answer: projects},
  {method: 'GET', path: '/projects/{name_or_uuid}', answer: project},
  {method: 'GET', path: '/components/{component_id}', answer: component},
  {method: 'GET', path: '/runs/{run_id}/events/stream', answer: noStreaming},
];
