import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Question} from '../../src/domain/intervention/question.js';
import type {Step} from '../../src/domain/step.js';
import {createStepTable} from '../../src/domain/update-step-table.js';
import {findRunWait, findWaitReason, type WaitFacts, type WaitReason} from '../../src/domain/wait-reason.js';
import {
  aDetail,
  anAttempt,
  aPlannedStep,
  aQuestion,
  aRun,
  aRunConfig,
  aStep,
  aStepConfig,
  at,
} from '../support/builders.js';

const createFacts = (steps: readonly Step[], changes: Partial<WaitFacts> = {}): WaitFacts => ({
  run: aRun(),
  isRunOver: false,
  table: createStepTable(steps),
  questions: [],
  detailsById: new Map(),
  resourceRequestsById: new Map(),
  ...changes,
});

/** Why the last of these steps waits, with the names of the steps in it. */
const findReason = (steps: readonly Step[], changes?: Partial<WaitFacts>) =>
  withNames(findWaitReason(steps.at(-1)!, createFacts(steps, changes)));

const withNames = (reason: WaitReason | undefined) =>
  reason !== undefined && 'steps' in reason ? {...reason, steps: reason.steps.map(({name}) => name)} : reason;

const load = aStep({name: 'load', status: 'completed'});

test('names the running ancestor rather than the nearest one, which is waiting too', () => {
  const steps = [
    aStep({name: 'train', status: 'running'}),
    aPlannedStep({name: 'evaluate', upstream: ['train']}),
    aPlannedStep({name: 'report', upstream: ['evaluate']}),
    aPlannedStep({name: 'deploy', upstream: ['report', 'evaluate']}),
  ];
  assert.deepEqual(findReason(steps), {kind: 'upstream', steps: ['train']});
});

test('names the failed ancestor that keeps a step from starting, even if others are running', () => {
  const steps = [
    aStep({name: 'train', status: 'failed'}),
    aStep({name: 'other', status: 'running'}),
    aPlannedStep({name: 'evaluate', upstream: ['train']}),
    aPlannedStep({name: 'report', upstream: ['other', 'evaluate']}),
  ];
  assert.deepEqual(findReason(steps), {kind: 'failure', steps: ['train'], isRunOver: false});
  assert.deepEqual(findReason(steps, {isRunOver: true}), {kind: 'failure', steps: ['train'], isRunOver: true});
});

test('an ancestor between two attempts counts as active, not as failed', () => {
  const flaky = aStep({name: 'flaky', attempts: [anAttempt({name: 'flaky', status: 'retried'})]});
  assert.deepEqual(findReason([flaky, aPlannedStep({name: 'next', upstream: ['flaky']})]), {
    kind: 'upstream',
    steps: ['flaky'],
  });
});

test('a step whose upstream steps have succeeded has been ready since the last of them ended', () => {
  const steps = [
    aStep({attempts: [anAttempt({name: 'a', endedAt: at(30)})]}),
    aStep({attempts: [anAttempt({name: 'b', endedAt: at(50)})]}),
    aPlannedStep({name: 'next', upstream: ['a', 'b']}),
  ];
  assert.deepEqual(findReason(steps), {kind: 'ready', since: at(50)});
  assert.deepEqual(findReason([aPlannedStep({name: 'first'})]), {kind: 'ready', since: at(0)});
});

test('names the ancestor that has not been started although it is ready', () => {
  const steps = [
    load,
    aPlannedStep({name: 'train', upstream: ['load']}),
    aPlannedStep({name: 'last', upstream: ['train']}),
  ];
  assert.deepEqual(findReason(steps), {kind: 'upstream', steps: ['train']});
});

const question: Question = aQuestion({text: 'Deploy?', createdAt: at(60)});

test('a step that is ready to start is waiting for the answer to the question of its run', () => {
  const steps = [load, aPlannedStep({name: 'deploy', upstream: ['load']})];
  assert.deepEqual(findReason(steps, {questions: [question]}), {kind: 'question', text: 'Deploy?', since: at(60)});
  const run = aRun({waitCondition: {id: 'wait', name: 'approve', question: undefined}});
  assert.deepEqual(findReason(steps, {run}), {kind: 'question', text: 'approve', since: undefined});
  assert.equal(findReason(steps, {questions: [{...question, isPending: false}]})?.kind, 'ready');
});

