import {createServer, request} from 'node:http';

/** The clocks behind an address, in milliseconds since the epoch. */
export type Clocks = {
  /** What the `Date` of an answer says that the server wrote at this instant; `nth` counts the answers from 0. */
  readonly dateAt: (at: number, nth: number) => number;
  /** What a row says of when it was written, that was written at this instant in truth. Never earlier by more than a minute. */
  readonly writtenAt: (at: number) => number;
};

type Row = {readonly body?: {updated?: string}};
type Page = {index: number; max_size: number; total_pages: number; total: number; items: Row[]};

/** Rows are fetched from this long before what a delta asks for, as they may be said to have been written later. */
const longestShiftMs = 7_200_000 + 60_000;

const parseTime = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
const formatTime = (at: number): string => new Date(at).toISOString().replace('Z', '');

/** Stands on loopback before the server at `target` and shows it as one with other clocks, filters on `updated` included. */
export const startClockProxy = async (target: string, {dateAt, writtenAt}: Clocks) => {
  const {hostname, port} = new URL(target);
  let nth = -1;
  let bytes = 0;

  const shift = (row: Row): Row => {
    const {updated} = row.body ?? {};
    return updated === undefined
      ? row
      : {...row, body: {...row.body, updated: formatTime(writtenAt(parseTime(updated)))}};
  };

  /** The page as a server would answer whose rows say these times. */
  const rewrite = (page: Page, url: URL): Page => {
    const since = /^gte:(.*)$/.exec(url.searchParams.get('updated') ?? '')?.[1];
    const sort = url.searchParams.get('sort_by');
    const size = Number(url.searchParams.get('size'));
    const updatedOf = ({body}: Row): number => parseTime(body?.updated ?? '');
    const rows = page.items.map(shift).filter(row => since === undefined || updatedOf(row) >= parseTime(since));
    if (sort === 'asc:updated' || sort === 'desc:updated') {
      rows.sort((a, b) => (updatedOf(a) - updatedOf(b)) * (sort === 'asc:updated' ? 1 : -1));
    }

    return {...page, max_size: size, total: rows.length, total_pages: 1, items: rows.slice(0, size)};
  };

  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target);
    const isList = incoming.method === 'GET' && /\/(?:steps|runs)$/.test(url.pathname);
    const passedOn = new URL(url);
    if (isList) {
      const since = /^gte:(.*)$/.exec(url.searchParams.get('updated') ?? '')?.[1];
      passedOn.searchParams.set('size', '1000');
      if (since !== undefined) {
        const from = formatTime(parseTime(since) - longestShiftMs).slice(0, 19);
        passedOn.searchParams.set('updated', `gte:${from.replace('T', ' ')}`);
      }
    }

    const {host: _, ...headers} = incoming.headers;
    const asked = request(
      {hostname, port, method: incoming.method, path: passedOn.pathname + passedOn.search, headers, agent: false},
      answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          nth += 1;
          const text = Buffer.concat(chunks).toString();
          const isRow = /\/steps\/[^/]+$/.test(url.pathname);
          const body =
            answer.statusCode !== 200 || !(isList || isRow)
              ? text
              : JSON.stringify(isList ? rewrite(JSON.parse(text), url) : shift(JSON.parse(text)));
          bytes += Buffer.byteLength(body);
          const date = new Date(dateAt(Date.parse(answer.headers.date ?? ''), nth)).toUTCString();
          outgoing
            .writeHead(answer.statusCode ?? 502, {
              ...answer.headers,
              connection: 'keep-alive',
              date,
              'content-length': String(Buffer.byteLength(body)),
            })
            .end(body);
        });
      },
    );
    asked.on('error', () => outgoing.destroy());
    incoming.pipe(asked);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    /** Of all bodies that were answered. */
    bytes: () => bytes,
    stop: (): Promise<void> =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export type ClockProxy = Awaited<ReturnType<typeof startClockProxy>>;
