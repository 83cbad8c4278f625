import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Failure} from '../../src/domain/failure.js';
import {toRunId, toStepId} from '../../src/domain/ids.js';
import {type Intervention, isForceUnsupported} from '../../src/domain/intervention/intervention.js';
import {formatInterventionCommand} from '../../src/domain/intervention/zenml-command.js';
import {explainInterventionFailure, formatInterventionDone} from '../../src/format/intervention-words.js';
import {aRefusal} from '../support/builders.js';

const runId = toRunId('2d3bfbe2-1c0e-4d7a-9f59-5a0c3e2b7a11');
const stop: Intervention = {kind: 'stop', runId, isForced: false};
const force: Intervention = {kind: 'stop', runId, isForced: true};
const abort: Intervention = {kind: 'abort', runId, questionId: 'q'};
const answer: Intervention = {kind: 'answer', runId, questionId: 'q', value: true};
const refresh: Intervention = {kind: 'refresh', runId};
const tag: Intervention = {kind: 'tag', runId, add: ['nightly'], remove: ['old']};
const expire: Intervention = {kind: 'expire-cache', runId, stepId: toStepId('step'), stepName: 'train', at: 0};

const aForbiddenFailure = (detail: string): Failure => ({kind: 'forbidden', detail});
const noRoute: Failure = {kind: 'no-route', path: 'runs'};
const notImplemented = aRefusal(501, {
  detail: "The forceful stop is not implemented for the 'LocalOrchestrator' orchestrator.",
});

describe('the explanation of a failed intervention', () => {
  test.each<[string, Intervention, Failure, string | undefined, string]>([
    [
      'a forced stop that the orchestrator does not support',
      force,
      notImplemented,
      '0.98.0',
      'LocalOrchestrator cannot force a stop. The run is stopping gracefully: no further steps start.',
    ],
    [
      'a forced stop that the orchestrator does not support, before 0.93',
      force,
      notImplemented,
      '0.92.0',
      'LocalOrchestrator does not support this; nothing has changed.',
    ],
    [
      'a refresh that the orchestrator does not support',
      refresh,
      notImplemented,
      '0.98.0',
      'LocalOrchestrator does not support this; nothing has changed.',
    ],
    [
      'a server without the integration',
      stop,
      aRefusal(500, {detail: "No module named 'kubernetes': the integration is not installed"}),
      '0.98.0',
      'The server cannot reach this orchestrator: its kubernetes integration is not installed there. Run this where it is installed:',
    ],
    [
      'a custom flavor',
      refresh,
      aRefusal(500, {detail: 'Missing flavor my_orchestrator'}),
      '0.98.0',
      'The server cannot reach this orchestrator: an integration is not installed there. Run this where it is installed:',
    ],
    [
      'a stack that has been deleted',
      stop,
      aRefusal(400, {
        detail:
          'The stack that this pipeline run response was executed on is either not accessible or has been deleted.',
      }),
      '0.98.0',
      "The server cannot reach the orchestrator: the run's stack has been deleted, or you may not use it. Nothing has changed; end the run where it is running.",
    ],
    [
      'missing permissions',
      stop,
      aForbiddenFailure("Insufficient permissions to UPDATE resource 'pipeline_run'."),
      '0.98.0',
      "You can view this run but not change it. The server says: Insufficient permissions to UPDATE resource 'pipeline_run'.",
    ],
    [
      'a run that is already stopping',
      stop,
      aForbiddenFailure('Run is already being stopped.'),
      '0.98.0',
      'Refused by the server: Run is already being stopped.',
    ],
    [
      'a question that is already answered',
      answer,
      aForbiddenFailure('Wait condition has already been resolved.'),
      '0.98.0',
      'Refused by the server: Wait condition has already been resolved.',
    ],
    [
      'a stop on an old server',
      stop,
      noRoute,
      '0.83.1',
      'This server (0.83.1) cannot stop runs: that needs ZenML 0.84.',
    ],
    [
      'an answer on an old server',
      answer,
      noRoute,
      '0.93.3',
      'This server (0.93.3) cannot answer questions: that needs ZenML 0.94.1.',
    ],
    [
      'a server of unknown version',
      abort,
      noRoute,
      undefined,
      'This server cannot abort questions: that needs ZenML 0.94.1.',
    ],
    [
      'expired credentials',
      stop,
      {kind: 'not-signed-in', detail: 'expired'},
      '0.98.0',
      'Not carried out: the server rejected the credentials. Run `zenml login` and try again.',
    ],
    [
      'a lost connection',
      stop,
      {kind: 'unreachable', host: 'zenml', reason: 'reset'},
      '0.98.0',
      'The connection was lost; it is not known whether this was carried out.',
    ],
    [
      'a timeout',
      abort,
      {kind: 'timed-out', afterMs: 60_000},
      '0.98.0',
      'The connection was lost; it is not known whether this was carried out.',
    ],
    [
      'a malformed response',
      stop,
      {kind: 'malformed', where: 'body'},
      '0.98.0',
      'The response could not be read; it is not known whether this was carried out.',
    ],
    [
      'an untrusted certificate',
      stop,
      {kind: 'untrusted', host: 'zenml', reason: 'self-signed'},
      '0.98.0',
      'Not carried out: certificate not trusted.',
    ],
    ['a run that is gone', tag, {kind: 'not-found', detail: ''}, '0.98.0', 'It no longer exists on the server.'],
    [
      'an answer that the server rejects',
      answer,
      aRefusal(422, {detail: 'Input should be continue or abort'}),
      '0.98.0',
      'The server does not accept this answer.',
    ],
    [
      'a tag that the server rejects',
      tag,
      aRefusal(422, {detail: 'too long'}),
      '0.98.0',
      'The server does not accept this.',
    ],
    [
      'an answer of another type',
      answer,
      aRefusal(400, {detail: 'Value `yes` does not match expected schema.'}),
      '0.98.0',
      'The server returned error 400: Value `yes` does not match expected schema.',
    ],
  ])('says what happened: %s', (_, intervention, failure, version, expected) => {
    assert.equal(explainInterventionFailure(intervention, failure, version).text, expected);
  });

  test('comes with the ZenML command if that may work on another machine', () => {
    const {command} = explainInterventionFailure(
      stop,
      aRefusal(500, {detail: "No module named 'kubernetes'"}),
      '0.98.0',
    );
    assert.equal(command, `zenml pipeline runs stop ${runId} -g`);
  });

  test('treats an unsupported forced stop as a graceful one if the server is 0.93 or later', () => {
    assert.equal(isForceUnsupported(force, notImplemented, {version: '0.93.0'}), true);
    assert.equal(isForceUnsupported(force, notImplemented, {version: '0.92.0'}), false);
    assert.equal(isForceUnsupported(stop, notImplemented, {version: '0.98.0'}), false);
  });
});

