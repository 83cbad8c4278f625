import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {createClient} from '../../src/api/connect-client.js';
import type {Transport} from '../../src/api/transport.js';
import {projectId, runId} from '../../src/domain/ids.js';
import {ask} from '../../src/poll/ask.js';
import {needsOf} from '../../src/store/needs.js';
import {reduce} from '../../src/store/reducer.js';
import {initialState, type Size, type State} from '../../src/store/state.js';
import {hostileText, hostileValue, type Place, placesIn, valueAt, withEveryText, withPlace} from './hostile.js';

type Recorded = {readonly status: number; readonly body: unknown};

const recorded = (name: string): Recorded =>
  JSON.parse(readFileSync(`test/fixtures/0.98.0/${name}.json`, 'utf8')) as Recorded;

/** Answers of one real run, and those that every run shares. */
const families = {
  failed: {
    run: 'run-failed',
    steps: 'steps-page-failed',
    dag: 'dag-failed',
    step: 'step-failed',
    log: 'logs-step-failed',
  },
  retry: {run: 'run-retry', steps: 'steps-page-retry', dag: 'dag-retry', step: 'step-retry-attempt3', log: 'logs-step'},
  map: {run: 'run-map', steps: 'steps-page-map', dag: 'dag-map', step: 'step-reduce', log: 'logs-step'},
  success: {
    run: 'run-success',
    steps: 'steps-page-success',
    dag: 'dag-success',
    step: 'step-completed-train',
    log: 'logs-step',
  },
  waiting: {
    run: 'run-paused',
    steps: 'steps-page-failed',
    dag: 'run-waiting-dag',
    step: 'step-running',
    log: 'logs-step-chunked',
  },
} as const;

const shared = {
  steps_hydrated: 'steps-list-hydrated',
  runs: 'runs-list-hydrated',
  runLog: 'logs-run-client',
  artifact: 'artifact-version',
  info: 'info',
  user: 'current-user',
  projects: 'projects',
  project: 'project-default',
} as const;

type Slot = keyof (typeof families)['failed'] | keyof typeof shared;
type Answers = Readonly<Record<Slot, Recorded>>;

const loaded = Object.values(families).map(
  family =>
    Object.fromEntries(Object.entries({...family, ...shared}).map(([slot, name]) => [slot, recorded(name)])) as Record<
      Slot,
      Recorded
    >,
);
const slots = Object.keys(loaded[0]!) as Slot[];
const placesByBody = new Map(
  loaded.flatMap(answers => Object.values(answers)).map(answer => [answer, placesIn(answer.body)] as const),
);

/** Which recorded answer a path asks for. */
const slotOf = (path: string, isHydrated: boolean): Slot | undefined => {
  const table: readonly (readonly [RegExp, Slot])[] = [
    [/^runs\/[^/]+\/dag$/, 'dag'],
    [/^runs\/[^/]+\/steps$/, 'steps'],
    [/^runs\/[^/]+\/logs$/, 'runLog'],
    [/^runs\/[^/]+$/, 'run'],
    [/^runs$/, 'runs'],
    [/^steps$/, isHydrated ? 'steps_hydrated' : 'steps'],
    [/^steps\/[^/]+\/logs$/, 'log'],
    [/^steps\/[^/]+$/, 'step'],
    [/^artifact_versions\/[^/]+$/, 'artifact'],
    [/^info$/, 'info'],
    [/^current-user$/, 'user'],
    [/^projects$/, 'projects'],
    [/^projects\/[^/]+$/, 'project'],
  ];
  return table.find(([pattern]) => pattern.test(path))?.[1];
};

type Corruption =
  | {readonly kind: 'put'; readonly slot: Slot; readonly place: number; readonly value: unknown}
  /** What stands in one place stands in another too: ids repeat, types are mixed up. */
  | {readonly kind: 'copy'; readonly slot: Slot; readonly place: number; readonly from: number}
  | {readonly kind: 'every'; readonly text: string}
  | {readonly kind: 'status'; readonly slot: Slot; readonly status: number};

