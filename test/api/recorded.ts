import {readdirSync, readFileSync} from 'node:fs';
import {createClient} from '../../src/api/create-client.js';
import type {Transport, TransportRequest} from '../../src/api/transport.js';

/** A response recorded from a real server. */
export type Recording = {
  readonly request: string;
  readonly status: number;
  readonly content_type?: string;
  readonly body: unknown;
};

const folder = 'test/fixtures';
const getVersionOrder = (version: string): number =>
  Number(version.split('.')[1]) * 100 + Number(version.split('.')[2]);

/** The versions with which the same pipelines were recorded; the recordings of 0.98.0 have other names. */
export const versions: readonly string[] = readdirSync(folder)
  .filter(name => /^0\.\d+\.\d+$/.test(name) && name !== '0.98.0')
  .sort((a, b) => getVersionOrder(a) - getVersionOrder(b));

export const isAtLeast = (version: string, least: string): boolean =>
  getVersionOrder(version) >= getVersionOrder(least);

export const readRecordedFile = (version: string, name: string): unknown =>
  JSON.parse(readFileSync(`${folder}/${version}/${name}.json`, 'utf8'));

export const readRecording = (version: string, name: string): Recording => readRecordedFile(version, name) as Recording;

/** One of several responses in a file, by name. */
export const readRecordingPart = (version: string, name: string, part: string): Recording => {
  const found = (readRecordedFile(version, name) as Record<string, Recording>)[part];
  if (found === undefined) {
    throw new Error(`no ${part} in ${name} of ${version}`);
  }

  return found;
};

export const listRecordings = (version: string): readonly string[] =>
  readdirSync(`${folder}/${version}`).map(file => file.replace(/\.json$/, ''));

export const never = new AbortController().signal;
export const timing = {requestedAt: 1000, respondedAt: 2000, serverDateAt: undefined};

/** A response for a test to return: a recorded one, or one made up. */
export type FakeResponse = Pick<Recording, 'status' | 'body'> & {
  readonly content_type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A transport that returns these responses one after another and remembers the requests. */
export const createReplayingTransport = (
  ...responses: readonly FakeResponse[]
): {transport: Transport; requests: TransportRequest[]} => {
  const requests: TransportRequest[] = [];
  return {
    requests,
    transport: async request => {
      const response = responses[requests.length];
      requests.push(request);
      if (response === undefined) {
        throw new Error(`no response to request ${requests.length}: ${request.path}`);
      }

      const isPlain = response.content_type === undefined && response.body === 'Internal Server Error';
      const contentType = response.content_type ?? (isPlain ? 'text/plain; charset=utf-8' : 'application/json');
      const body = contentType.startsWith('application/json') ? JSON.stringify(response.body) : String(response.body);
      return {
        ok: true,
        value: {status: response.status, headers: {'content-type': contentType, ...response.headers}, body, timing},
      };
    },
  };
};

export const anonymous = {
  getAuthorization: async () => ({ok: true, value: undefined}) as const,
  renew: async () => ({ok: true, value: false}) as const,
};

export const createReplayingClient = (...responses: readonly FakeResponse[]) => {
  const {transport, requests} = createReplayingTransport(...responses);
  return {client: createClient({serverUrl: 'http://zenml.example', transport, credentials: anonymous}), requests};
};