test('in a paused or stopping run, no further steps start', () => {
  const steps = [load, aPlannedStep({name: 'deploy', upstream: ['load']})];
  const paused = aRun({status: 'paused', statusReason: 'Waiting for manual resume.'});
  assert.deepEqual(findReason(steps, {run: paused}), {kind: 'paused', text: 'Waiting for manual resume.'});
  assert.deepEqual(findReason(steps, {run: aRun({status: 'stopping'})}), {kind: 'stopping'});
  assert.deepEqual(findReason(steps, {isRunOver: true}), {kind: 'end'});
});

test('a queued step is waiting for resources, with the reason that its resource request gives', () => {
  const attempt = anAttempt({name: 'train', status: 'queued', resourceRequestId: 'request'});
  const steps = [aStep({attempts: [attempt]})];
  assert.deepEqual(findReason(steps), {kind: 'queued', since: at(0), text: undefined});
  const request = {id: 'request', reason: 'pool gpu is full', queuedAt: at(20)};
  assert.deepEqual(findReason(steps, {resourceRequestsById: new Map([['request', request]])}), {
    kind: 'queued',
    since: at(20),
    text: 'pool gpu is full',
  });
});

test('a step that is being provisioned has been waiting since the start of its attempt', () => {
  assert.deepEqual(findReason([aStep({name: 'train', status: 'provisioning'})]), {kind: 'provisioning', since: at(0)});
});

test('a step is waiting for its next attempt until the delay after the failed one is over', () => {
  const attempts = [
    anAttempt({name: 'train', number: 1, status: 'retried'}),
    anAttempt({name: 'train', number: 2, status: 'retrying', endedAt: at(100)}),
  ];
  const retry = {maxRetries: 3, delaySeconds: 10, backoff: 2};
  assert.deepEqual(findReason([aStep({attempts})], {run: aRun({config: aRunConfig({retry})})}), {
    kind: 'retry',
    until: at(120),
  });
  const attempt = anAttempt({name: 'train', number: 1});
  const detail = aDetail({attempt, config: aStepConfig({retry: {...retry, delaySeconds: 30}})});
  assert.deepEqual(findReason([aStep({attempts})], {detailsById: new Map([[attempt.id, detail]])}), {
    kind: 'retry',
    until: at(160),
  });
  assert.deepEqual(findReason([aStep({attempts})]), {kind: 'retry', until: undefined});
});

test('a step that is running or has ended does not wait', () => {
  assert.equal(findReason([aStep({status: 'running'})]), undefined);
  assert.equal(findReason([load]), undefined);
  assert.equal(findReason([aStep({status: 'provisioning'})], {isRunOver: true}), undefined);
});

const findRunReason = (steps: readonly Step[], changes?: Partial<WaitFacts>) => {
  const found = findRunWait(createFacts(steps, changes));
  return found && {kind: found.reason.kind, step: found.step?.name};
};

test('a run is waiting for the answer to its question, whatever else is running in it', () => {
  const steps = [aStep({name: 'train', status: 'running'})];
  assert.deepEqual(findRunReason(steps, {questions: [question]}), {kind: 'question', step: undefined});
  assert.equal(findRunReason(steps), undefined);
  assert.equal(findRunReason(steps, {questions: [question], isRunOver: true}), undefined);
});

test('if nothing is running, a run is waiting for the same as its first step that is not waiting for another step', () => {
  const steps = [
    load,
    aPlannedStep({name: 'first', upstream: ['load']}),
    aStep({name: 'train', status: 'queued'}),
    aPlannedStep({name: 'last', upstream: ['train']}),
  ];
  assert.deepEqual(findRunReason(steps), {kind: 'queued', step: 'train'});
  assert.deepEqual(findRunReason(steps.slice(0, 2)), {kind: 'ready', step: 'first'});
});

test('a run without steps is waiting for its infrastructure, or to be resumed if it is paused', () => {
  assert.deepEqual(findRunReason([], {run: aRun({status: 'initializing'})}), {kind: 'provisioning', step: undefined});
  assert.deepEqual(findRunReason([], {run: aRun({status: 'paused'})}), {kind: 'paused', step: undefined});
});
