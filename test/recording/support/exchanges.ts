import type {Exchange, RecordedRequest} from '../../../src/recording/exchange.js';
import {at} from '../../support/builders.js';

type Details = {
  readonly path?: string;
  readonly query?: RecordedRequest['query'];
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A GET, sent this many seconds after the start of the run, and its response. A body that is not a string becomes JSON. */
export const buildExchange = (seconds: number, body: unknown, details: Details = {}): Exchange<string> => {
  const {path = 'runs', query = [], status = 200, headers = {}} = details;
  const requestedAt = at(seconds);
  return {
    request: {method: 'GET', path, query},
    requestedAt,
    respondedAt: requestedAt + 30,
    outcome: {
      kind: 'response',
      status,
      headers: {'content-type': 'application/json', ...headers},
      body: typeof body === 'string' ? body : JSON.stringify(body),
      serverDateAt: Math.floor(requestedAt / 1000) * 1000,
    },
  };
};
