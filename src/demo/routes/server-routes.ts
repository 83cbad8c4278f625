import {formatWireTime, serverVersion} from '../entity.js';
import {buildJsonResponse, buildMissingEntityError, buildMissingProjectError} from '../responses.js';
import {buildProjectEntity, buildUserEntity} from '../wire/project.js';
import {buildPageResponse, parsePageRequest} from './pages.js';
import {isHydrated, type Route, type RouteRequest} from './route.js';

const serveInfo = ({world, now, hasAuth}: RouteRequest) =>
  buildJsonResponse({
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
    last_user_activity: formatWireTime(now - 1200),
    pro_dashboard_url: null,
    pro_api_url: null,
    pro_organization_id: null,
    pro_organization_name: null,
    pro_workspace_id: null,
    pro_workspace_name: null,
  });

/** The ID of a project given by name or ID. */
const findProjectId = ({world}: RouteRequest, nameOrId: string): string | undefined =>
  [world.project, world.defaultProject].find(({id, name}) => nameOrId === id || nameOrId === name)?.id;

const serveProject = (request: RouteRequest) => {
  const nameOrId = request.params[0] ?? '';
  const id = findProjectId(request, nameOrId);
  return id === undefined
    ? buildMissingProjectError(nameOrId)
    : buildJsonResponse(buildProjectEntity(request.world, id, isHydrated(request, true)));
};

const serveProjects = (request: RouteRequest) => {
  const {world, query, route} = request;
  const page = parsePageRequest(query, route);
  if ('status' in page) {
    return page;
  }

  const name = query.get('name');
  const projects = [world.defaultProject, world.project].filter(each => name === null || each.name === name);
  const hydrate = isHydrated(request, false);
  return buildPageResponse(projects, page, ({id}) => JSON.stringify(buildProjectEntity(world, id, hydrate)));
};

const serveUser = ({world, params}: RouteRequest) => {
  const id = params[0] ?? '';
  const user = world.script.users.find(({name}) => world.getUserId(name) === id);
  return user === undefined
    ? buildMissingEntityError('user', id)
    : buildJsonResponse(buildUserEntity(world, user.name));
};

export const serverRoutes: readonly Route[] = [
  {method: 'GET', path: '/info', isOpen: true, handle: serveInfo},
  {
    method: 'GET',
    path: '/current-user',
    handle: ({world, user}) => buildJsonResponse(buildUserEntity(world, user)),
  },
  {method: 'GET', path: '/users/{user_id}', handle: serveUser},
  {method: 'GET', path: '/projects', handle: serveProjects},
  {method: 'GET', path: '/projects/{name_or_uuid}', handle: serveProject},
];
