import {
  decodeCount,
  decodeList,
  decodeNumber,
  decodeRecord,
  decodeText,
  isRecord,
  type Wire,
} from '../api/decode/wire.js';
import {connectionFaults, type Failure} from '../domain/failure.js';
import {type RunId, toRunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Exchange, RecordedBody, RecordedRequest} from './exchange.js';
import {defaultContentType, type RecordingEnd, wholeBody} from './recording-format.js';

type RecordedContent = {
  readonly runId: RunId | undefined;
  readonly exchanges: readonly Exchange<RecordedBody>[];
  readonly endAt: Instant;
  readonly end: RecordingEnd | undefined;
};

type LineReader = {
  /** False if the line is malformed or refers to something that was not written. Lines of an unknown kind are ignored. */
  readonly readLine: (line: Wire) => boolean;
  /** Everything that was read, in the order of the responses. */
  readonly getContent: () => RecordedContent;
  /** How many list elements the bodies read so far have in total. */
  readonly countElements: () => number;
};

const decodeRecordedRequest = (line: Wire): RecordedRequest | undefined => {
  const {method} = line;
  const path = decodeText(line['path']);
  const query = decodeList(line['query']).flatMap(pair => {
    const [name, value] = decodeList(pair);
    return typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : [];
  });
  return (method === 'GET' || method === 'POST' || method === 'PUT') && path !== undefined
    ? {method, path, query}
    : undefined;
};

/** A failure of the transport. An unknown kind is read as `unreachable`, and an unknown fault is ignored. */
const decodeRecordedFailure = (value: unknown): Failure => {
  const line = decodeRecord(value);
  const host = decodeText(line['host']) ?? 'the server';
  const reason = decodeText(line['reason']) ?? '';
  const proxy = decodeText(line['proxy']);
  switch (line['kind']) {
    case 'timed-out':
      return {kind: 'timed-out', afterMs: decodeNumber(line['afterMs']) ?? 0};

    case 'untrusted':
      return {kind: 'untrusted', host, reason};

    case 'proxy-refused':
      return {
        kind: 'proxy-refused',
        proxy,
        status: decodeNumber(line['status']) ?? 0,
        isLoginSent: line['isLoginSent'] === true,
      };

    case 'too-large':
      return {kind: 'too-large', limitBytes: decodeNumber(line['limitBytes']) ?? 0};

    default: {
      const requestCount = decodeCount(line['requestCount']);
      const fault = connectionFaults.find(each => each === line['fault']);
      return {
        kind: 'unreachable',
        host,
        reason,
        ...(requestCount === undefined ? {} : {requestCount}),
        ...(fault === undefined ? {} : {fault}),
        ...(proxy === undefined ? {} : {proxy}),
      };
    }
  }
};

const decodeHeaders = (line: Wire): Readonly<Record<string, string>> => {
  const {headers} = line;
  const others = isRecord(headers)
    ? Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
    : [];
  return {...Object.fromEntries(others), 'content-type': decodeText(line['type']) ?? defaultContentType};
};

const findParts = (ranges: unknown, parts: readonly unknown[]): readonly unknown[] | undefined => {
  const found: unknown[] = [];
  for (const range of decodeList(ranges)) {
    const [first, count] = decodeList(range);
    if (typeof first !== 'number' || typeof count !== 'number' || first < 0 || first + count > parts.length) {
      return undefined;
    }

    // Not `push(...)`: a log can have more entries than a call can have arguments.
    for (let index = first; index < first + count; index++) {
      found.push(parts[index]);
    }
  }

  return found;
};

/** How many elements the ranges of a body refer to. */
const countListedElements = (lists: unknown): number =>
  isRecord(lists)
    ? Object.values(lists)
        .flatMap(decodeList)
        .reduce<number>((sum, range) => sum + (decodeNumber(decodeList(range)[1]) ?? 0), 0)
    : 0;

const decodeRecordedBody = (line: Wire, parts: readonly unknown[]): RecordedBody | undefined => {
  const text = decodeText(line['text']);
  if (text !== undefined) {
    return {kind: 'text', value: text};
  }

  const {json, lists} = line;
  if (!isRecord(lists)) {
    return {kind: 'json', value: json};
  }

  if (wholeBody in lists) {
    const value = findParts(lists[wholeBody], parts);
    return value && {kind: 'json', value};
  }

  const filledLists = Object.entries(lists).map(([name, ranges]) => [name, findParts(ranges, parts)] as const);
  return isRecord(json) && filledLists.every(([, value]) => value !== undefined)
    ? {kind: 'json', value: {...json, ...Object.fromEntries(filledLists)}}
    : undefined;
};

/**
 * How many list elements the bodies of a recording may have in total. They refer to elements by number, so a few bytes can
 * stand for millions of them. A day's recording of a run with 5,000 steps has a few million.
 */
export const maxElements = 20_000_000;

/** Reads the lines after the header. List elements with the same number are the same object in all bodies. */
export const createLineReader = (startedAt: Instant): LineReader => {
  const requests: RecordedRequest[] = [];
  const bodies: RecordedBody[] = [];
  const parts: unknown[] = [];
  let elementCount = 0;
  const exchanges: Exchange<RecordedBody>[] = [];
  let runId: RunId | undefined;
  let end: RecordingEnd | undefined;
  let endAt = startedAt;

  const readExchange = (line: Wire): boolean => {
    const request = requests[decodeNumber(line['asks']) ?? -1];
    const at = decodeNumber(line['at']);
    if (request === undefined || at === undefined) {
      return false;
    }

    const requestedAt = startedAt + at;
    const respondedAt = requestedAt + (decodeNumber(line['took']) ?? 0);
    const times = {request, requestedAt, respondedAt};
    if (line['failure'] !== undefined) {
      const failure = decodeRecordedFailure(line['failure']);
      exchanges.push({...times, outcome: {kind: 'failure', failure}});
      return true;
    }

    const body = bodies[decodeNumber(line['body']) ?? -1];
    const status = decodeNumber(line['status']);
    if (body === undefined || status === undefined) {
      return false;
    }

    const date = decodeNumber(line['date']);
    const serverDateAt = date === undefined ? undefined : startedAt + date;
    exchanges.push({...times, outcome: {kind: 'response', status, headers: decodeHeaders(line), body, serverDateAt}});
    return true;
  };

  const readLine = (line: Wire): boolean => {
    if ('asks' in line) {
      return readExchange(line);
    }

    if ('part' in line) {
      return line['part'] === parts.push(line['json']) - 1;
    }

    if ('body' in line) {
      elementCount += countListedElements(line['lists']);
      const body = elementCount > maxElements ? undefined : decodeRecordedBody(line, parts);
      return body !== undefined && line['body'] === bodies.push(body) - 1;
    }

    if ('request' in line) {
      const request = decodeRecordedRequest(line);
      return request !== undefined && line['request'] === requests.push(request) - 1;
    }

    if (typeof line['run'] === 'string') {
      runId = toRunId(line['run']);
    }

    if (line['end'] === 'closed' || line['end'] === 'full') {
      end = line['end'];
      endAt = startedAt + (decodeNumber(line['at']) ?? 0);
    }

    return true;
  };

  return {
    readLine,
    countElements: () => elementCount,
    getContent: () => {
      // The machine's clock may have been set back during the recording.
      const inOrder = [...exchanges].sort((a, b) => a.respondedAt - b.respondedAt);
      return {runId, exchanges: inOrder, endAt: Math.max(endAt, inOrder.at(-1)?.respondedAt ?? endAt), end};
    },
  };
};
