import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import type {Transport} from '../../src/api/transport.js';
import {isOutage} from '../../src/domain/failure.js';
import type {Instant} from '../../src/domain/instant.js';
import {findLatestAttempt} from '../../src/domain/step.js';
import {iterateSteps} from '../../src/domain/step-table.js';
import {formatFailure} from '../../src/format/failure-words.js';
import type {Recording} from '../../src/recording/read-recording.js';
import {createStoppedClock} from '../../src/recording/replay-clock.js';
import {openReplay, type Replay, replayEndGraceMs} from '../../src/recording/replay-transport.js';
import {startOfRun} from '../support/builders.js';
import {createHandClock} from '../support/hand-clock.js';
import {type Polled, startPolled} from '../support/polled.js';
import {createTestClient, fetchDocument, startRecordedDemo} from './support/recorded-demo.js';

const minute = 60_000;
const {signal} = new AbortController();

const openRecording = (recording: Recording): Replay => {
  const replay = openReplay(recording);
  assert.ok(replay);
  return replay;
};

/** A transport that responds as the server did at one instant. */
const createTransportAt = (replay: Replay, at: Instant): Transport =>
  replay.createTransport(createStoppedClock(at, setImmediate));

const request = async (transport: Transport, path: string): Promise<{status: number; body: unknown}> => {
  const url = new URL(path, 'http://any');
  const transportRequest = {
    method: 'GET',
    path: url.pathname.slice(1),
    query: [...url.searchParams],
    authorization: undefined,
  } as const;
  const result = await transport(transportRequest, signal);
  assert.ok(result.ok, JSON.stringify(result));
  return {status: result.value.status, body: JSON.parse(result.value.body)};
};

/** For each step, the number of attempts and the status whenever they changed, and when. */
const watchSteps = ({store}: Polled): ReadonlyMap<string, readonly (readonly [state: string, at: Instant])[]> => {
  const statesByName = new Map<string, (readonly [string, Instant])[]>();
  store.subscribe(() => {
    const {openRun, now} = store.get();
    for (const step of iterateSteps(openRun!.table)) {
      const states = statesByName.get(step.name) ?? [];
      const state = `${step.attempts.length} ${findLatestAttempt(step)?.status ?? 'waiting'}`;
      if (states.at(-1)?.[0] !== state) {
        statesByName.set(step.name, [...states, [state, now]]);
      }
    }
  });
  return statesByName;
};

describe('a run recorded to its end', () => {
  test.each([
    ['training', 0, 3],
    ['failure', 0, 3],
    ['failure', 7_300, 3],
    ['mapped', -86_400_700, 5],
  ] as const)(
    'gives the same document again: %s, server clock %i ms ahead',
    async (scenario, serverAheadMs, minutes) => {
      const demo = await startRecordedDemo({scenario, serverAheadMs});
      await demo.clock.advance(minutes * minute);
      await fetchDocument(demo.recordedClient, demo.runId, demo.clock.now());
      const expected = await fetchDocument(createTestClient(demo.sendPlainly), demo.runId, demo.clock.now());
      const replay = openRecording(await demo.finish());
      const actual = await fetchDocument(
        createTestClient(createTransportAt(replay, replay.endAt)),
        demo.runId,
        replay.endAt,
      );
      assert.deepEqual(actual, expected);
      assert.equal(actual.run.in_progress, false);
      assert.ok(actual.steps.length > 5);
    },
  );

  test.each([
    ['training', 0],
    ['failure', 7_300],
    ['mapped', -86_400_700],
  ] as const)(
    'shows the same statuses at the same time when polled at other moments: %s',
    async (scenario, serverAheadMs) => {
      const demo = await startRecordedDemo({scenario, serverAheadMs});
      const expected = watchSteps(demo.polled);
      await demo.clock.advance(4 * minute);
      const replay = openRecording(await demo.finish());

      const clock = createHandClock(replay.startAt);
      const client = createTestClient(replay.createTransport(clock));
      // Less often than it was recorded, and never at the same moments.
      const polled = startPolled({client, clock, runId: demo.runId, session: {intervalMs: 1700, isScreenless: true}});
      const actual = watchSteps(polled);
      await clock.advance(replay.endAt - replay.startAt);
      polled.stop();

      assert.deepEqual([...actual.keys()].sort(), [...expected.keys()].sort());
      assert.ok(actual.size > 5);
      for (const [name, states] of expected) {
        const seenAtByState = new Map(actual.get(name)!);
        assert.equal(actual.get(name)!.at(-1)![0], states.at(-1)![0], name);
        for (const [index, [state, at]] of states.entries()) {
          const lastedMs = (states[index + 1]?.[1] ?? Number.POSITIVE_INFINITY) - at;
          const seenAt = seenAtByState.get(state);
          // States shorter than a poll interval may be missed.
          assert.ok(seenAt !== undefined || lastedMs < 4000, `${name} was never ${state}`);
          assert.ok(Math.abs((seenAt ?? at) - at) <= 5000, `${name} was ${state} ${seenAt! - at} ms late`);
          seenAtByState.delete(state);
        }

        assert.deepEqual([...seenAtByState.keys()], [], name);
      }
    },
  );
});

