import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Transport, TransportRequest} from '../../src/api/transport.js';
import {withholdSecrets} from '../../src/api/withhold-secrets.js';

const password = 'pass+wörd/ "MARKED"!';
const never = new AbortController().signal;
const basic = Buffer.from(`ada:${password}`).toString('base64');

const inJson = JSON.stringify({password});
const inAsciiJson = inJson.replace('ö', '\\u00f6');
const inForm = new URLSearchParams({password}).toString();

/** A server whose responses repeat every secret of `requests`. */
const createEchoingTransport =
  (status: number): Transport =>
  async () => ({
    ok: true,
    value: {
      status,
      headers: {},
      body: `<pre>Bearer jwt-MARKED, Basic ${basic}, ${password}, ${encodeURIComponent(password)}, ${inJson}, ${inAsciiJson}, ${inForm}, key-MARKED</pre>`,
      timing: {requestedAt: 0, respondedAt: 0, serverDateAt: undefined},
    },
  });

const requests: readonly Partial<TransportRequest>[] = [
  {authorization: 'Bearer jwt-MARKED'},
  {authorization: `Basic ${basic}`},
  {form: {grant_type: 'zenml-api-key', password: 'key-MARKED'}},
];

const fetchBody = async (status: number): Promise<string> => {
  const transport = withholdSecrets(createEchoingTransport(status));
  let body = '';
  for (const part of requests) {
    const request: TransportRequest = {method: 'GET', path: 'runs', query: [], authorization: undefined, ...part};
    const response = await transport(request, never);
    body = response.ok ? response.value.body : '';
  }

  return body;
};

test('a refusal does not repeat a secret that was sent, however it is encoded', async () => {
  assert.equal(
    await fetchBody(500),
    '<pre>Bearer ***, Basic ***, ***, ***, {"password":"***"}, {"password":"***"}, password=***, ***</pre>',
  );
});

test('a successful response is left as it is', async () => {
  assert.match(await fetchBody(200), /jwt-MARKED/);
});
