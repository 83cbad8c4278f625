import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {EventStreamReader, StreamEnd} from '../../src/api/event-stream-reader.js';
import type {Failure} from '../../src/domain/failure.js';
import {toRunId} from '../../src/domain/ids.js';
import {startEventStream} from '../../src/poll/event-stream.js';
import {findStepProgress} from '../../src/store/run-page/step-progress.js';
import {createStore} from '../../src/store/store.js';
import {aDag, aDagStep, anAttempt, aRefusal, aRun, aServerInfo, at} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {aWatchingState, createArrival} from '../support/watching.js';

const train = anAttempt({name: 'train', status: 'running', startedAt: at(0)});

type TestStream = {
  readonly since: string | undefined;
  readonly publish: (cursor: string | undefined, payload: Record<string, number>) => void;
  readonly end: (end: StreamEnd) => void;
  readonly isAborted: () => boolean;
};

const startTestStream = (version = '0.98.0') => {
  const streams: TestStream[] = [];
  const readEventStream: EventStreamReader = (_, since, onEvent, signal) =>
    new Promise(end => {
      const publish: TestStream['publish'] = (cursor, payload) => onEvent({cursor, stepId: train.id, payload});
      streams.push({since, publish, end, isAborted: () => signal.aborted});
    });
  const state = aWatchingState({dag: aDag({steps: [aDagStep({name: 'train'})]}), attempts: [train]});
  const store = createStore({...state, server: aServerInfo({version})});
  const clock = createHandClock(at(700));
  const stop = startEventStream({store, client: {readEventStream}, clock});
  return {streams, store, clock, stop};
};

const openSecondRun = ({store}: Pick<ReturnType<typeof startTestStream>, 'store'>) => {
  const run = aRun({id: toRunId('22222222-0000-4000-8000-000000000000')});
  store.dispatch({type: 'run/opened', runId: run.id});
  store.dispatch(createArrival(`run:${run.id}`, {kind: 'run', run, isHydrated: true}, at(701)));
};

test('an event published by a step updates its progress immediately', () => {
  const {streams, store, stop} = startTestStream();
  streams[0]!.publish('1', {epoch: 3, total: 10});
  assert.deepEqual(findStepProgress(store.get().openRun!, train)?.count, {done: 3, total: 10});
  stop();
  assert.equal(streams[0]!.isAborted(), true);
});

test('a server that responds with 501 gets a single request', async () => {
  const {streams, store, clock} = startTestStream();
  streams[0]!.end({kind: 'cut', failure: aRefusal(501)});
  await clock.advance(600_000);
  store.dispatch({type: 'clock/ticked', now: at(1400)});
  assert.equal(streams.length, 1);
});

test('an interrupted stream is reopened after a pause, at the same position', async () => {
  const {streams, clock, stop} = startTestStream();
  streams[0]!.publish('7', {epoch: 3, total: 10});
  streams[0]!.end({kind: 'cut', failure: undefined});
  await clock.advance(1900);
  assert.equal(streams.length, 1);
  await clock.advance(200);
  assert.deepEqual(
    streams.map(({since}) => since),
    [undefined, '7'],
  );
  stop();
});

test('after an event without a cursor, the stream of a second run is not reopened at the position of the first', async () => {
  const {streams, store, clock, stop} = startTestStream();
  streams[0]!.publish('7', {epoch: 3, total: 10});
  openSecondRun({store});
  assert.equal(streams.length, 2);
  streams[1]!.publish(undefined, {epoch: 1, total: 10});
  streams[1]!.end({kind: 'cut', failure: undefined});
  await clock.advance(2100);
  assert.deepEqual(
    streams.map(({since}) => since),
    [undefined, undefined, undefined],
  );
  stop();
});

test.each([408, 429, 502, 503, 504])(
  'a stream that a proxy or the server interrupts with %i is reopened',
  async status => {
    const {streams, clock, stop} = startTestStream();
    streams[0]!.end({kind: 'cut', failure: aRefusal(status)});
    await clock.advance(2100);
    assert.equal(streams.length, 2);
    stop();
  },
);

test.each<Failure>([
  {kind: 'not-found', detail: 'no such run'},
  {kind: 'forbidden', detail: ''},
])('after $kind there is no second request for the run, but one for another run', async failure => {
  const test = startTestStream();
  test.streams[0]!.end({kind: 'cut', failure});
  await test.clock.advance(600_000);
  assert.equal(test.streams.length, 1);
  openSecondRun(test);
  assert.equal(test.streams.length, 2);
  test.stop();
});

test('the stream of another run does not wait until that of the previous one would have been reopened', async () => {
  const test = startTestStream();
  for (const pauseMs of [2000, 4000, 8000]) {
    test.streams.at(-1)!.end({kind: 'cut', failure: undefined});
    await test.clock.advance(pauseMs);
  }

  test.streams.at(-1)!.end({kind: 'cut', failure: undefined});
  await test.clock.advance(0);
  assert.equal(test.streams.length, 4);
  openSecondRun(test);
  assert.equal(test.streams.length, 5);
  await test.clock.advance(60_000);
  assert.equal(test.streams.length, 5, 'the previous stream is not reopened');
  test.stop();
});

test('the stream is closed while polling is paused, and not reopened once the run has ended', async () => {
  const {streams, store, clock, stop} = startTestStream();
  store.dispatch({type: 'polling/toggled'});
  assert.equal(streams[0]!.isAborted(), true);
  store.dispatch({type: 'polling/toggled'});
  assert.equal(streams.length, 2);
  streams[1]!.end({kind: 'run-ended'});
  await clock.advance(100_000);
  store.dispatch(
    createArrival(`run:${aRun().id}`, {kind: 'run', run: aRun({status: 'completed'}), isHydrated: true}, at(800)),
  );
  assert.equal(streams.length, 2);
  stop();
});

test('a server that is too old gets no request', () => {
  assert.equal(startTestStream('0.84.3').streams.length, 0);
});
