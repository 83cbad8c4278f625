import {decodeList, decodeNumber, decodeText, isRecord, type Wire} from '../api/decode/wire.js';
import {parseRunId, type RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {decodeRecordedFailure} from './decode-failure.js';
import type {Exchange, RecordedBody, RecordedRequest} from './exchange.js';
import {defaultContentType, type RecordingEnd, wholeBody} from './recording-format.js';

export type LinesResult = {
  readonly runId: RunId | undefined;
  readonly exchanges: readonly Exchange<RecordedBody>[];
  readonly endAt: Instant;
  readonly end: RecordingEnd | undefined;
};

export type LineReader = {
  /** False for a line that mentions what was never written, or makes no sense. One of an unknown kind is passed over. */
  readonly read: (line: Wire) => boolean;
  readonly whole: () => LinesResult;
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

    // Not `push(...)`: a log may have more entries than a call may have arguments.
    for (let at = first; at < first + count; at++) {
      found.push(parts[at]);
    }
  }

  return found;
};

const decodeRecordedBody = (line: Wire, parts: readonly unknown[]): RecordedBody | undefined => {
  const plain = decodeText(line['text']);
  if (plain !== undefined) {
    return {kind: 'text', value: plain};
  }

  const {json, lists} = line;
  if (!isRecord(lists)) {
    return {kind: 'json', value: json};
  }

  if (wholeBody in lists) {
    const value = findParts(lists[wholeBody], parts);
    return value && {kind: 'json', value};
  }

  const filled = Object.entries(lists).map(([name, ranges]) => [name, findParts(ranges, parts)] as const);
  return isRecord(json) && filled.every(([, value]) => value !== undefined)
    ? {kind: 'json', value: {...json, ...Object.fromEntries(filled)}}
    : undefined;
};

/** Reads the lines behind the header. Elements of lists are shared between the bodies that have them. */
export const createLineReader = (startedAt: Instant): LineReader => {
  const requests: RecordedRequest[] = [];
  const bodies: RecordedBody[] = [];
  const parts: unknown[] = [];
  const exchanges: Exchange<RecordedBody>[] = [];
  let watched: RunId | undefined;
  let end: RecordingEnd | undefined;
  let endAt = startedAt;

  const readExchange = (line: Wire): boolean => {
    const request = requests[decodeNumber(line['asks']) ?? -1];
    const at = decodeNumber(line['at']);
    if (request === undefined || at === undefined) {
      return false;
    }

    const askedAt = startedAt + at;
    const answeredAt = askedAt + (decodeNumber(line['took']) ?? 0);
    const times = {request, askedAt, answeredAt};
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
    exchanges.push({...times, outcome: {kind: 'answer', status, headers: decodeHeaders(line), body, serverDateAt}});
    return true;
  };

  const read = (line: Wire): boolean => {
    if ('asks' in line) {
      return readExchange(line);
    }

    if ('part' in line) {
      return line['part'] === parts.push(line['json']) - 1;
    }

    if ('body' in line) {
      const body = decodeRecordedBody(line, parts);
      return body !== undefined && line['body'] === bodies.push(body) - 1;
    }

    if ('request' in line) {
      const request = decodeRecordedRequest(line);
      return request !== undefined && line['request'] === requests.push(request) - 1;
    }

    if (typeof line['run'] === 'string') {
      watched = parseRunId(line['run']);
    }

    if (line['end'] === 'closed' || line['end'] === 'full') {
      end = line['end'];
      endAt = startedAt + (decodeNumber(line['at']) ?? 0);
    }

    return true;
  };

  return {
    read,
    whole: () => {
      // The machine's clock may have been set back while it was recorded.
      const inOrder = [...exchanges].sort((a, b) => a.answeredAt - b.answeredAt);
      return {runId: watched, exchanges: inOrder, endAt: Math.max(endAt, inOrder.at(-1)?.answeredAt ?? endAt), end};
    },
  };
};
