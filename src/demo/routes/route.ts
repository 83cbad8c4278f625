import type {DemoResponse} from '../responses.js';
import type {DemoWorld} from '../world/model.js';

export const apiPrefix = '/api/v1';

/** What a route needs to respond. `params` are the values of the `{…}` parts of its path, in order. */
export type RouteRequest = {
  readonly world: DemoWorld;
  readonly now: number;
  readonly query: URLSearchParams;
  readonly params: readonly string[];
  readonly body: string;
  /** The route as the server names it in errors: `GET /api/v1/runs/{run_id}`. */
  readonly route: string;
  /** Whether the server requires a token. */
  readonly hasAuth: boolean;
  /** The name of the user who sent the request; empty on an open route. */
  readonly user: string;
};

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`. A part named `…_id` must be a UUID. */
  readonly path: string;
  /** Whether it responds without a token. */
  readonly isOpen?: boolean;
  readonly handle: (request: RouteRequest) => DemoResponse;
};

/** The route of a request, with the values of its parameters. */
export type RouteMatch = {readonly route: Route; readonly params: readonly string[]};

export const formatRouteName = ({method, path}: Route): string => `${method} ${apiPrefix}${path}`;

/** Whether the response has metadata: for single entities by default, for lists only on request. */
export const isHydrated = ({query}: Pick<RouteRequest, 'query'>, fallback: boolean): boolean => {
  const text = query.get('hydrate');
  return text === null ? fallback : ['true', '1', 'True'].includes(text);
};

/** The body of a request as JSON; an empty one has no fields. Throws a `SyntaxError` if it is invalid. */
export const parseRequestBody = <T extends object>(body: string): Partial<T> =>
  JSON.parse(body === '' ? '{}' : body) as T;
