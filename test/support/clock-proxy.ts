import {createServer, request} from 'node:http';

/** The clocks behind an address, in milliseconds since the epoch. */
export type Clocks = {
  /** The `Date` header of a response sent at this instant. `nth` counts the responses from 0. */
  readonly getDate: (at: number, nth: number) => number;
  /** The `updated` that a row written at this instant gets; at most two hours later. */
  readonly getWrittenAt: (at: number) => number;
};

type Row = {readonly body?: {updated?: string}};
type Page = {index: number; max_size: number; total_pages: number; total: number; items: Row[]};

/** How much further back rows are fetched than a delta requests, because their `updated` may be shifted to a later time. */
const maxShiftMs = 7_200_000 + 60_000;

const parseTime = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const formatTime = (at: number): string => new Date(at).toISOString().replace('Z', '');

/** A proxy on loopback that makes the server at `target` look as if it had other clocks, even in filters on `updated`. */
export const startClockProxy = async (target: string, {getDate, getWrittenAt}: Clocks) => {
  const {hostname, port} = new URL(target);
  let nth = -1;
  let bytes = 0;

  const shift = (row: Row): Row => {
    const {updated} = row.body ?? {};
    return updated === undefined
      ? row
      : {...row, body: {...row.body, updated: formatTime(getWrittenAt(parseTime(updated)))}};
  };

  /** Shifts, filters and sorts a page as a server with these clocks would. */
  const rewrite = (page: Page, url: URL): Page => {
    const since = /^gte:(.*)$/.exec(url.searchParams.get('updated') ?? '')?.[1];
    const sort = url.searchParams.get('sort_by');
    const size = Number(url.searchParams.get('size'));
    const getUpdatedAt = ({body}: Row): number => parseTime(body?.updated ?? '');
    const rows = page.items.map(shift).filter(row => since === undefined || getUpdatedAt(row) >= parseTime(since));
    if (sort === 'asc:updated' || sort === 'desc:updated') {
      rows.sort((a, b) => (getUpdatedAt(a) - getUpdatedAt(b)) * (sort === 'asc:updated' ? 1 : -1));
    }

    return {...page, max_size: size, total: rows.length, total_pages: 1, items: rows.slice(0, size)};
  };

  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target);
    const isList = incoming.method === 'GET' && /\/(?:steps|runs)$/.test(url.pathname);
    const forwardedUrl = new URL(url);
    if (isList) {
      const since = /^gte:(.*)$/.exec(url.searchParams.get('updated') ?? '')?.[1];
      forwardedUrl.searchParams.set('size', '1000');
      if (since !== undefined) {
        const from = formatTime(parseTime(since) - maxShiftMs).slice(0, 19);
        forwardedUrl.searchParams.set('updated', `gte:${from.replace('T', ' ')}`);
      }
    }

    const {host: _, ...headers} = incoming.headers;
    const forwarded = request(
      {
        hostname,
        port,
        method: incoming.method,
        path: forwardedUrl.pathname + forwardedUrl.search,
        headers,
        agent: false,
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          nth += 1;
          const text = Buffer.concat(chunks).toString();
          const isRow = /\/steps\/[^/]+$/.test(url.pathname);
          const body =
            response.statusCode !== 200 || !(isList || isRow)
              ? text
              : JSON.stringify(isList ? rewrite(JSON.parse(text), url) : shift(JSON.parse(text)));
          bytes += Buffer.byteLength(body);
          const date = new Date(getDate(Date.parse(response.headers.date ?? ''), nth)).toUTCString();
          outgoing
            .writeHead(response.statusCode ?? 502, {
              ...response.headers,
              connection: 'keep-alive',
              date,
              'content-length': String(Buffer.byteLength(body)),
            })
            .end(body);
        });
      },
    );
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    /** The size of all bodies so far, in bytes. */
    countBytes: () => bytes,
    stop: (): Promise<void> =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export type ClockProxy = Awaited<ReturnType<typeof startClockProxy>>;