test.each<[Intervention, string]>([
  [stop, 'stopping the run: no further steps start'],
  [force, 'stopping the run by force'],
  [abort, 'aborted the question; the run is stopped'],
  [answer, 'answered; the run continues'],
  [refresh, 'asked the orchestrator for the status of the run'],
  [tag, 'added the tag nightly and removed the tag old'],
  [expire, 'expired the cache of train'],
])('says what was done: $kind', (intervention, expected) => {
  assert.equal(formatInterventionDone(intervention), expected);
});

test.each<[Intervention, RegExp]>([
  [stop, /^zenml pipeline runs stop 2d3bfbe2-\S+ -g$/],
  [force, /^zenml pipeline runs stop 2d3bfbe2-\S+$/],
  [abort, /^zenml pipeline runs wait-conditions resolve q --resolution abort$/],
  [answer, /^zenml pipeline runs wait-conditions resolve q --resolution continue --result true$/],
  [refresh, /^zenml pipeline runs refresh 2d3bfbe2-\S+$/],
  [
    tag,
    /^python -c 'from zenml import add_tags, remove_tags; add_tags\(tags=\["nightly"\], run="2d3bfbe2.*"\); remove_tags\(tags=\["old"\], run="2d3bfbe2.*"\)'$/,
  ],
  [
    expire,
    /^python -c '.*Client\(\)\.update_step_run\(UUID\("step"\), cache_expires_at=datetime\.now\(timezone\.utc\)\)'$/,
  ],
])('has a ZenML command that does the same: $kind', (intervention, expected) => {
  assert.match(formatInterventionCommand(intervention), expected);
});
