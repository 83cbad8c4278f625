import {type DemoResponse, notAllowedResponse, notFoundResponse} from '../responses.js';
import {entityRoutes} from './entity-routes.js';
import {apiPrefix, type Route, type RouteMatch} from './route.js';
import {runRoutes} from './run-routes.js';
import {serverRoutes} from './server-routes.js';
import {stepRoutes} from './step-routes.js';
import {waitRoutes} from './wait-routes.js';

const allRoutes: readonly Route[] = [...serverRoutes, ...runRoutes, ...stepRoutes, ...entityRoutes, ...waitRoutes];

const matchRoute = (route: Route, parts: readonly string[]): readonly string[] | undefined => {
  const pattern = route.path.split('/');
  if (pattern.length !== parts.length) {
    return undefined;
  }

  const params: string[] = [];
  for (const [index, part] of pattern.entries()) {
    const value = parts[index] ?? '';
    if (part.startsWith('{')) {
      params.push(value);
    } else if (part !== value) {
      return undefined;
    }
  }

  return params;
};

/** The route of a request, or the response if there is none. Every path outside the API is a page of the dashboard. */
export const findRoute = (method: string, pathname: string): RouteMatch | DemoResponse => {
  if (!pathname.startsWith('/api/')) {
    return method === 'GET' ? dashboardResponse : notAllowedResponse;
  }

  const parts = pathname.startsWith(`${apiPrefix}/`) ? pathname.slice(apiPrefix.length).split('/') : [];
  for (const route of allRoutes) {
    const params = route.method === method ? matchRoute(route, parts.map(decodeURIComponent)) : undefined;
    if (params) {
      return {route, params};
    }
  }

  return method === 'GET' ? notFoundResponse : notAllowedResponse;
};

const dashboardResponse: DemoResponse = {
  status: 200,
  text: '<!doctype html><html lang="en"><head><title>ZenML Dashboard</title></head><body><div id="root"></div></body></html>',
  contentType: 'text/html; charset=utf-8',
};
