import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StreamEnd, StreamEvents} from '../../src/api/stream-events.js';
import {startEventStream} from '../../src/poll/event-stream.js';
import {findStepProgress} from '../../src/store/run-page/step-progress.js';
import {createStore} from '../../src/store/store.js';
import {aDag, aDagStep, anAttempt, aRun, aServerInfo, at} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {aWatchingState, createArrival} from '../support/watching.js';

const train = anAttempt({name: 'train', status: 'running', startedAt: at(0)});

type Opened = {
  readonly since: string | undefined;
  readonly publish: (cursor: string, payload: Record<string, number>) => void;
  readonly end: (end: StreamEnd) => void;
  readonly isAborted: () => boolean;
};

const startTestStream = (version = '0.98.0') => {
  const opened: Opened[] = [];
  const streamEvents: StreamEvents = (_, since, onEvent, signal) =>
    new Promise(end => {
      const publish: Opened['publish'] = (cursor, payload) => onEvent({cursor, stepId: train.id, payload});
      opened.push({since, publish, end, isAborted: () => signal.aborted});
    });
  const state = aWatchingState({dag: aDag({steps: [aDagStep({name: 'train'})]}), attempts: [train]});
  const store = createStore({...state, server: aServerInfo({version})});
  const clock = createHandClock(at(700));
  const stop = startEventStream({store, client: {streamEvents}, clock});
  return {opened, store, clock, stop};
};

const refused = {
  kind: 'refused',
  status: 501,
  detail: '',
  retryAfterMs: undefined,
  requestId: undefined,
} as const;

test('an event published by a step updates its progress immediately', () => {
  const {opened, store, stop} = startTestStream();
  opened[0]!.publish('1', {epoch: 3, total: 10});
  assert.deepEqual(findStepProgress(store.get().openRun!, train)?.count, {done: 3, total: 10});
  stop();
  assert.equal(opened[0]!.isAborted(), true);
});

test('a server that answers 501 gets a single request', async () => {
  const {opened, store, clock} = startTestStream();
  opened[0]!.end({kind: 'cut', failure: refused});
  await clock.advance(600_000);
  store.dispatch({type: 'clock/ticked', now: at(1400)});
  assert.equal(opened.length, 1);
});

test('an interrupted stream is reopened after a pause, at the same position', async () => {
  const {opened, clock, stop} = startTestStream();
  opened[0]!.publish('7', {epoch: 3, total: 10});
  opened[0]!.end({kind: 'cut', failure: undefined});
  await clock.advance(1900);
  assert.equal(opened.length, 1);
  await clock.advance(200);
  assert.deepEqual(
    opened.map(({since}) => since),
    [undefined, '7'],
  );
  stop();
});

test('the stream is not reopened once the run has ended, and is closed when the screen shows something else', async () => {
  const {opened, store, clock, stop} = startTestStream();
  store.dispatch({type: 'polling/toggled'});
  assert.equal(opened[0]!.isAborted(), true);
  store.dispatch({type: 'polling/toggled'});
  assert.equal(opened.length, 2);
  opened[1]!.end({kind: 'run-ended'});
  await clock.advance(100_000);
  store.dispatch(
    createArrival(`run:${aRun().id}`, {kind: 'run', run: aRun({status: 'completed'}), isHydrated: true}, at(800)),
  );
  assert.equal(opened.length, 2);
  stop();
});

test('a server that is too old gets no request', () => {
  assert.equal(startTestStream('0.84.3').opened.length, 0);
});
