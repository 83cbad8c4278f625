import assert from 'node:assert/strict';
import {test} from 'vitest';
import {getNeeds, getRunKey} from '../../src/store/needs.js';
import {createStore} from '../../src/store/store.js';
import {aRun, at} from '../support/builders.js';
import {aWatchingState, createArrival} from '../support/watching.js';

const run = aRun();
const tag = {kind: 'tag', runId: run.id, add: ['nightly'], remove: []} as const;

test('what was requested while an intervention was carried out is fetched again', () => {
  const initial = aWatchingState({run});
  let now = initial.now + 400;
  const store = createStore(initial, {now: () => now});
  store.dispatch({type: 'intervention/started', intervention: tag});
  store.dispatch(createArrival(getRunKey(run.id), {kind: 'run', run, isHydrated: true}, now));
  now += 200;
  store.dispatch({type: 'intervention/ended', outcome: {kind: 'done', text: 'added the tag nightly'}});
  const need = getNeeds(store.get()).find(({key}) => key === getRunKey(run.id));
  assert.ok(need !== undefined && need.dueAt <= now, `due in ${(need?.dueAt ?? 0) - now} ms`);
});

test('a notice stays just as long if the time in the state is out of date', () => {
  const initial = aWatchingState();
  const getNoticeMs = (now: number) => {
    const store = createStore(initial, {now: () => now});
    store.dispatch({type: 'notice/shown', text: 'copied', tone: 'news'});
    return store.get().notice!.until - now;
  };
  assert.equal(getNoticeMs(initial.now + 4900), getNoticeMs(initial.now));
});

test('in a store without a clock, time passes only with the ticks that it receives', () => {
  const store = createStore(aWatchingState());
  const {now} = store.get();
  store.dispatch({type: 'polling/demanded'});
  assert.equal(store.get().now, now);
  store.dispatch({type: 'clock/ticked', now: at(900)});
  assert.equal(store.get().now, at(900));
});