describe('a recorded server', () => {
  const queries = [
    'size=10000',
    'size=3&page=2',
    'sort_by=desc:updated&size=200',
    'sort_by=asc:name&size=5',
    'sort_by=desc:start_time',
    'status=completed',
    'status=oneof:["running","failed","retrying"]',
    'status=notequals:completed&name=contains:e',
    'name=startswith:t&exclude_retried=true',
    'version=gte:2',
    'status=nonsense',
  ];

  test.each(queries)('lists steps as the live server did: %s', async query => {
    const demo = await startRecordedDemo({scenario: 'failure'});
    await demo.clock.advance(40_000);
    const path = `runs/${demo.runId}/steps?project=${demo.server.projectId}&${query}`;
    const expected = await request(demo.sendPlainly, path);
    const at = demo.clock.now();
    await demo.clock.advance(minute);
    const replay = openRecording(await demo.finish());
    const actual = await request(createTransportAt(replay, at), path);
    assert.deepEqual(actual, expected);
  });

  test('has DAG nodes without IDs for steps that had not started, whenever the DAG was recorded', async () => {
    const demo = await startRecordedDemo({scenario: 'training'});
    const path = `runs/${demo.runId}/dag`;
    await demo.clock.advance(20_000);
    const at = demo.clock.now();
    const expected = await request(demo.sendPlainly, path);
    await demo.clock.advance(2 * minute);
    const replay = openRecording(await demo.finish());
    const getStepStatuses = (body: unknown) =>
      (body as {nodes: {type: string; name: string; id: unknown; metadata: Record<string, unknown>}[]}).nodes
        .filter(({type}) => type === 'step')
        .map(({name, id, metadata: {status, start_time}}) => ({name, id, status, start_time}));
    assert.deepEqual(
      getStepStatuses((await request(createTransportAt(replay, at), path)).body),
      getStepStatuses(expected.body),
    );
    assert.ok(getStepStatuses(expected.body).some(({id}) => id === null));
  });

  test('has the details of a step as they were at a moment before they were recorded', async () => {
    const demo = await startRecordedDemo({scenario: 'failure'});
    await demo.clock.advance(2 * minute);
    await fetchDocument(demo.recordedClient, demo.runId, demo.clock.now());
    const openRun = demo.polled.state().openRun!;
    const failed = [...iterateSteps(openRun.table)]
      .map(findLatestAttempt)
      .find(attempt => attempt?.status === 'failed')!;
    const replay = openRecording(await demo.finish());
    const fetchStep = async (at: Instant) => {
      const {body} = await request(createTransportAt(replay, at), `steps/${failed.id}?hydrate=true`);
      const {body: row, metadata} = body as {body: {status: string}; metadata: Record<string, unknown>};
      return {status: row.status, hasConfig: metadata['config'] !== undefined, exception: metadata['exception_info']};
    };
    const before = await fetchStep(failed.startedAt! + 100);
    assert.deepEqual(before, {status: 'running', hasConfig: true, exception: null});
    const after = await fetchStep(failed.endedAt! + 500);
    assert.equal(after.status, 'failed');
    assert.ok(after.exception);
  });

  test.each([
    'steps/00000000-0000-4000-8000-000000000000',
    'runs/x',
    'runs/x/steps',
    'runs/x/dag',
    'artifact_versions/x',
  ])('responds that %s is not in the recording', async path => {
    const demo = await startRecordedDemo({scenario: 'training'});
    await demo.clock.advance(5000);
    const replay = openRecording(await demo.finish());
    const {status, body} = await request(createTransportAt(replay, replay.endAt), path);
    assert.equal(status, 404);
    assert.match(JSON.stringify(body), /KeyError.* is not in the recording\./);
  });

  test('needs no sign-in and is read-only', async () => {
    const demo = await startRecordedDemo({scenario: 'training'});
    await demo.clock.advance(5000);
    const recording = await demo.finish();
    const guardedExchanges = recording.exchanges.map(exchange =>
      exchange.request.path === 'info' && exchange.outcome.kind === 'response'
        ? {
            ...exchange,
            outcome: {
              ...exchange.outcome,
              body: {
                kind: 'json' as const,
                value: {...(exchange.outcome.body.value as object), auth_scheme: 'OAUTH2_PASSWORD_BEARER'},
              },
            },
          }
        : exchange,
    );
    const replay = openRecording({...recording, exchanges: guardedExchanges});
    const transport = createTransportAt(replay, replay.endAt);
    const client = createTestClient(transport);
    const info = await client.fetchServerInfo(signal);
    assert.equal(info.ok && info.value.authScheme, 'NO_AUTH');
    const stop = {method: 'POST', path: `runs/${demo.runId}/stop`, query: [], authorization: undefined} as const;
    const response = await transport(stop, signal);
    assert.ok(response.ok);
    assert.equal(response.value.status, 501);
    assert.match(response.value.body, /Recordings are read-only\./);
  });
});

