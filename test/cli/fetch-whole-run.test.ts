import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Client, StepsQuery} from '../../src/api/client.js';
import {fetchWholeRun} from '../../src/cli/opening/fetch-whole-run.js';
import type {Failure} from '../../src/domain/failure.js';
import {findStep} from '../../src/domain/step-table.js';
import {aDag, aDetail, anAttempt, aRefusal, aRun, at} from '../support/builders.js';

const timing = {requestedAt: at(0), respondedAt: at(1), serverDateAt: undefined};
const respond = <T>(value: T) => Promise.resolve({ok: true as const, value, timing});
const fail = (failure: Failure) => Promise.resolve({ok: false as const, failure});
const createPage = <T>(items: readonly T[], index: number) => ({items, index, pageCount: 3, total: 3});
const createAttempt = (page: number) => anAttempt({name: `step ${page}`});

const createClientWith = (failure: Failure, fetchSteps: Client['fetchSteps']): Client =>
  ({
    fetchDag: () => respond(aDag()),
    fetchStepDetails: ({page = 1}: StepsQuery) =>
      page === 2 ? fail(failure) : respond(createPage([aDetail({attempt: createAttempt(page)})], page)),
    fetchSteps,
    fetchStep: () => fail(failure),
  }) as unknown as Client;

const fetchPlainRows: Client['fetchSteps'] = (_, {page = 1}) => respond(createPage([createAttempt(page)], page));
const signal = new AbortController().signal;

test('a page that cannot be read loses only the details of its steps', async () => {
  const result = await fetchWholeRun(
    createClientWith({kind: 'malformed', where: 'steps'}, fetchPlainRows),
    aRun(),
    signal,
  );
  assert.ok(result.ok);
  for (const page of [1, 2, 3]) {
    assert.equal(findStep(result.value.table, `step ${page}`)?.attempts.length, 1);
    assert.equal(result.value.detailsById.has(createAttempt(page).id), page !== 2);
  }

  assert.equal(result.value.bareCount, 1);
});

test('details that the server cannot list are fetched step by step, and a graph that it cannot return is reported as missing', async () => {
  const details = [1, 2, 3].map(page => aDetail({attempt: createAttempt(page), originalStepId: anAttempt().id}));
  const serverError = aRefusal(500);
  const client = {
    fetchDag: () => fail(serverError),
    fetchStepDetails: () => fail(serverError),
    fetchSteps: () => respond({items: details.map(({attempt}) => attempt), index: 1, pageCount: 1, total: 3}),
    fetchStep: (id: string) => respond(details.find(({attempt}) => attempt.id === id)),
  } as unknown as Client;
  const result = await fetchWholeRun(client, aRun(), signal);
  assert.ok(result.ok);
  assert.deepEqual([result.value.bareCount, result.value.isGraphMissing, result.value.detailsById.size], [0, true, 3]);
});

test('a failure of the whole server is reported', async () => {
  const client = createClientWith({kind: 'timed-out', afterMs: 1000}, fetchPlainRows);
  const result = await fetchWholeRun(client, aRun(), signal);
  assert.deepEqual(result, {ok: false, failure: {kind: 'timed-out', afterMs: 1000}});
});
