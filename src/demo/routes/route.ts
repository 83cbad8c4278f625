import type {DemoReply} from '../replies.js';
import type {DemoWorld} from '../world/world.js';

/** Where the API lives. */
export const apiPrefix = '/api/v1';

/** What a route needs to answer. `params` are the `{…}` parts of its path, in order. */
export type RouteRequest = {
  readonly world: DemoWorld;
  readonly now: number;
  readonly query: URLSearchParams;
  readonly params: readonly string[];
  readonly body: string;
  /** The route as the server names it in its refusals: `GET /api/v1/runs/{run_id}`. */
  readonly route: string;
  readonly hasAuth: boolean;
  readonly user: string;
};

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`. A part named `…_id` must be a UUID. */
  readonly path: string;
  readonly isOpen?: boolean;
  readonly answer: (request: RouteRequest) => DemoReply;
};

/** A route that fits a request, with the parts of the path that stand for something. */
export type RouteMatch = {readonly route: Route; readonly params: readonly string[]};

export const formatRouteName = ({method, path}: Route): string => `${method} ${apiPrefix}${path}`;

/** Whether metadata is asked for; single answers have it unless told, lists only if told. */
export const isHydrated = ({query}: Pick<RouteRequest, 'query'>, fallback: boolean): boolean => {
  const text = query.get('hydrate');
  return text === null ? fallback : ['true', '1', 'True'].includes(text);
};
