import assert from 'node:assert/strict';
import {test} from 'vitest';
import {type ExplainContext, explainFailure} from '../../src/connection/explain-failure.js';
import type {Failure} from '../../src/domain/failure.js';

const context: ExplainContext = {
  serverUrl: 'https://zenml.example.com',
  serverOrigin: '/home/ada/.config/zenml/config.yaml',
  loginOrigin: undefined,
};

const refused = (status: number, changes: Partial<Failure & {kind: 'refused'}> = {}): Failure => ({
  kind: 'refused',
  status,
  detail: '',
  retryAfterMs: undefined,
  requestId: undefined,
  ...changes,
});

const cases: readonly (readonly [Failure, RegExp, RegExp])[] = [
  [
    {kind: 'unreachable', host: 'zenml.example.com', reason: 'nothing listens there'},
    /zenml\.example\.com cannot be reached: nothing listens there\.$/,
    /config\.yaml right\? `zentop --server URL`/,
  ],
  [{kind: 'timed-out', afterMs: 30_000}, /did not answer within 30 s\.$/, /ZENML_STORE_HTTP_TIMEOUT=60/],
  [
    {kind: 'untrusted', host: 'zenml.example.com', reason: 'self-signed certificate'},
    /certificate of zenml\.example\.com is not trusted: self-signed certificate\.$/,
    /ZENML_STORE_VERIFY_SSL=\/path\/ca\.pem/,
  ],
  [
    {kind: 'not-signed-in', detail: 'Not authenticated'},
    /does not let us in: Not auth/,
    /`zenml login https:\/\/zenml\.example\.com`/,
  ],
  [{kind: 'forbidden', detail: 'No permission.'}, /does not allow this: No permission\.$/, /Ask for the right/],
  [
    {kind: 'not-found', detail: 'no pipeline run'},
    /does not know what was asked for: no pipeline run\.$/,
    /--project NAME/,
  ],
  [{kind: 'no-route', path: 'info'}, /answers, but has no \/api\/v1\/info\.$/, /0\.80 or later/],
  [
    {kind: 'not-zenml', contentType: 'text/html'},
    /answered with a web page, not with the ZenML API: is the path right\?$/,
    /`zentop --server URL`; this one comes from .*config\.yaml\.$/,
  ],
  [{kind: 'not-zenml', contentType: 'text/plain'}, /answered with text\/plain, not/, /--server/],
  [{kind: 'malformed', where: 'runs'}, /an answer to runs that cannot be read/, /`zentop doctor`/],
  [{kind: 'too-large', limitBytes: 64 * 1024 * 1024}, /more than 64 MB/, /one run/],
  [refused(500, {requestId: 'ab12', detail: 'Boom'}), /error 500 \(X-Request-ID ab12\): Boom\.$/, /log of the server/],
  [refused(429, {retryAfterMs: 1500}), /error 429\.$/, /try again in 2 s/],
  [refused(429), /error 429\.$/, /in a minute/],
  [
    refused(307, {detail: 'It sends us on to https://x.'}),
    /error 307: It sends us on to https:\/\/x\.$/,
    /--server URL/,
  ],
  [refused(422), /error 422\.$/, /0\.80 or later/],
];

for (const [failure, what, way] of cases) {
  const name = failure.kind === 'refused' ? `refused with ${failure.status}` : failure.kind;
  test(`${name}: what happened, and what to do`, () => {
    const explanation = explainFailure(failure, context);
    assert.match(explanation.what, what);
    assert.match(explanation.way, way);
    for (const sentence of [explanation.what, explanation.way]) {
      assert.match(sentence, /[.?]$/);
      assert.doesNotMatch(sentence, /undefined|\.\.|: \./);
    }
  });
}

for (const loginOrigin of ['ZENML_STORE_API_KEY', 'flag --api-key-file (/key)']) {
  test(`a refused key from ${loginOrigin} is looked for there first`, () => {
    const {way} = explainFailure({kind: 'not-signed-in', detail: ''}, {...context, loginOrigin});
    assert.equal(way, `Check ${loginOrigin}, or take it away and run \`zenml login https://zenml.example.com\`.`);
  });
}
