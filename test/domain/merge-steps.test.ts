import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {parseStepId} from '../../src/domain/ids.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import type {Status} from '../../src/domain/status.js';
import type {Group} from '../../src/domain/step-config.js';
import {emptyStepTable, findStep, iterateSteps, type StepTable} from '../../src/domain/step-table.js';
import {aDag, aDagStep, anAttempt, at} from '../support/builders.js';

const tableWith = (...attempts: readonly Attempt[]): StepTable => withAttempts(emptyStepTable, attempts);
const attemptsOf = (table: StepTable, name = 'trainer'): readonly Attempt[] => findStep(table, name)?.attempts ?? [];
const shortly = (table: StepTable, name = 'trainer'): string =>
  attemptsOf(table, name)
    .map(({number, status}) => `${number} ${status}`)
    .join(', ');
const namesOf = (table: StepTable): readonly string[] => [...iterateSteps(table)].map(step => step.name);

const running = anAttempt({status: 'running', updatedAt: at(1)});
const completed = anAttempt({status: 'completed', updatedAt: at(13)});
const told = (id: string, status: Status, more: {startedAt?: number; durationMs?: number; name?: string} = {}) =>
  aDagStep({name: 'trainer', id: parseStepId(id), status: {status, statusWord: status}, ...more});

describe('rows of a steps list', () => {
  test('a row that was written later replaces the one held', () => {
    assert.equal(shortly(withAttempts(tableWith(running), [completed])), '1 completed');
  });

  test('a row that was written earlier changes nothing', () => {
    const table = tableWith(completed);
    assert.equal(withAttempts(table, [running]), table);
  });

  test('a row that says the same again changes nothing, not even identity', () => {
    const table = tableWith(running);
    assert.equal(withAttempts(table, [{...running}]), table);
  });

  test('a later attempt retires the earlier ones, which the server does not tell', () => {
    const retrying = anAttempt({status: 'retrying', updatedAt: at(5)});
    const second = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    assert.equal(shortly(withAttempts(tableWith(retrying), [second])), '1 retried, 2 running');
    assert.equal(attemptsOf(withAttempts(tableWith(retrying), [second]))[0]?.statusWord, 'retried');
  });

  test('an earlier attempt that comes late is put before the newer one, as retried', () => {
    const second = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    const first = anAttempt({status: 'retrying', updatedAt: at(5)});
    assert.equal(shortly(withAttempts(tableWith(second), [first])), '1 retried, 2 running');
  });

  test('what was retired stays retired, though the row says otherwise', () => {
    const retrying = anAttempt({status: 'retrying', updatedAt: at(5)});
    const second = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    const table = tableWith(retrying, second);
    assert.equal(withAttempts(table, [retrying]), table);
  });

  test.each<[string, Partial<Attempt>]>([
    ['a heartbeat', {heartbeatAt: at(20)}],
    ['an attached log', {logSources: [{id: 'log', source: 'step', logStoreId: undefined}]}],
  ])('%s does not move `updated` and is taken all the same', (_, change) => {
    const table = withAttempts(tableWith(running), [{...running, ...change}]);
    assert.deepEqual(attemptsOf(table)[0], {...running, ...change});
  });

  test.each<[string, Partial<Attempt>]>([
    ['heartbeat', {heartbeatAt: at(20)}],
    ['attached log', {logSources: [{id: 'log', source: 'step', logStoreId: undefined}]}],
  ])('a row from before the %s does not take it away', (_, change) => {
    const table = tableWith({...running, ...change});
    assert.equal(withAttempts(table, [running]), table);
  });

  test('a step on its way to its start moves on without a new `updated`, and not back', () => {
    const provisioning = anAttempt({status: 'provisioning', updatedAt: at(1)});
    const queued = {...provisioning, status: 'queued' as const, statusWord: 'queued'};
    assert.equal(shortly(withAttempts(tableWith(provisioning), [queued])), '1 queued');
    const table = tableWith(running);
    assert.equal(withAttempts(table, [queued]), table);
  });

  test('new steps follow in the order of their start, however the page was sorted', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name, index) => anAttempt({name, startedAt: at(index)}));
    assert.deepEqual(namesOf(tableWith(c!, a!, b!)), ['a', 'b', 'c']);
  });

  test('two rows that claim the same number are one attempt: the one written later', () => {
    const other = {...completed, id: parseStepId('other'), updatedAt: at(20), status: 'failed' as const};
    assert.equal(shortly(tableWith(completed, other)), '1 failed');
    assert.equal(shortly(tableWith(other, completed)), '1 failed');
  });
});

