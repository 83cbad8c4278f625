import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {type Status, statuses} from '../../src/domain/status.js';
import {getLineText, type Line} from '../../src/format/line.js';
import type {StepChange} from '../../src/report/change.js';
import {findNotRunChanges, findRunChangesSince} from '../../src/report/changes.js';
import {formatChangeJson} from '../../src/report/json-line.js';
import type {KnownRun} from '../../src/report/known-run.js';
import {renderPlainChange} from '../../src/report/render-change.js';
import {aDetail, anAttempt, anException, aPlannedStep, aRun, aStep, aStepConfig} from '../support/builders.js';
import {aKnownRun} from './support/known-run.js';
import {readRecordedRun} from './support/recorded-run.js';

const formatPlain = (lines: readonly Line[]): string => lines.map(getLineText).join('\n');

const formatChanges = (before: KnownRun | undefined, after: KnownRun): readonly string[] =>
  findRunChangesSince(before, after).map(change =>
    change.type === 'run'
      ? `run: ${change.from ?? 'found'} → ${change.run.statusWord}`
      : `${change.name} ${change.attempt ?? '–'}: ${change.from ?? 'found'} → ${change.to}`,
  );

const waiting = aPlannedStep({name: 'trainer'});
const first = anAttempt({name: 'trainer', status: 'running'});
const running = aStep({name: 'trainer', attempts: [first]});
const retried = aStep({
  name: 'trainer',
  attempts: [
    {...first, status: 'retried', statusWord: 'retried'},
    anAttempt({name: 'trainer', number: 2, status: 'running'}),
  ],
});

describe('the changes between two observations', () => {
  test('start with the run, followed by the current state of every step', () => {
    const found = aKnownRun({steps: [running, aPlannedStep({name: 'deploy'})]});
    assert.deepEqual(formatChanges(undefined, found), [
      'run: found → running',
      'trainer 1: found → running',
      'deploy –: found → waiting',
    ]);
  });

  test('are empty if nothing changed', () => {
    assert.deepEqual(formatChanges(aKnownRun({steps: [running]}), aKnownRun({steps: [{...running}]})), []);
  });

  test('include a step that started', () => {
    assert.deepEqual(formatChanges(aKnownRun({steps: [waiting]}), aKnownRun({steps: [running]})), [
      'trainer 1: waiting → running',
    ]);
  });

  test('include each attempt when several polls are combined', () => {
    const end = aStep({
      name: 'trainer',
      attempts: [retried.attempts[0]!, anAttempt({name: 'trainer', number: 2, status: 'failed'})],
    });
    assert.deepEqual(formatChanges(aKnownRun({steps: [waiting]}), aKnownRun({steps: [end]})), [
      'trainer 1: waiting → retried',
      'trainer 2: retried → failed',
    ]);
  });

  test('do not include a previous attempt that is loaded late', () => {
    const latest = aStep({name: 'trainer', attempts: retried.attempts.slice(1)});
    assert.deepEqual(formatChanges(aKnownRun({steps: [latest]}), aKnownRun({steps: [retried]})), []);
  });

  test.each(['0.80.2', '0.83.1'])('have no attempt number on %s, which does not number attempts', version => {
    const known = readRecordedRun({version, run: 'run_fail', steps: ['step_fail_failed']});
    const change = findRunChangesSince(undefined, known).find(({type}) => type === 'step') as StepChange;
    assert.equal(change.attempt, undefined);
    const changeOfRetry = {...change, maxAttempts: 2};
    assert.doesNotMatch(formatPlain(renderPlainChange(changeOfRetry)), /attempt/);
    assert.equal(JSON.parse(formatChangeJson(changeOfRetry)).attempt, null);
  });

  test('list steps before the run when both changed', () => {
    const after = aKnownRun({run: aRun({status: 'failed'}), steps: [aStep({name: 'trainer', status: 'failed'})]});
    assert.deepEqual(formatChanges(aKnownRun({steps: [running]}), after), [
      'trainer 1: running → failed',
      'run: running → failed',
    ]);
  });

  test('include the run when only its status reason or an unknown status word changed', () => {
    const before = aKnownRun({run: aRun({status: 'paused'})});
    const after = aKnownRun({run: aRun({status: 'paused', statusReason: 'Waiting for input.'})});
    assert.deepEqual(formatChanges(before, after), ['run: paused → paused']);
    const unknown = aKnownRun({run: aRun({status: 'unknown', statusWord: 'hibernating'})});
    assert.deepEqual(formatChanges(before, unknown), ['run: paused → hibernating']);
  });

  test('include the exception and the maximum number of attempts once the detail is loaded', () => {
    const failed = anAttempt({name: 'trainer', status: 'failed', number: 2});
    const exception = anException();
    const config = aStepConfig({retry: {maxRetries: 2, delaySeconds: 1, backoff: 1}});
    const details = [aDetail({attempt: failed, exception, config})];
    const [change] = findRunChangesSince(
      aKnownRun(),
      aKnownRun({steps: [aStep({name: 'trainer', attempts: [failed]})], details}),
    );
    const stepChange = change as StepChange;
    assert.deepEqual([stepChange.exception, stepChange.attempt, stepChange.maxAttempts], [exception, 2, 3]);
  });

  const aRunWithAttempts = (attemptStatuses: readonly Status[]): KnownRun => {
    const attempts = attemptStatuses.map((status, index) => anAttempt({name: 'trainer', status, number: index + 1}));
    return aKnownRun({steps: [aStep({name: 'trainer', attempts})]});
  };
  /** Attempts of a step are only added, never removed; their statuses change arbitrarily. */
  const histories = fc
    .array(fc.array(fc.constantFrom(...statuses), {maxLength: 4}), {minLength: 1, maxLength: 6})
    .map(lists => lists.toSorted((a, b) => a.length - b.length).map(aRunWithAttempts));

  test('form a chain: each change starts where the previous one ended, and the last one is the current state', () => {
    fc.assert(
      fc.property(histories, history => {
        let status = 'waiting';
        const findStepChanges = (before: KnownRun | undefined, after: KnownRun) =>
          findRunChangesSince(before, after).filter((change): change is StepChange => change.type === 'step');
        const start = aKnownRun({steps: [waiting]});
        for (const [index, after] of history.entries()) {
          for (const change of findStepChanges(history[index - 1] ?? start, after)) {
            assert.equal(change.from, status);
            status = change.to;
          }

          const attempts = [...after.table.chunks.flat()][0]?.attempts ?? [];
          assert.equal(status, attempts.at(-1)?.statusWord ?? 'waiting');
        }
      }),
    );
  });

  test('include every attempt with its final status, whichever polls were combined', () => {
    fc.assert(
      fc.property(histories, history => {
        const last = history.at(-1)!;
        const changes = findRunChangesSince(aKnownRun({steps: [waiting]}), last).filter(({type}) => type === 'step');
        const attempts = [...last.table.chunks.flat()][0]?.attempts ?? [];
        assert.deepEqual(
          (changes as readonly StepChange[]).map(({attempt, to}) => [attempt, to]),
          attempts.map(({number, statusWord}) => [number, statusWord]),
        );
      }),
    );
  });
});

test('each step that has no step run changes to `not run` once the run is over', () => {
  const known = aKnownRun({steps: [aStep({name: 'trainer', status: 'failed'}), aPlannedStep({name: 'deploy'})]});
  const changes = findNotRunChanges(known);
  assert.deepEqual(
    changes.map(change => formatPlain(renderPlainChange(change)).replace(/^\S+ /, '')),
    ['step deploy waiting → not run'],
  );
});
