import {createHash} from 'node:crypto';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import {removeSecrets} from '../domain/remove-secrets.js';
import {isSecretKey, removed, withoutSecrets} from '../domain/secret-words.js';
import {type Exchange, keptHeaders} from './exchange.js';
import {type EndOfRecording, formatName, formatVersion, usualType} from './recording-format.js';
import {splitBody} from './split-body.js';

export type LineWriter = {
  readonly headerLine: (about: {readonly zentopVersion: string; readonly serverUrl: string}) => string;
  readonly runLine: (id: RunId) => string;
  /** The lines of an exchange, with those of what it mentions for the first time. */
  readonly exchangeLines: (exchange: Exchange<string>) => readonly string[];
  readonly endLine: (at: Instant, end: EndOfRecording) => string;
};

/** Numbers things in the order in which they are met. */
const numbered = () => {
  const numbers = new Map<string, number>();
  return (key: string): {readonly number: number; readonly isNew: boolean} => {
    const known = numbers.get(key);
    const number = known ?? numbers.size;
    numbers.set(key, number);
    return {number, isNew: known === undefined};
  };
};

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

const line = (value: unknown): string => JSON.stringify(value);

/** An address without what stands before its `@`. */
const plainAddress = (address: string): string => {
  if (!URL.canParse(address)) {
    return withoutSecrets(address);
  }

  const url = new URL(address);
  url.username = '';
  url.password = '';
  // An address without a path is kept without a slash.
  return address.endsWith('/') ? url.href : url.href.replace(/\/$/, '');
};

const keptOf = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    keptHeaders.flatMap(name => {
      const value = name === 'content-type' ? undefined : headers[name];
      return value === undefined ? [] : [[name, withoutSecrets(value)]];
    }),
  );

/** Makes the lines of a recording that began at `startedAt`; remembers what was written. Secrets do not get past it. */
export const createLineWriter = (startedAt: Instant): LineWriter => {
  const requestNumber = numbered();
  const bodyNumber = numbered();
  const partNumber = numbered();

  const bodyLines = (text: string): {readonly lines: readonly string[]; readonly number: number} => {
    const {number, isNew} = bodyNumber(digest(text));
    if (!isNew) {
      return {lines: [], number};
    }

    const lines: string[] = [];
    const split = splitBody(text, element => {
      const part = partNumber(digest(element));
      if (part.isNew) {
        lines.push(line({part: part.number, json: removeSecrets(JSON.parse(element))}));
      }

      return part.number;
    });
    lines.push(
      line(
        split === undefined
          ? {body: number, text: withoutSecrets(text)}
          : {body: number, json: removeSecrets(split.rest), ...(split.lists === undefined ? {} : {lists: split.lists})},
      ),
    );
    return {lines, number};
  };

  return {
    headerLine: ({zentopVersion, serverUrl}) =>
      line({
        format: `${formatName}/${formatVersion}`,
        zentop: zentopVersion,
        server: plainAddress(serverUrl),
        startedAt: new Date(startedAt).toISOString(),
      }),
    runLine: id => line({run: id}),
    exchangeLines: ({request, askedAt, answeredAt, outcome}) => {
      const {method, path, query} = request;
      const asked = {
        method,
        path: withoutSecrets(path),
        query: query.map(([name, value]) => [name, isSecretKey(name) ? removed : withoutSecrets(value)]),
      };
      const {number, isNew} = requestNumber(line(asked));
      const lines = isNew ? [line({request: number, ...asked})] : [];
      const when = {at: askedAt - startedAt, took: answeredAt - askedAt, asks: number};
      if (outcome.kind === 'failure') {
        return [...lines, line({...when, failure: removeSecrets(JSON.parse(JSON.stringify(outcome.failure)))})];
      }

      const {status, headers, serverDateAt} = outcome;
      const body = bodyLines(outcome.body);
      const type = headers['content-type'] ?? '';
      const kept = keptOf(headers);
      const heard = {
        status,
        body: body.number,
        ...(serverDateAt === undefined ? {} : {date: serverDateAt - startedAt}),
        ...(type === usualType ? {} : {type}),
        ...(Object.keys(kept).length === 0 ? {} : {headers: kept}),
      };
      return [...lines, ...body.lines, line({...when, ...heard})];
    },
    endLine: (at, end) => line({at: at - startedAt, end}),
  };
};