describe('a recording with an outage', () => {
  test('has the same outage again, at the same time and with the same kind of failure', async () => {
    const demo = await startRecordedDemo({scenario: 'training'});
    await demo.clock.advance(20_000);
    demo.server.interfere(() => ({kind: 'drop'}));
    await demo.clock.advance(30_000);
    demo.server.interfere(undefined);
    await demo.clock.advance(minute);
    const replay = openRecording(await demo.finish());
    const findFailureKindAt = async (seconds: number) => {
      const run = await createTestClient(createTransportAt(replay, startOfRun + seconds * 1000)).fetchRun(
        demo.runId,
        false,
        signal,
      );
      return run.ok ? undefined : run.failure.kind;
    };
    assert.deepEqual(await Promise.all([15, 25, 45, 75].map(findFailureKindAt)), [
      undefined,
      'unreachable',
      'unreachable',
      undefined,
    ]);
  });

  test('repeats errors, unless the next request succeeded', async () => {
    const demo = await startRecordedDemo({scenario: 'training'});
    await demo.clock.advance(10_000);
    let refusals = 1;
    const refuse = () => ({kind: 'response', status: 503, body: {detail: ['X', 'busy']}}) as const;
    demo.server.interfere(({path}) => (path.includes('/steps') && refusals-- > 0 ? refuse() : undefined));
    await demo.clock.advance(10_000);
    demo.server.interfere(({path}) => (path.includes('/steps') ? refuse() : undefined));
    await demo.clock.advance(20_000);
    const replay = openRecording(await demo.finish());
    const statuses: number[] = [];
    for (let seconds = 9; seconds < 40; seconds++) {
      const transport = createTransportAt(replay, startOfRun + seconds * 1000);
      statuses.push((await request(transport, `runs/${demo.runId}/steps?size=1`)).status);
    }

    assert.deepEqual(new Set(statuses.slice(0, 10)), new Set([200]));
    assert.deepEqual(new Set(statuses.slice(15)), new Set([503]));
  });
});

describe('after the end of a recording', () => {
  test('a run that was still running is gone, but its steps can still be fetched', async () => {
    const demo = await startRecordedDemo({scenario: 'training'});
    await demo.clock.advance(20_000);
    await fetchDocument(demo.recordedClient, demo.runId, demo.clock.now());
    const attempt = findLatestAttempt([...iterateSteps(demo.polled.state().openRun!.table)][0]!)!;
    const replay = openRecording(await demo.finish());
    const client = createTestClient(createTransportAt(replay, replay.endAt + replayEndGraceMs + 1));
    const run = await client.fetchRun(demo.runId, false, signal);
    assert.ok(!run.ok && !isOutage(run.failure));
    assert.equal(formatFailure(run.failure), 'the recording ends here');
    assert.ok((await client.fetchStep(attempt.id, signal)).ok);
  });

  test('a failed run whose other steps were still running is gone as well', async () => {
    const demo = await startRecordedDemo({scenario: 'failure'});
    for (let seconds = 0; demo.polled.state().openRun?.run?.status !== 'failed'; seconds++) {
      assert.ok(seconds < 180);
      await demo.clock.advance(1000);
    }

    const replay = openRecording(await demo.finish());
    const atEnd = await createTestClient(createTransportAt(replay, replay.endAt)).fetchRun(demo.runId, false, signal);
    assert.ok(atEnd.ok);
    assert.deepEqual([atEnd.value.status, atEnd.value.isInProgress], ['failed', true]);
    const client = createTestClient(createTransportAt(replay, replay.endAt + replayEndGraceMs + 1));
    const run = await client.fetchRun(demo.runId, false, signal);
    assert.ok(!run.ok);
    assert.equal(formatFailure(run.failure), 'the recording ends here');
  });

  test('a failed run stays if the server never reset `in_progress` but its steps are finished', async () => {
    const demo = await startRecordedDemo({scenario: 'failure'});
    await demo.clock.advance(3 * minute);
    const recording = await demo.finish();
    const exchanges = recording.exchanges.map(exchange => {
      const {request: recorded, outcome} = exchange;
      if (recorded.path !== `runs/${demo.runId}` || outcome.kind !== 'response') {
        return exchange;
      }

      const run = outcome.body.value as {readonly body: object};
      const value = {...run, body: {...run.body, in_progress: true}};
      return {...exchange, outcome: {...outcome, body: {kind: 'json' as const, value}}};
    });
    const replay = openRecording({...recording, exchanges});
    const client = createTestClient(createTransportAt(replay, replay.endAt + minute));
    const run = await client.fetchRun(demo.runId, false, signal);
    assert.ok(run.ok, JSON.stringify(run));
    assert.deepEqual([run.value.status, run.value.isInProgress], ['failed', true]);
  });

  test('a finished run stays finished', async () => {
    const demo = await startRecordedDemo({scenario: 'training'});
    await demo.clock.advance(3 * minute);
    const replay = openRecording(await demo.finish());
    const run = await createTestClient(createTransportAt(replay, replay.endAt + minute)).fetchRun(
      demo.runId,
      false,
      signal,
    );
    assert.equal(run.ok && run.value.isInProgress, false);
  });
});
