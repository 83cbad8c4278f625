import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Attempt} from '../../src/domain/attempt.js';
import {toStepId} from '../../src/domain/ids.js';
import {withAttempts, withDag} from '../../src/domain/merge-steps.js';
import type {Status} from '../../src/domain/status.js';
import type {Group} from '../../src/domain/step-config.js';
import {emptyStepTable, findStep, iterateSteps, type StepTable} from '../../src/domain/step-table.js';
import {aDag, aDagStep, anAttempt, at} from '../support/builders.js';

const createTable = (...attempts: readonly Attempt[]): StepTable => withAttempts(emptyStepTable, attempts);
const getAttempts = (table: StepTable): readonly Attempt[] => findStep(table, 'trainer')?.attempts ?? [];
const summarize = (table: StepTable): string =>
  getAttempts(table)
    .map(({number, status}) => `${number} ${status}`)
    .join(', ');
const listNames = (table: StepTable): readonly string[] => [...iterateSteps(table)].map(step => step.name);

const running = anAttempt({status: 'running', updatedAt: at(1)});
const completed = anAttempt({status: 'completed', updatedAt: at(13)});
const aTrainerNode = (id: string, status: Status, times: {startedAt?: number; durationMs?: number} = {}) =>
  aDagStep({name: 'trainer', id: toStepId(id), status: {status, statusWord: status}, ...times});

describe('rows of a list of steps', () => {
  test('a newer row replaces the known one', () => {
    assert.equal(summarize(withAttempts(createTable(running), [completed])), '1 completed');
  });

  test('an older row changes nothing', () => {
    const table = createTable(completed);
    assert.equal(withAttempts(table, [running]), table);
  });

  test('an equal row keeps the same object', () => {
    const table = createTable(running);
    assert.equal(withAttempts(table, [{...running}]), table);
  });

  test('a later attempt marks previous ones as retried, which the server does not report', () => {
    const retrying = anAttempt({status: 'retrying', updatedAt: at(5)});
    const second = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    assert.equal(summarize(withAttempts(createTable(retrying), [second])), '1 retried, 2 running');
    assert.equal(getAttempts(withAttempts(createTable(retrying), [second]))[0]?.statusWord, 'retried');
  });

  test('a late previous attempt is placed before the newer one, as retried', () => {
    const second = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    const first = anAttempt({status: 'retrying', updatedAt: at(5)});
    assert.equal(summarize(withAttempts(createTable(second), [first])), '1 retried, 2 running');
  });

  test('a retried attempt stays retried, even if its row says otherwise', () => {
    const retrying = anAttempt({status: 'retrying', updatedAt: at(5)});
    const second = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    const table = createTable(retrying, second);
    assert.equal(withAttempts(table, [retrying]), table);
  });

  test.each<[string, Partial<Attempt>]>([
    ['a heartbeat', {heartbeatAt: at(20)}],
    ['an attached log', {logSources: [{id: 'log', source: 'step'}]}],
  ])('%s is merged although it does not change `updated`', (_, change) => {
    const table = withAttempts(createTable(running), [{...running, ...change}]);
    assert.deepEqual(getAttempts(table)[0], {...running, ...change});
  });

  test.each<[string, Partial<Attempt>]>([
    ['heartbeat', {heartbeatAt: at(20)}],
    ['attached log', {logSources: [{id: 'log', source: 'step'}]}],
  ])('a row older than the %s does not remove it', (_, change) => {
    const table = createTable({...running, ...change});
    assert.equal(withAttempts(table, [running]), table);
  });

  test('a starting step advances without a new `updated`, but never goes back', () => {
    const provisioning = anAttempt({status: 'provisioning', updatedAt: at(1)});
    const queued = {...provisioning, status: 'queued' as const, statusWord: 'queued'};
    assert.equal(summarize(withAttempts(createTable(provisioning), [queued])), '1 queued');
    const table = createTable(running);
    assert.equal(withAttempts(table, [queued]), table);
  });

  test('new steps are added in the order of their start, however the page was sorted', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name, index) => anAttempt({name, startedAt: at(index)}));
    assert.deepEqual(listNames(createTable(c!, a!, b!)), ['a', 'b', 'c']);
  });

  test('of two rows with the same number, the newer one counts', () => {
    const other = {...completed, id: toStepId('other'), updatedAt: at(20), status: 'failed' as const};
    assert.equal(summarize(createTable(completed, other)), '1 failed');
    assert.equal(summarize(createTable(other, completed)), '1 failed');
  });
});