describe('the answer of /dag', () => {
  test('planned steps are there, in its order, with what they wait for', () => {
    const dag = aDag({steps: [aDagStep({name: 'load'}), aDagStep({name: 'trainer', upstream: ['load']})]});
    const table = withDag(tableWith(running), dag);
    assert.deepEqual(namesOf(table), ['load', 'trainer']);
    assert.deepEqual(findStep(table, 'trainer')?.upstream, ['load']);
    assert.deepEqual(table.counts, {waiting: 1, running: 1});
  });

  test('steps that it does not have yet stay behind the others', () => {
    const table = tableWith(anAttempt({name: 'new'}), anAttempt({name: 'old', startedAt: at(1)}));
    assert.deepEqual(namesOf(withDag(table, aDag({steps: [aDagStep({name: 'old'})]}))), ['old', 'new']);
  });

  test('told again, it changes nothing, not even identity', () => {
    const dag = aDag({
      steps: [aDagStep({name: 'load'}), told('step-trainer-1', 'running'), aDagStep({name: 'deploy'})],
    });
    const table = withDag(tableWith(running), dag);
    assert.equal(withDag(table, dag), table);
  });

  test('an end that no row told yet is taken, and the row of it later', () => {
    const dag = aDag({steps: [told('step-trainer-1', 'completed', {startedAt: at(0), durationMs: 12_000})]});
    const table = withDag(tableWith(running), dag);
    assert.equal(attemptsOf(table)[0]?.endedAt, at(12));
    assert.equal(withAttempts(table, [{...running, updatedAt: at(11), heartbeatAt: at(11)}]), table);
    assert.deepEqual(attemptsOf(withAttempts(table, [completed])), [completed]);
  });

  test('an end without a start, as before 0.85, is counted from the start that the row told', () => {
    const dag = aDag({steps: [told('step-trainer-1', 'completed', {durationMs: 12_000})]});
    assert.equal(attemptsOf(withDag(tableWith(running), dag))[0]?.endedAt, at(12));
  });

  test('a late one does not take back what rows told since', () => {
    const table = withDag(tableWith(completed), aDag({steps: [told('step-trainer-1', 'running')]}));
    assert.equal(shortly(table), '1 completed');
    assert.equal(shortly(withDag(table, aDag({steps: [aDagStep({name: 'trainer'})]}))), '1 completed');
  });

  test('an attempt that no row told yet is the newest, unless a row started after it', () => {
    const first = anAttempt({status: 'retrying', updatedAt: at(5)});
    const second = told('step-trainer-2', 'running', {startedAt: at(7)});
    assert.equal(shortly(withDag(tableWith(first), aDag({steps: [second]}))), '1 retried, 2 running');

    const row = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    const late = told('step-trainer-1', 'running', {startedAt: at(0)});
    assert.equal(shortly(withDag(tableWith(row), aDag({steps: [late]}))), '1 retried, 2 running');
  });

  test('its guess of a number gives way to the row, which knows', () => {
    const table = withDag(emptyStepTable, aDag({steps: [told('step-trainer-3', 'running', {startedAt: at(20)})]}));
    assert.equal(shortly(table), '1 running');
    const row = anAttempt({number: 3, status: 'running', startedAt: at(20)});
    assert.equal(shortly(withAttempts(table, [row])), '3 running');
  });

  test('a row from before its end does not take that back', () => {
    const dag = aDag({steps: [told('step-trainer-1', 'completed', {startedAt: at(0), durationMs: 12_000})]});
    const table = withAttempts(withDag(emptyStepTable, dag), [running]);
    assert.equal(shortly(table), '1 completed');
    assert.deepEqual(attemptsOf(table)[0]?.inputs, []);
    assert.deepEqual(attemptsOf(withAttempts(table, [completed])), [completed]);
  });
});

describe('the items of a map', () => {
  const group: Group = {id: 'g1', name: 'embed', type: 'map'};
  const known = withDag(emptyStepTable, aDag({steps: [aDagStep({name: 'map:embed:0', group})]}));

  test('an item that comes up joins the items before it, before /dag tells', () => {
    const table = withAttempts(known, [anAttempt({name: 'map:embed:1'})]);
    assert.deepEqual(findStep(table, 'map:embed:1')?.group, group);
    assert.deepEqual(table.structure.groupsById.get('g1')?.indexes, [0, 1]);
    assert.deepEqual(table.countsByGroup.get('g1'), {waiting: 1, completed: 1});
  });

  test.each(['map:embed_2:1', 'embed:1', 'map:embed:x'])('%s is none of them', name => {
    assert.equal(findStep(withAttempts(known, [anAttempt({name})]), name)?.group, undefined);
  });

  test('where /dag says that one belongs elsewhere it leaves', () => {
    const table = withAttempts(known, [anAttempt({name: 'map:embed:1'})]);
    const other: Group = {id: 'g2', name: 'embed', type: 'map'};
    const steps = [aDagStep({name: 'map:embed:0', group}), aDagStep({name: 'map:embed:1', group: other})];
    const next = withDag(table, aDag({steps}));
    assert.deepEqual(
      [...next.structure.groupsById.values()].map(({id, indexes}) => [id, indexes]),
      [
        ['g1', [0]],
        ['g2', [1]],
      ],
    );
    assert.deepEqual(
      [...next.countsByGroup],
      [
        ['g1', {waiting: 1}],
        ['g2', {completed: 1}],
      ],
    );
  });
});
