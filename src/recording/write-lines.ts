import {createHash} from 'node:crypto';
import type {RunId} from '../domain/ids.js';
import type {Instant} from '../domain/instant.js';
import type {Json} from '../domain/json.js';
import {redactText} from '../domain/redact-text.js';
import {removeSecrets} from '../domain/remove-secrets.js';
import {isSecretKey, redactionText} from '../domain/secret-words.js';
import {type Exchange, keptHeaders} from './exchange.js';
import {createEnvironmentHider} from './hide-environment.js';
import {
  defaultContentType,
  type RecordingEnd,
  recordingFormatName,
  recordingFormatVersion,
} from './recording-format.js';
import {splitBody} from './split-body.js';

type LineWriter = {
  readonly buildHeaderLine: (about: {readonly zentopVersion: string; readonly serverUrl: string}) => string;
  readonly buildRunLine: (id: RunId) => string;
  /** The lines of an exchange, including everything that it refers to for the first time. */
  readonly buildExchangeLines: (exchange: Exchange<string>) => readonly string[];
  readonly buildEndLine: (at: Instant, end: RecordingEnd) => string;
};

/** Numbers keys in the order in which they first appear. */
const createNumbering = () => {
  const numbersByKey = new Map<string, number>();
  return (key: string): {readonly number: number; readonly isNew: boolean} => {
    const known = numbersByKey.get(key);
    const number = known ?? numbersByKey.size;
    numbersByKey.set(key, number);
    return {number, isNew: known === undefined};
  };
};

const hashText = (text: string): string => createHash('sha256').update(text).digest('base64');

const formatRecordingLine = (value: unknown): string => JSON.stringify(value);

/** A URL without user name and password. */
const removeCredentials = (url: string): string => {
  if (!URL.canParse(url)) {
    return redactText(url);
  }

  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  // `URL` adds a slash to a URL without a path.
  return url.endsWith('/') ? parsed.href : parsed.href.replace(/\/$/, '');
};

const pickKeptHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    keptHeaders.flatMap(name => {
      const value = name === 'content-type' ? undefined : headers[name];
      return value === undefined ? [] : [[name, redactText(value)]];
    }),
  );

/**
 * Builds the lines of a recording that started at `startedAt`, without secrets and values of environment variables. Remembers what
 * was already written.
 */
export const createLineWriter = (startedAt: Instant): LineWriter => {
  const numberRequest = createNumbering();
  const numberBody = createNumbering();
  const numberPart = createNumbering();
  const hideEnvironment = createEnvironmentHider();
  /** Secrets first: values that differ only in their secrets count as equal, as they do on the screen. */
  const withhold = (json: Json): Json => hideEnvironment(removeSecrets(json));

  const buildBodyLines = (text: string): {readonly lines: readonly string[]; readonly number: number} => {
    const {number, isNew} = numberBody(hashText(text));
    if (!isNew) {
      return {lines: [], number};
    }

    const lines: string[] = [];
    const split = splitBody(text, element => {
      const part = numberPart(hashText(element));
      if (part.isNew) {
        lines.push(formatRecordingLine({part: part.number, json: withhold(JSON.parse(element))}));
      }

      return part.number;
    });
    lines.push(
      formatRecordingLine(
        split === undefined
          ? {body: number, text: redactText(text)}
          : {body: number, json: withhold(split.rest), ...(split.lists === undefined ? {} : {lists: split.lists})},
      ),
    );
    return {lines, number};
  };

  return {
    buildHeaderLine: ({zentopVersion, serverUrl}) =>
      formatRecordingLine({
        format: `${recordingFormatName}/${recordingFormatVersion}`,
        zentop: zentopVersion,
        server: removeCredentials(serverUrl),
        startedAt: new Date(startedAt).toISOString(),
      }),
    buildRunLine: id => formatRecordingLine({run: id}),
    buildExchangeLines: ({request, requestedAt, respondedAt, outcome}) => {
      const {method, path, query} = request;
      const recordedRequest = {
        method,
        path: redactText(path),
        query: query.map(([name, value]) => [name, isSecretKey(name) ? redactionText : redactText(value)]),
      };
      const {number, isNew} = numberRequest(formatRecordingLine(recordedRequest));
      const lines = isNew ? [formatRecordingLine({request: number, ...recordedRequest})] : [];
      const times = {at: requestedAt - startedAt, took: respondedAt - requestedAt, asks: number};
      if (outcome.kind === 'failure') {
        return [
          ...lines,
          formatRecordingLine({...times, failure: removeSecrets(JSON.parse(JSON.stringify(outcome.failure)))}),
        ];
      }

      const {status, headers, serverDateAt} = outcome;
      const body = buildBodyLines(outcome.body);
      const type = headers['content-type'] ?? '';
      const otherHeaders = pickKeptHeaders(headers);
      const response = {
        status,
        body: body.number,
        ...(serverDateAt === undefined ? {} : {date: serverDateAt - startedAt}),
        ...(type === defaultContentType ? {} : {type}),
        ...(Object.keys(otherHeaders).length === 0 ? {} : {headers: otherHeaders}),
      };
      return [...lines, ...body.lines, formatRecordingLine({...times, ...response})];
    },
    buildEndLine: (at, end) => formatRecordingLine({at: at - startedAt, end}),
  };
};