const slot = fc.constantFrom(...slots);
const place = fc.nat(100_000);
const corruption: fc.Arbitrary<Corruption> = fc.oneof(
  {weight: 6, arbitrary: fc.record({kind: fc.constant('put' as const), slot, place, value: hostileValue})},
  {weight: 2, arbitrary: fc.record({kind: fc.constant('copy' as const), slot, place, from: place})},
  {weight: 2, arbitrary: fc.record({kind: fc.constant('every' as const), text: hostileText})},
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      slot,
      status: fc.constantFrom(401, 403, 404, 422, 500),
    }),
  },
);

const corrupted = (answers: Answers, change: Corruption): Answers => {
  if (change.kind === 'every') {
    const entries = Object.entries(answers).map(([name, {status, body}]) => [
      name,
      {status, body: withEveryText(body, change.text)},
    ]);
    return Object.fromEntries(entries) as Record<Slot, Recorded>;
  }

  const answer = answers[change.slot];
  if (change.kind === 'status') return {...answers, [change.slot]: {...answer, status: change.status}};
  const places: readonly Place[] = placesByBody.get(answer) ?? placesIn(answer.body);
  const target = places[change.place % places.length] ?? [];
  const put = change.kind === 'put' ? change.value : valueAt(answer.body, places[change.from % places.length] ?? []);
  return {...answers, [change.slot]: {...answer, body: withPlace(answer.body, target, put)}};
};

export type HostileAnswers = {readonly answers: Answers; readonly opened: string};

/** Recorded answers about a run with one or several places, or all of their texts, as nobody should send them. */
export const hostileAnswers: fc.Arbitrary<HostileAnswers> = fc
  .tuple(fc.nat(loaded.length - 1), fc.array(corruption, {minLength: 1, maxLength: 6}))
  .map(([family, changes]) => {
    const whole = loaded[family]!;
    return {
      answers: changes.reduce<Answers>(corrupted, whole),
      opened: (whole.run.body as {readonly id: string}).id,
    };
  });

const transportOf =
  ({answers}: HostileAnswers): Transport =>
  async ({path, query}, signal) => {
    const found = slotOf(
      path,
      query.some(([name, value]) => name === 'hydrate' && value === 'true'),
    );
    const answer = found === undefined ? {status: 404, body: {detail: 'Not Found'}} : answers[found];
    return {
      ok: !signal.aborted,
      value: {
        status: answer.status,
        headers: {'content-type': 'application/json'},
        body: JSON.stringify(answer.body) ?? 'null',
        timing: {askedAt: openedAt, answeredAt: openedAt + 40, serverDateAt: openedAt},
      },
    } as Awaited<ReturnType<Transport>>;
  };

/** When the run is looked at: some minutes after the recorded ones went on. */
const openedAt = Date.UTC(2026, 10, 24, 6, 30);

const anonymous = {
  authorization: async () => ({ok: true, value: undefined}) as const,
  renew: async () => ({ok: true, value: false}) as const,
};

const never = new AbortController().signal;

export const serverUrl = 'https://zenml.example';

export const clientOver = (hostile: HostileAnswers) =>
  createClient({serverUrl, transport: transportOf(hostile), credentials: anonymous});

/** The run, or the list of runs, freshly opened: nothing has been asked yet. */
export const openedState = (opened: string | undefined, size: Size): State =>
  initialState(
    {
      serverUrl,
      project: {id: projectId('22222222-2222-4222-8222-222222222222'), name: 'default'},
      intervalMs: 1000,
      isReadOnly: false,
      isDemo: false,
    },
    {now: openedAt, size, runId: opened === undefined ? undefined : runId(opened)},
  );

/** Asks for everything that is needed now, round by round, as the poller would, until nothing new is needed. */
export const fed = async (from: State, hostile: HostileAnswers, rounds = 4): Promise<State> => {
  const client = clientOver(hostile);
  const asked = new Set<string>();
  let state = from;
  for (let round = 0; round < rounds; round += 1) {
    const due = needsOf(state).filter(({key, dueAt}) => dueAt <= state.now && !asked.has(key));
    if (due.length === 0) break;
    for (const {key, query} of due) {
      asked.add(key);
      const answer = await ask(client, query, never);
      state = reduce(
        state,
        answer.ok
          ? {type: 'news/arrived', key, news: answer.value, ...answer.timing}
          : {type: 'news/failed', key, failure: answer.failure, at: state.now, jitter: 0.5},
      );
    }

    state = reduce(state, {type: 'clock/ticked', now: state.now + 1000});
  }

  return state;
};
