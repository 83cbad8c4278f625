import type {Interference} from '../support/demo-server.js';

export type Accident = {
  readonly name: string;
  /** What replaces the response, or `undefined` for the real one. `nth` counts the requests from 0. */
  readonly respond: (nth: number) => Interference | undefined;
  /** What the header must show during the accident. */
  readonly expected: RegExp;
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

/** What a failing server may return instead of what was requested. */
export const accidents: readonly Accident[] = [
  {name: 'error 500', respond: () => createRefusal(500), expected: /500/},
  {name: 'error 502 with a page of HTML', respond: () => createPage(502, html), expected: /502/},
  {name: 'error 503', respond: () => createRefusal(503), expected: /503/},
  {name: 'error 429 without Retry-After', respond: () => createRefusal(429), expected: /429|busy|too many/i},
  {
    name: 'error 429 with Retry-After',
    respond: () => createRefusal(429, {'retry-after': '7'}),
    expected: /429|busy|too many/i,
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
    expected: /signed/,
  },
  {name: 'error 403', respond: () => createRefusal(403), expected: /allowed|forbidden|may not/i},
  {
    name: 'a login page in place of the API',
    respond: () => createPage(200, '<html>Sign in</html>'),
    expected: /web page|not ZenML|ZenML/i,
  },
  {
    name: 'connections that are cut',
    respond: () => ({kind: 'drop'}),
    expected: /reset|closed|broke|hung|cut|connection/i,
  },
  {
    name: 'meaningless responses',
    respond: () => ({kind: 'response', status: 200, body: {items: 'none', nodes: 3, body: []}}),
    expected: /unexpected response/,
  },
  {
    name: 'every second response an error 502',
    respond: nth => (nth % 2 === 0 ? createRefusal(502) : undefined),
    expected: /./,
  },
];