describe('the response of /dag', () => {
  test('adds planned steps, in its order, with their upstream steps', () => {
    const dag = aDag({steps: [aDagStep({name: 'load'}), aDagStep({name: 'trainer', upstream: ['load']})]});
    const table = withDag(createTable(running), dag);
    assert.deepEqual(listNames(table), ['load', 'trainer']);
    assert.deepEqual(findStep(table, 'trainer')?.upstream, ['load']);
    assert.deepEqual(table.counts, {waiting: 1, running: 1});
  });

  test('leaves steps that it lacks at the end', () => {
    const table = createTable(anAttempt({name: 'new'}), anAttempt({name: 'old', startedAt: at(1)}));
    assert.deepEqual(listNames(withDag(table, aDag({steps: [aDagStep({name: 'old'})]}))), ['old', 'new']);
  });

  test('keeps the same object if it is repeated', () => {
    const dag = aDag({
      steps: [aDagStep({name: 'load'}), aTrainerNode('step-trainer-1', 'running'), aDagStep({name: 'deploy'})],
    });
    const table = withDag(createTable(running), dag);
    assert.equal(withDag(table, dag), table);
  });

  test('ends an attempt before its row does, and the row replaces it later', () => {
    const dag = aDag({steps: [aTrainerNode('step-trainer-1', 'completed', {startedAt: at(0), durationMs: 12_000})]});
    const table = withDag(createTable(running), dag);
    assert.equal(getAttempts(table)[0]?.endedAt, at(12));
    assert.equal(withAttempts(table, [{...running, updatedAt: at(11), heartbeatAt: at(11)}]), table);
    assert.deepEqual(getAttempts(withAttempts(table, [completed])), [completed]);
  });

  test('computes the end of a node without a start, as sent before 0.85, from the start of the row', () => {
    const dag = aDag({steps: [aTrainerNode('step-trainer-1', 'completed', {durationMs: 12_000})]});
    assert.equal(getAttempts(withDag(createTable(running), dag))[0]?.endedAt, at(12));
  });

  test('does not undo newer rows if it is late', () => {
    const table = withDag(createTable(completed), aDag({steps: [aTrainerNode('step-trainer-1', 'running')]}));
    assert.equal(summarize(table), '1 completed');
    assert.equal(summarize(withDag(table, aDag({steps: [aDagStep({name: 'trainer'})]}))), '1 completed');
  });

  test('adds an attempt without a row as the newest, unless a row started after it', () => {
    const first = anAttempt({status: 'retrying', updatedAt: at(5)});
    const second = aTrainerNode('step-trainer-2', 'running', {startedAt: at(7)});
    assert.equal(summarize(withDag(createTable(first), aDag({steps: [second]}))), '1 retried, 2 running');

    const row = anAttempt({number: 2, status: 'running', startedAt: at(7)});
    const late = aTrainerNode('step-trainer-1', 'running', {startedAt: at(0)});
    assert.equal(summarize(withDag(createTable(row), aDag({steps: [late]}))), '1 retried, 2 running');
  });

  test('has its estimated attempt number replaced by that of the row', () => {
    const table = withDag(
      emptyStepTable,
      aDag({steps: [aTrainerNode('step-trainer-3', 'running', {startedAt: at(20)})]}),
    );
    assert.equal(summarize(table), '1 running');
    const row = anAttempt({number: 3, status: 'running', startedAt: at(20)});
    assert.equal(summarize(withAttempts(table, [row])), '3 running');
  });

  test('reports an end that an older row does not undo', () => {
    const dag = aDag({steps: [aTrainerNode('step-trainer-1', 'completed', {startedAt: at(0), durationMs: 12_000})]});
    const table = withAttempts(withDag(emptyStepTable, dag), [running]);
    assert.equal(summarize(table), '1 completed');
    assert.deepEqual(getAttempts(table)[0]?.inputs, []);
    assert.deepEqual(getAttempts(withAttempts(table, [completed])), [completed]);
  });
});

describe('the items of a map', () => {
  const group: Group = {id: 'g1', name: 'embed', type: 'map'};
  /** With the ID that zentop derives from the names of the items, whatever ID the server sends. */
  const mapGroup: Group = {...group, id: 'map:embed:'};
  const known = withDag(emptyStepTable, aDag({steps: [aDagStep({name: 'map:embed:0', group})]}));

  test('a new item joins the group of its siblings before /dag is fetched', () => {
    const table = withAttempts(known, [anAttempt({name: 'map:embed:1'})]);
    assert.deepEqual(findStep(table, 'map:embed:1')?.group, mapGroup);
    assert.deepEqual(table.structure.groupsById.get(mapGroup.id)?.indexes, [0, 1]);
    assert.deepEqual(table.countsByGroup.get(mapGroup.id), {waiting: 1, completed: 1});
  });

  test('are a group before /dag is fetched, and the same one afterwards', () => {
    const rows = withAttempts(emptyStepTable, [anAttempt({name: 'map:embed:1'}), anAttempt({name: 'map:embed:0'})]);
    assert.deepEqual([...rows.structure.groupsById.values()], [{...mapGroup, indexes: [0, 1]}]);
    const steps = [0, 1, 2].map(index => aDagStep({name: `map:embed:${index}`, group}));
    const whole = withDag(rows, aDag({steps}));
    assert.deepEqual([...whole.structure.groupsById.values()], [{...mapGroup, indexes: [0, 1, 2]}]);
    assert.deepEqual(whole.countsByGroup.get(mapGroup.id), {completed: 2, waiting: 1});
  });

  test.each([
    ['map:embed_2:1', 'map:embed_2:'],
    ['embed:1', undefined],
    ['map:embed:x', undefined],
  ])('%s is not in the group', (name, id) => {
    assert.equal(findStep(withAttempts(known, [anAttempt({name})]), name)?.group?.id, id);
  });

  test('an item leaves the group if /dag says so', () => {
    const table = withAttempts(known, [anAttempt({name: 'map:embed:1'})]);
    const other: Group = {id: 'g2', name: 'embed', type: 'custom'};
    const steps = [aDagStep({name: 'map:embed:0', group}), aDagStep({name: 'map:embed:1', group: other})];
    const next = withDag(table, aDag({steps}));
    assert.deepEqual(
      [...next.structure.groupsById.values()].map(({id, indexes}) => [id, indexes]),
      [
        [mapGroup.id, [0]],
        ['g2', [1]],
      ],
    );
    assert.deepEqual(
      [...next.countsByGroup],
      [
        [mapGroup.id, {waiting: 1}],
        ['g2', {completed: 1}],
      ],
    );
  });
});
