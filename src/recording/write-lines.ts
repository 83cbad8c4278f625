import {createHash} from 'node:crypto';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {removeSecrets} from '../domain/remove-secrets.js';
import {isSecretKey, redactionText, redactText} from '../domain/secret-words.js';
import {type Exchange, keptHeaders} from './exchange.js';
import {
  defaultContentType,
  type RecordingEnd,
  recordingFormatName,
  recordingFormatVersion,
} from './recording-format.js';
import {splitBody} from './split-body.js';

export type LineWriter = {
  readonly headerLine: (about: {readonly zentopVersion: string; readonly serverUrl: string}) => string;
  readonly runLine: (id: RunId) => string;
  /** The lines of an exchange, with those of what it mentions for the first time. */
  readonly exchangeLines: (exchange: Exchange<string>) => readonly string[];
  readonly endLine: (at: Instant, end: RecordingEnd) => string;
};

/** Numbers things in the order in which they are met. */
const createNumbering = () => {
  const numbers = new Map<string, number>();
  return (key: string): {readonly number: number; readonly isNew: boolean} => {
    const known = numbers.get(key);
    const number = known ?? numbers.size;
    numbers.set(key, number);
    return {number, isNew: known === undefined};
  };
};

const hashText = (text: string): string => createHash('sha256').update(text).digest('base64');

const formatRecordingLine = (value: unknown): string => JSON.stringify(value);

/** An address without what stands before its `@`. */
const removeCredentials = (address: string): string => {
  if (!URL.canParse(address)) {
    return redactText(address);
  }

  const url = new URL(address);
  url.username = '';
  url.password = '';
  // An address without a path is kept without a slash.
  return address.endsWith('/') ? url.href : url.href.replace(/\/$/, '');
};

const pickKeptHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    keptHeaders.flatMap(name => {
      const value = name === 'content-type' ? undefined : headers[name];
      return value === undefined ? [] : [[name, redactText(value)]];
    }),
  );

/** Makes the lines of a recording that began at `startedAt`; remembers what was written. Secrets do not get past it. */
export const createLineWriter = (startedAt: Instant): LineWriter => {
  const requestNumber = createNumbering();
  const bodyNumber = createNumbering();
  const partNumber = createNumbering();

  const bodyLines = (text: string): {readonly lines: readonly string[]; readonly number: number} => {
    const {number, isNew} = bodyNumber(hashText(text));
    if (!isNew) {
      return {lines: [], number};
    }

    const lines: string[] = [];
    const split = splitBody(text, element => {
      const part = partNumber(hashText(element));
      if (part.isNew) {
        lines.push(formatRecordingLine({part: part.number, json: removeSecrets(JSON.parse(element))}));
      }

      return part.number;
    });
    lines.push(
      formatRecordingLine(
        split === undefined
          ? {body: number, text: redactText(text)}
          : {body: number, json: removeSecrets(split.rest), ...(split.lists === undefined ? {} : {lists: split.lists})},
      ),
    );
    return {lines, number};
  };

  return {
    headerLine: ({zentopVersion, serverUrl}) =>
      formatRecordingLine({
        format: `${recordingFormatName}/${recordingFormatVersion}`,
        zentop: zentopVersion,
        server: removeCredentials(serverUrl),
        startedAt: new Date(startedAt).toISOString(),
      }),
    runLine: id => formatRecordingLine({run: id}),
    exchangeLines: ({request, askedAt, answeredAt, outcome}) => {
      const {method, path, query} = request;
      const asked = {
        method,
        path: redactText(path),
        query: query.map(([name, value]) => [name, isSecretKey(name) ? redactionText : redactText(value)]),
      };
      const {number, isNew} = requestNumber(formatRecordingLine(asked));
      const lines = isNew ? [formatRecordingLine({request: number, ...asked})] : [];
      const when = {at: askedAt - startedAt, took: answeredAt - askedAt, asks: number};
      if (outcome.kind === 'failure') {
        return [
          ...lines,
          formatRecordingLine({...when, failure: removeSecrets(JSON.parse(JSON.stringify(outcome.failure)))}),
        ];
      }

      const {status, headers, serverDateAt} = outcome;
      const body = bodyLines(outcome.body);
      const type = headers['content-type'] ?? '';
      const kept = pickKeptHeaders(headers);
      const heard = {
        status,
        body: body.number,
        ...(serverDateAt === undefined ? {} : {date: serverDateAt - startedAt}),
        ...(type === defaultContentType ? {} : {type}),
        ...(Object.keys(kept).length === 0 ? {} : {headers: kept}),
      };
      return [...lines, ...body.lines, formatRecordingLine({...when, ...heard})];
    },
    endLine: (at, end) => formatRecordingLine({at: at - startedAt, end}),
  };
};
