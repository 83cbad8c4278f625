import {type DemoServer, type DemoServerOptions, startDemoServer} from '../../src/demo/server.js';

export type Reply = {readonly status: number; readonly body: unknown; readonly headers: Headers};

/** A demo server whose clock only moves when told. */
export type HeldDemo = {
  readonly server: DemoServer;
  /** Sets the clock to this many seconds after the start of the server. */
  readonly goTo: (seconds: number) => void;
  readonly now: () => number;
  readonly ask: (path: string, init?: RequestInit) => Promise<Reply>;
  /** The body of an answer, as whatever the test takes it for. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape.
  readonly get: (path: string) => Promise<any>;
};

export const zeroAt = Date.UTC(2026, 10, 24, 9, 0, 0);

export const startHeldDemo = async (
  scenario: DemoServerOptions['scenario'],
  options: Partial<DemoServerOptions> = {},
): Promise<HeldDemo> => {
  let now = zeroAt;
  const server = await startDemoServer({...options, scenario, clock: {now: () => now}});
  const ask = async (path: string, init?: RequestInit): Promise<Reply> => {
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
    ask,
    get: async path => (await ask(path)).body,
  };
};
