import assert from 'node:assert/strict';
import {afterEach, test} from 'vitest';
import {findLatestAttempt} from '../../src/domain/step.js';
import {findStep} from '../../src/domain/step-table.js';
import {findLatestStepDetail, selectCacheVerdict} from '../../src/store/history/cache-verdict.js';
import {type PolledDemo, startPolledDemo} from '../support/polled.js';

let demo: PolledDemo | undefined;
afterEach(async () => {
  await demo?.stop();
  demo = undefined;
});

const open = async (step: string, tab: 'cache' | 'code' = 'cache'): Promise<PolledDemo> => {
  demo = await startPolledDemo({scenario: 'training', size: {columns: 120, rows: 40}});
  await demo.clock.advance(400_000);
  demo.store.dispatch({type: 'step/selected', name: step});
  demo.store.dispatch({type: 'tab/chosen', tab});
  await demo.clock.advance(20_000);
  return demo;
};

const findVerdict = ({state}: PolledDemo, step: string) => {
  const openRun = state().openRun!;
  return selectCacheVerdict(state(), openRun, findLatestStepDetail(openRun, step)!);
};

/** Queries for steps with the same cache key. */
const listLookups = ({server}: PolledDemo): readonly Readonly<Record<string, string>>[] =>
  server.requests.flatMap(({path}) => {
    const {searchParams} = new URL(path, 'http://demo.example');
    return searchParams.has('cache_key') ? [Object.fromEntries(searchParams)] : [];
  });

test('steps with the same cache key are fetched once, including those that have expired since', async () => {
  const {clock, state} = await open('build_features');
  const detail = findLatestStepDetail(state().openRun!, 'build_features')!;
  const lookups = listLookups(demo!);
  assert.equal(lookups.length, 1);
  const [lookup] = lookups;
  assert.equal(lookup?.['cache_key'], `equals:${detail.cacheKey}`);
  assert.equal(lookup?.['status'], 'equals:completed');
  assert.equal(lookup?.['sort_by'], 'desc:created');
  assert.equal(lookup?.['cache_expired'], undefined);
  assert.equal(findVerdict(demo!, 'build_features').kind, 'differs');
  await clock.advance(120_000);
  assert.equal(listLookups(demo!).length, 1);
});

test('steps with the same cache key are not fetched for a step served from the cache or with caching off', async () => {
  await open('load_labels');
  assert.equal(findVerdict(demo!, 'load_labels').kind, 'reused');
  demo!.store.dispatch({type: 'step/selected', name: 'train_transformer'});
  await demo!.clock.advance(20_000);
  assert.equal(findVerdict(demo!, 'train_transformer').kind, 'off');
  assert.deepEqual(listLookups(demo!), []);
});

test('steps with the same cache key are not fetched while another tab is open', async () => {
  await open('build_features', 'code');
  assert.deepEqual(listLookups(demo!), []);
});

test('if an input differs, zentop also fetches why the step that wrote it ran', async () => {
  const {state} = await open('split');
  const writer = findLatestAttempt(findStep(state().openRun!.table, 'build_features')!)!;
  assert.ok(state().openRun!.detailsById.has(writer.id));
  const verdict = findVerdict(demo!, 'build_features');
  assert.deepEqual(verdict.kind === 'differs' ? verdict.differences : verdict.kind, [
    {kind: 'parameter', name: 'window_days', from: 30, to: 60},
  ]);
});
