import {type DemoServer, type DemoServerOptions, startDemoServer} from '../support/demo-server.js';

type ReceivedResponse = {readonly status: number; readonly body: unknown; readonly headers: Headers};

/** A demo server whose clock moves only in `goTo`. */
export type ManualClockDemo = {
  readonly server: DemoServer;
  /** Sets the clock to the given number of seconds after the start of the server. */
  readonly goTo: (seconds: number) => void;
  readonly now: () => number;
  /** Sends a request to a path of the API, or outside of it if the path starts with `//`. */
  readonly request: (path: string, init?: RequestInit) => Promise<ReceivedResponse>;
  /** Fetches the body of a response. */
  // biome-ignore lint/suspicious/noExplicitAny: responses have many shapes.
  readonly get: (path: string) => Promise<any>;
};

/** When the clock of a `ManualClockDemo` starts. */
export const zeroAt = Date.UTC(2026, 10, 24, 9, 0, 0);

export const startManualClockDemo = async (
  scenario: DemoServerOptions['scenario'],
  options: Partial<DemoServerOptions> = {},
): Promise<ManualClockDemo> => {
  let now = zeroAt;
  const server = await startDemoServer({...options, scenario, clock: {now: () => now}});
  const request = async (path: string, init?: RequestInit): Promise<ReceivedResponse> => {
    const url = path.startsWith('//') ? server.url + path.slice(1) : `${server.url}/api/v1${path}`;
    const response = await fetch(url, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers};
  };
  return {
    server,
    goTo: seconds => {
      now = zeroAt + seconds * 1000;
    },
    now: () => now,
    request,
    get: async path => (await request(path)).body,
  };
};
