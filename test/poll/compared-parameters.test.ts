import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StepDetail} from '../../src/domain/attempt.js';
import {toRunId} from '../../src/domain/ids.js';
import {fetchListingNews} from '../../src/poll/fetch-listing-news.js';
import {aDetail, anAttempt} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {createScriptedClient} from '../support/scripted-client.js';

const aDetailWith = (name: string, parameters: StepDetail['config']['parameters'], mapOf?: string): StepDetail => {
  const detail = aDetail({attempt: anAttempt({name})});
  const group = mapOf === undefined ? undefined : {id: mapOf, name: mapOf, type: 'map'};
  return {...detail, config: {...detail.config, parameters, group}};
};

const fetchParameters = async (items: readonly StepDetail[], total = items.length) => {
  const {client} = createScriptedClient(createHandClock(0), () => () => ({
    value: {items, index: 1, pageCount: 1, total},
  }));
  const query = {kind: 'compared-parameters', runId: toRunId('r'), projectId: undefined} as const;
  const response = await fetchListingNews(client, query, new AbortController().signal);
  assert.ok(response.ok && response.value.kind === 'compared-parameters');
  return response.value.parameters;
};

test('returns the parameters of each step, once for all steps of a map', async () => {
  const steps = [
    aDetailWith('train', {lr: 0.1}),
    aDetailWith('map:embed:0', {size: 2}, 'embed'),
    aDetailWith('map:embed:1', {size: 2}, 'embed'),
  ];
  assert.deepEqual(await fetchParameters(steps), {'train::lr': 0.1, 'embed::size': 2});
});

test('returns nothing for a run with more steps than the limit, rather than an incomplete result', async () => {
  assert.deepEqual(await fetchParameters([aDetailWith('train', {lr: 0.1})], 101), {});
});
