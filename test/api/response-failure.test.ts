import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getFailure} from '../../src/api/response-failure.js';
import {type Failure, isTransient} from '../../src/domain/failure.js';
import {aRefusal} from '../support/builders.js';
import {
  createReplayingTransport,
  type FakeResponse,
  listRecordings,
  never,
  readRecording,
  readRecordingPart,
  timing,
} from './recorded.js';

const getFailureOfResponse = async (response: FakeResponse, path = 'runs/r/steps'): Promise<Failure> => {
  const result = await createReplayingTransport(response).transport(
    {method: 'GET', path, query: [], authorization: undefined},
    never,
  );
  assert.ok(result.ok);
  return getFailure(path, result.value);
};

const aFinalRefusal = (status: number, detail: string): Failure => aRefusal(status, {detail, isTransient: false});

const expected: Readonly<Record<string, Failure>> = {
  'error-401-bad-token': {
    kind: 'not-signed-in',
    detail: 'Authentication error: error decoding access token: Invalid JWT token: Not enough segments.',
  },
  'error-401-no-token': {kind: 'not-signed-in', detail: 'Not authenticated'},
  'error-429-login': aFinalRefusal(429, 'Minute request limit exceeded.'),
  'error-dag-404': {
    kind: 'not-found',
    detail:
      "Unable to get pipeline run with ID '00000000-0000-4000-8000-000000000000': No pipeline run with this ID found",
  },
  'error-device-pending': aFinalRefusal(
    400,
    'Authentication error: device with client ID 94fe1b7a-5702-483b-bd33-cfdbf8a0ac28 is pending.',
  ),
  'error-idempotency-bad': aFinalRefusal(500, 'Internal Server Error'),
  'error-method-405': {kind: 'no-route', path: 'runs/r/steps'},
  'error-replay': {kind: 'no-route', path: 'runs/r/steps'},
  'error-route-404': {kind: 'no-route', path: 'runs/r/steps'},
  'error-project-404': {
    kind: 'not-found',
    detail:
      "Unable to get project with name or ID 'nosuch': 'nosuch' is not a valid  UUID and no project with this name exists.",
  },
  'error-run-bad-uuid': aFinalRefusal(422, '1 validation error:'),
  'error-bad-sort': aFinalRefusal(422, '1 validation error for StepRunFilter'),
  'error-stop-completed': {kind: 'forbidden', detail: 'Cannot stop a run that is already completed.'},
  'error-stop-not-supported': aFinalRefusal(
    501,
    "The forceful stop run functionality is not implemented for the 'LocalOrchestrator' orchestrator.",
  ),
  'error-page-out-of-range': aFinalRefusal(
    400,
    'Invalid page 99. The requested page size is 20 and there are a total of 3 items for this query. The maximum page value therefore is 1.',
  ),
};

test.each(Object.entries(expected))('recognizes %s', async (name, failure) => {
  assert.deepEqual(await getFailureOfResponse(readRecording('0.98.0', name)), failure);
});

const errorRecordings = listRecordings('0.98.0').filter(
  name => name.startsWith('error-') && readRecording('0.98.0', name).status >= 400,
);

test.each(errorRecordings)('%s becomes a failure with a detail on one line', async name => {
  const failure = await getFailureOfResponse(readRecording('0.98.0', name));
  const detail = 'detail' in failure ? failure.detail : JSON.stringify(failure);
  assert.ok(detail.length > 0 && !detail.includes('\n'), JSON.stringify(failure));
  assert.ok(!detail.startsWith('"'), detail);
});

const kindByPart: Readonly<Record<string, Failure['kind']>> = {
  unknown_api_path: 'no-route',
  run_unknown: 'not-found',
  run_malformed: 'refused',
  step_unknown: 'not-found',
  runs_project_unknown_name: 'not-found',
  runs_page_beyond: 'refused',
  runs_size_10001: 'refused',
  runs_iso_datetime: 'refused',
  run_stop_finished: 'forbidden',
  auth_none: 'not-signed-in',
  auth_bad_token: 'not-signed-in',
};

