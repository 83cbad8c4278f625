import type {Interference} from '../support/demo-server.js';

export type Accident = {
  readonly name: string;
  /** What replaces the response, or `undefined` for the real one. `nth` counts the requests from 0. */
  readonly respond: (nth: number) => Interference | undefined;
  /** How the header must describe the failure; `undefined` if the data must stay live. */
  readonly expected: RegExp | undefined;
  readonly hasRetryAfter?: boolean;
};

const html = '<!doctype html><title>502 Bad Gateway</title>';
const createPage = (status: number, body: string): Interference => ({
  kind: 'response',
  status,
  body,
  headers: {'content-type': 'text/html'},
});
export const createRefusal = (status: number, headers = {}): Interference => ({
  kind: 'response',
  status,
  body: {detail: ['RuntimeError', 'something is wrong']},
  headers,
});

/** What a failing server, or a proxy in front of it, may send instead of the response. */
export const accidents: readonly Accident[] = [
  {name: 'error 500', respond: () => createRefusal(500), expected: /500/},
  {name: 'error 502 with a page of HTML', respond: () => createPage(502, html), expected: /502/},
  {name: 'error 503', respond: () => createRefusal(503), expected: /503/},
  {name: 'error 429 without Retry-After', respond: () => createRefusal(429), expected: /too many requests/},
  {
    name: 'error 429 with Retry-After',
    respond: () => createRefusal(429, {'retry-after': '7'}),
    expected: /too many requests/,
    hasRetryAfter: true,
  },
  {
    name: 'error 503 with Retry-After',
    respond: () => createRefusal(503, {'retry-after': '5'}),
    expected: /503/,
    hasRetryAfter: true,
  },
  {
    name: 'a burst of 401s',
    respond: () => ({kind: 'response', status: 401, body: {detail: ['CredentialsNotValid', 'Authentication error']}}),
    expected: /signed out/,
  },
  {name: 'error 403', respond: () => createRefusal(403), expected: /not allowed/},
  {
    name: 'a login page in place of the API',
    respond: () => createPage(200, '<html>Sign in</html>'),
    expected: /got a web page/,
  },
  {
    name: 'connections that are cut',
    respond: () => ({kind: 'drop'}),
    expected: /connection reset/,
  },
  {
    name: 'meaningless responses',
    respond: () => ({kind: 'response', status: 200, body: {items: 'none', nodes: 3, body: []}}),
    expected: /unexpected response/,
  },
  {
    name: 'error 502 for every second request',
    respond: nth => (nth % 2 === 0 ? createRefusal(502) : undefined),
    expected: undefined,
  },
];
