import assert from 'node:assert/strict';
import {test} from 'vitest';
import {explainFailure} from '../../src/connection/explain-failure.js';
import type {ExplainContext} from '../../src/connection/explanation.js';
import type {Failure} from '../../src/domain/failure.js';
import {noConnectionArguments} from '../../src/domain/zentop-command.js';
import {aRefusal} from '../support/builders.js';

const context: ExplainContext = {
  serverUrl: 'https://zenml.example.com',
  serverOrigin: '/home/ada/.config/zenml/config.yaml',
  loginOrigin: undefined,
  loginKind: undefined,
  connectionArguments: noConnectionArguments,
};

const cases: readonly (readonly [Failure, RegExp, RegExp])[] = [
  [
    {kind: 'unreachable', host: 'zenml.example.com', reason: 'connection refused'},
    /^Cannot reach https:\/\/zenml\.example\.com: connection refused\.$/,
    /\(from .*config\.yaml\) is right\.$/,
  ],
  [{kind: 'timed-out', afterMs: 30_000}, /did not respond within 30 s\.$/, /ZENML_STORE_HTTP_TIMEOUT=60/],
  [
    {kind: 'untrusted', host: 'zenml.example.com', reason: 'self-signed certificate'},
    /certificate of zenml\.example\.com is not trusted: self-signed certificate\.$/,
    /ZENML_STORE_VERIFY_SSL=\/path\/ca\.pem/,
  ],
  [
    {kind: 'not-signed-in', detail: 'Not authenticated'},
    /rejected the credentials: Not auth/,
    /`zenml login https:\/\/zenml\.example\.com`/,
  ],
  [{kind: 'forbidden', detail: 'No permission.'}, /denied access: No permission\.$/, /Ask for permission/],
  [
    {kind: 'not-found', detail: 'no pipeline run'},
    /^Not found on https:\/\/zenml\.example\.com: no pipeline run\.$/,
    /--project NAME/,
  ],
  [{kind: 'no-route', path: 'info'}, /responds, but has no \/api\/v1\/info endpoint\.$/, /0\.80 or later/],
  [
    {kind: 'not-zenml', contentType: 'text/html'},
    /returned a web page instead of the ZenML API\. Check the path\.$/,
    /`zenml login` \(this one is from .*config\.yaml\)\.$/,
  ],
  [{kind: 'not-zenml', contentType: 'text/plain'}, /returned text\/plain instead/, /`zenml login`/],
  [{kind: 'malformed', where: 'runs'}, /Could not parse the response .* to runs/, /`zentop doctor`/],
  [{kind: 'too-large', limitBytes: 64 * 1024 * 1024}, /exceeds 64 MB/, /one run/],
  [aRefusal(500, {requestId: 'ab12', detail: 'Boom'}), /error 500 \(X-Request-ID ab12\): Boom\.$/, /server log/],
  [aRefusal(429, {retryAfterMs: 0}), /error 429\.$/, /exceeded\. Try again\.$/],
  [aRefusal(429, {retryAfterMs: 3_600_000}), /error 429\.$/, /Try again in 60 minutes\.$/],
  [aRefusal(429, {retryAfterMs: 1500}), /error 429\.$/, /Try again in 2 s/],
  [aRefusal(429), /error 429\.$/, /in a minute/],
  [aRefusal(307, {redirectUrl: 'https://x/api/v1/info'}), / redirects to https:\/\/x\.$/, /--server https:\/\/x`/],
  [
    aRefusal(302, {redirectUrl: 'javascript:alert(1)'}),
    / redirects to an unsupported kind of URL \(javascript:\)\.$/,
    /Check the URL/,
  ],
  [aRefusal(307), / redirects to an unknown URL\.$/, /Check the URL/],
  [aRefusal(422), /error 422\.$/, /0\.80 or later/],
];

for (const [failure, message, hint] of cases) {
  const name = failure.kind === 'refused' ? `refused with ${failure.status}` : failure.kind;
  test(`explains what happened and what to do: ${name}`, () => {
    const explanation = explainFailure(failure, context);
    assert.match(explanation.message, message);
    assert.match(explanation.hint, hint);
    for (const sentence of [explanation.message, explanation.hint]) {
      assert.match(sentence, /[.?]$/);
      assert.doesNotMatch(sentence, /undefined|\.\.|: \./);
    }
  });
}

for (const loginOrigin of ['ZENML_STORE_API_KEY', '--api-key-file (/key)']) {
  test(`suggests checking ${loginOrigin} after a rejected key from there`, () => {
    const {hint} = explainFailure({kind: 'not-signed-in', detail: ''}, {...context, loginOrigin});
    assert.equal(hint, `Check ${loginOrigin}, or drop it and run \`zenml login https://zenml.example.com\`.`);
  });
}

test.each([
  ['certificate is not valid yet', /clock/],
  ['certificate has expired', /renew/],
  ['certificate is for another host', /host name/],
  ['self-signed certificate', /private CA/],
])('suggests what helps if the reason is “%s”', (reason, hint) => {
  assert.match(explainFailure({kind: 'untrusted', host: 'h', reason}, context).hint, hint);
});