test.each(
  ['0.80.2', '0.85.0', '0.93.3', '0.97.0'].flatMap(version =>
    Object.entries(kindByPart).map(([part, kind]) => {
      // Runs cannot be stopped before 0.84: there is no such route.
      const isMissing = part === 'run_stop_finished' && version === '0.80.2';
      return [version, part, isMissing ? 'no-route' : kind] as const;
    }),
  ),
)('%s: %s is %s', async (version, part, kind) => {
  assert.equal((await getFailureOfResponse(readRecordingPart(version, 'checks', part))).kind, kind);
});

test('does not take a page from a dashboard, proxy or login for a response from ZenML, even with an error status', async () => {
  const html = {content_type: 'text/html; charset=utf-8', body: '<!doctype html>'};
  assert.deepEqual(await getFailureOfResponse({...html, status: 404}), {
    kind: 'not-zenml',
    contentType: html.content_type,
  });
  for (const status of [401, 403, 407]) {
    const failure = {kind: 'proxy-refused', proxy: undefined, status, isLoginSent: false};
    assert.deepEqual(await getFailureOfResponse({...html, status}), failure);
  }
});

test('treats a proxy that cannot reach its server as a failing ZenML server, not as another kind of server', async () => {
  for (const status of [502, 503, 504]) {
    const failure = await getFailureOfResponse({status, content_type: 'text/html', body: '<h1>Bad Gateway</h1>'});
    assert.deepEqual(failure, aFinalRefusal(status, ''));
  }
});

test("reads how long to wait: in seconds, or as a date by the server's clock (by the local clock if the server's is unknown)", () => {
  const serverDateAt = timing.respondedAt + 3_600_000;
  const getRetryAfterMs = (value: string, knownServerDateAt?: number) => {
    const failure = getFailure('info', {
      status: 503,
      headers: {'content-type': 'application/json', 'retry-after': value, 'x-request-id': 'r1'},
      body: '{"detail":"busy"}',
      timing: {...timing, serverDateAt: knownServerDateAt},
    });
    assert.ok(failure.kind === 'refused');
    assert.equal(failure.requestId, 'r1');
    return failure.retryAfterMs;
  };
  const formatDate = (at: number) => new Date(at).toUTCString();
  assert.equal(getRetryAfterMs('5', serverDateAt), 5000);
  assert.equal(getRetryAfterMs(formatDate(serverDateAt + 7000), serverDateAt), 7000);
  assert.equal(getRetryAfterMs(formatDate(serverDateAt - 7000), serverDateAt), 0);
  assert.equal(getRetryAfterMs('soon', serverDateAt), undefined);
  assert.equal(getRetryAfterMs(formatDate(timing.respondedAt + 7000)), 7000);
});

test('names the target of a redirect that was not followed', async () => {
  const failure = await getFailureOfResponse({status: 302, body: '', headers: {location: 'https://sso.example/'}});
  assert.ok(failure.kind === 'refused' && failure.detail.includes('https://sso.example/'));
});

test("treats as transient only what servers return while a dynamic run adds a step: a 400 about the step's configuration, and any 500 from `/dag`", async () => {
  const detail = [
    'ValueError',
    'Unable to load the configuration for step `x` from the database. To solve this please delete the pipeline run',
  ];
  assert.equal(isTransient(await getFailureOfResponse({status: 400, body: {detail}})), true);
  const graph = {status: 500, body: {detail: ['RuntimeError', "'NoneType' object has no attribute 'config'"]}};
  assert.equal(isTransient(await getFailureOfResponse(graph, 'runs/r/dag')), true);
  assert.equal(isTransient(await getFailureOfResponse({status: 500, body: {detail: 'other'}}, 'runs/r/dag')), true);
  assert.equal(isTransient(await getFailureOfResponse(graph, 'runs/r/steps')), false);
  assert.equal(isTransient(await getFailureOfResponse(readRecording('0.98.0', 'error-page-out-of-range'))), false);
});

test('shows the URL of a redirect without its password and its query', () => {
  const response = {
    status: 302,
    headers: {location: 'https://u:MARKED@sso.example/login?token=MARKED'},
    body: '',
    timing,
  };
  const redirectUrl = 'https://***@sso.example/login';
  assert.deepEqual(getFailure('info', response), {
    ...aFinalRefusal(302, `It redirects to ${redirectUrl}.`),
    redirectUrl,
  });
});
