import {type Answer, notAllowed, notFound, plainText} from './answers.js';
import {type Matched, prefix, type Route} from './route.js';
import {entityRoutes} from './routes-entities.js';
import {runRoutes} from './routes-runs.js';
import {serverRoutes} from './routes-server.js';
import {stepRoutes} from './routes-steps.js';

const routes: readonly Route[] = [...serverRoutes, ...runRoutes, ...stepRoutes, ...entityRoutes];

const match = (route: Route, parts: readonly string[]): readonly string[] | undefined => {
  const wanted = route.path.split('/');
  if (wanted.length !== parts.length) {
    return undefined;
  }
  const params: string[] = [];
  for (const [index, part] of wanted.entries()) {
    const given = parts[index] ?? '';
    if (part.startsWith('{')) {
      params.push(given);
    } else if (part !== given) {
      return undefined;
    }
  }
  return params;
};

/** The route of a request, or the answer to a request that has none. Outside of the API the dashboard answers everything. */
export const routeFor = (method: string, pathname: string): Matched | Answer => {
  if (method === 'GET' && (pathname === '/health' || pathname === '/ready')) {
    return plainText('ok');
  }
  if (!pathname.startsWith('/api/')) {
    return method === 'GET' ? {...dashboard} : notAllowed;
  }
  const parts = pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length).split('/') : [];
  for (const route of routes) {
    const params = route.method === method ? match(route, parts.map(decodeURIComponent)) : undefined;
    if (params) {
      return {route, params};
    }
  }
  return method === 'GET' ? notFound : notAllowed;
};

const dashboard: Answer = {
  status: 200,
  text: '<!doctype html><html lang="en"><head><title>ZenML Dashboard</title></head><body><div id="root"></div></body></html>',
  contentType: 'text/html; charset=utf-8',
};
