import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {createClient} from '../../src/api/create-client.js';
import type {Transport, TransportRequest} from '../../src/api/transport.js';
import {toRunId} from '../../src/domain/ids.js';
import {fetchNews} from '../../src/poll/fetch-news.js';
import {getNeeds} from '../../src/store/needs.js';
import {reduce} from '../../src/store/reducer.js';
import {createInitialState, type ScreenSize, type State} from '../../src/store/state.js';
import {
  type Addition,
  formatWireText,
  getValueAt,
  hostileText,
  hostileValue,
  listPlaces,
  type Place,
  pastInk,
  withEveryText,
  withValueAt,
} from './hostile.js';
import {aSession} from './watching.js';

type Recorded = {readonly status: number; readonly body: unknown};

const newest = '0.98.0';

const read = (name: string): unknown => JSON.parse(readFileSync(`test/fixtures/${name}.json`, 'utf8'));

/** `version/name`, or `version/name#part` if a file contains several responses. The default version is the newest. */
const readRecorded = (name: string): Recorded => {
  const [file = '', part] = name.split('#');
  const whole = read(file.includes('/') ? file : `${newest}/${file}`);
  return (part === undefined ? whole : (whole as Record<string, unknown>)[part]) as Recorded;
};

/** The names of the responses that every run shares. */
const sharedNames = {
  stepsHydrated: 'steps-list-hydrated',
  runs: 'runs-list-hydrated',
  childRuns: 'child-runs',
  runLog: 'logs-run-client',
  otherRun: 'run-replay',
  otherStep: 'step-completed-load',
  artifact: 'artifact-version',
  snapshot: '0.80.2/deployment_fail',
  info: 'info',
  user: 'current-user',
  projects: 'projects',
  project: 'project-default',
  nothingFound: 'error-run-404',
} as const;

/** The same for another version of the server, which has recordings of its own for some of them. */
const getSharedNames = (version: string) => ({
  ...sharedNames,
  stepsHydrated: `${version}/steps_list_fail`,
  runs: `${version}/runs`,
  artifact: `${version}/artifact_version`,
  info: `${version}/info`,
  user: `${version}/current-user`,
  projects: `${version}/projects`,
});

/** The responses about one real run, and those that all runs share. */
const families = {
  failed: {
    ...sharedNames,
    run: 'run-failed',
    steps: 'steps-page-failed',
    dag: 'dag-failed',
    step: 'step-failed',
    log: 'logs-step-failed',
  },
  retry: {
    ...sharedNames,
    run: 'run-retry',
    steps: 'steps-page-retry',
    dag: 'dag-retry',
    step: 'step-retry-attempt3',
    log: 'logs-step',
  },
  map: {
    ...sharedNames,
    run: 'run-map',
    steps: 'steps-page-map',
    dag: 'dag-map',
    step: 'step-reduce',
    log: 'logs-entries',
  },
  success: {
    ...sharedNames,
    run: 'run-success',
    steps: 'steps-page-success',
    dag: 'dag-success',
    step: 'step-completed-train',
    log: 'logs-step',
    user: 'current-user-service-account',
  },
  parent: {
    ...sharedNames,
    run: 'run-parent',
    steps: 'steps-page-success',
    dag: 'dag-parent',
    step: 'step-completed-train',
    log: 'logs-step',
  },
  waiting: {
    ...sharedNames,
    run: 'run-paused',
    steps: 'steps-page-failed',
    dag: 'run-waiting-dag',
    step: 'step-running',
    log: 'logs-step-chunked',
  },
  planned: {
    ...sharedNames,
    run: 'run-paused',
    steps: 'steps-page-failed',
    dag: 'dag-running-planned',
    step: 'step-running',
    log: 'logs-step',
  },
  old: {
    ...getSharedNames('0.80.2'),
    run: '0.80.2/run_fail',
    steps: '0.80.2/steps_list_fail',
    dag: '0.80.2/dag_fail',
    step: '0.80.2/step_fail_failed',
    log: '0.80.2/logs_step_fail_boom#source_step',
  },
  middle: {
    ...getSharedNames('0.84.3'),
    run: '0.84.3/run_fail',
    steps: '0.84.3/steps_retry',
    dag: '0.84.3/dag_fail',
    step: '0.84.3/step_retry_retried',
    log: '0.84.3/logs_step_fail_boom#source_step',
  },
} as const;

type Slot = keyof (typeof families)['failed'];
type Responses = Readonly<Record<Slot, Recorded>>;

const recordedResponses = Object.values(families).map(
  family =>
    Object.fromEntries(Object.entries(family).map(([slot, name]) => [slot, readRecorded(name)])) as Record<
      Slot,
      Recorded
    >,
);
const slots = Object.keys(recordedResponses[0]!) as Slot[];
const placesByResponse = new Map(
  recordedResponses
    .flatMap(responses => Object.values(responses))
    .map(response => [response, listPlaces(response.body)] as const),
);

/**
 * The slot of the response to a request. For about half of the runs and steps other than the opened run it is `otherRun` or
 * `otherStep`.
 */
const findSlot = ({path, query}: Pick<TransportRequest, 'path' | 'query'>, openedRunId: string): Slot | undefined => {
  const isOther = !path.includes(openedRunId) && /[13579bdf]$/.test(path);
  const isHydrated = query.some(([name, value]) => name === 'hydrate' && value === 'true');
  const isOfParent = query.some(([name]) => name === 'parent_run_id');
  const table: readonly (readonly [RegExp, Slot])[] = [
    [/^runs\/[^/]+\/dag$/, 'dag'],
    [/^runs\/[^/]+\/steps$/, 'steps'],
    [/^runs\/[^/]+\/logs$/, 'runLog'],
    [/^runs\/[^/]+$/, isOther ? 'otherRun' : 'run'],
    [/^runs$/, isOfParent ? 'childRuns' : 'runs'],
    [/^steps$/, isHydrated ? 'stepsHydrated' : 'steps'],
    [/^steps\/[^/]+\/logs$/, 'log'],
    [/^steps\/[^/]+$/, isOther ? 'otherStep' : 'step'],
    [/^artifact_versions\/[^/]+$/, 'artifact'],
    [/^pipeline_deployments\/[^/]+$/, 'snapshot'],
    [/^info$/, 'info'],
    [/^current-user$/, 'user'],
    [/^projects$/, 'projects'],
    [/^projects\/[^/]+$/, 'project'],
  ];
  return table.find(([pattern]) => pattern.test(path))?.[1];
};

type Corruption =
  | {readonly kind: 'put'; readonly slot: Slot; readonly place: number; readonly value: unknown}
  /** Copies a value to another place: IDs repeat, types are mixed up. */
  | {readonly kind: 'copy'; readonly slot: Slot; readonly place: number; readonly from: number}
  | {readonly kind: 'every'; readonly addition: Addition}
  /** An error, with this body, or that of the recorded response if it is `undefined`. */
  | {readonly kind: 'error'; readonly slot: Slot; readonly status: number; readonly body: unknown};

const slot = fc.constantFrom(...slots);
const place = fc.nat(100_000);
/** The bodies of error responses in all known shapes and in an invented one; `undefined`: that of the recorded response. */
const errorBody: fc.Arbitrary<unknown> = fc.oneof(
  hostileText.map(detail => ({detail})),
  hostileText.map(message => ({detail: ['KeyError', message]})),
  hostileText.map(className => ({detail: [className, 'x']})),
  hostileText.map(error_description => ({error: 'x', error_description})),
  hostileText.map(message => ['ValueError', message]),
  hostileText,
  hostileValue.map(detail => ({detail})),
  fc.constant(undefined),
);

const shortText = fc.oneof(
  {weight: 2, arbitrary: hostileText},
  {weight: 2, arbitrary: fc.constantFrom(...pastInk)},
  {weight: 1, arbitrary: fc.constant('')},
);

const everywhere = fc
  .record({before: shortText, after: shortText, isInStatuses: fc.boolean()})
  .map(addition => ({kind: 'every' as const, addition}));

const arbitraryError = (ofSlot: fc.Arbitrary<Slot>) =>
  fc.record({
    kind: fc.constant('error' as const),
    slot: ofSlot,
    status: fc.constantFrom(302, 400, 401, 403, 404, 405, 422, 429, 500, 503),
    body: errorBody,
  });

const corruption: fc.Arbitrary<Corruption> = fc.oneof(
  {weight: 6, arbitrary: fc.record({kind: fc.constant('put' as const), slot, place, value: hostileValue})},
  {weight: 2, arbitrary: fc.record({kind: fc.constant('copy' as const), slot, place, from: place})},
  {weight: 2, arbitrary: everywhere},
  {weight: 2, arbitrary: arbitraryError(slot)},
);

const corrupt = (responses: Responses, change: Corruption): Responses => {
  if (change.kind === 'every') {
    const entries = Object.entries(responses).map(([name, {status, body}]) => [
      name,
      {status, body: withEveryText(body, change.addition)},
    ]);
    return Object.fromEntries(entries) as Record<Slot, Recorded>;
  }

  const response = responses[change.slot];
  if (change.kind === 'error') {
    const {slot, status, body} = change;
    return {...responses, [slot]: {status, body: body ?? response.body}};
  }

  const places: readonly Place[] = placesByResponse.get(response) ?? listPlaces(response.body);
  const target = places[change.place % places.length] ?? [];
  const value =
    change.kind === 'put' ? change.value : getValueAt(response.body, places[change.from % places.length] ?? []);
  return {...responses, [change.slot]: {...response, body: withValueAt(response.body, target, value)}};
};

export type HostileResponses = {readonly responses: Responses; readonly openedRunId: string};

const arbitraryResponses = (corruptions: fc.Arbitrary<readonly Corruption[]>): fc.Arbitrary<HostileResponses> =>
  fc.tuple(fc.nat(recordedResponses.length - 1), corruptions).map(([family, changes]) => {
    const recorded = recordedResponses[family]!;
    return {
      responses: changes.reduce<Responses>(corrupt, recorded),
      openedRunId: (recorded.run.body as {readonly id: string}).id,
    };
  });

/** Recorded responses about a run, hostile in one or several places or in all of their texts. */
export const hostileResponses = arbitraryResponses(fc.array(corruption, {minLength: 1, maxLength: 6}));

/** The same with an addition to every text, so that the check covers everything that is shown. */
export const hostileTexts = arbitraryResponses(
  fc
    .tuple(
      everywhere,
      fc.array(fc.oneof(corruption, arbitraryError(fc.constantFrom('log', 'runLog', 'dag'))), {maxLength: 2}),
    )
    .map(([addition, corruptions]) => [addition, ...corruptions]),
);

const recordedIds: ReadonlySet<unknown> = new Set(
  recordedResponses
    .flatMap(({run, step, otherRun, otherStep}) => [run, step, otherRun, otherStep])
    .map(({body}) => getValueAt(body, ['id'])),
);

/** The entity with the requested ID, unless its own ID is hostile. */
const withRequestedId = (body: unknown, path: string): unknown => {
  const requested = /^(?:runs|steps)\/([^/]+)$/.exec(path)?.[1];
  return requested !== undefined && recordedIds.has(getValueAt(body, ['id']))
    ? withValueAt(body, ['id'], requested)
    : body;
};

const createHostileTransport =
  ({responses, openedRunId}: HostileResponses): Transport =>
  async (request, signal) => {
    const response = responses[findSlot(request, openedRunId) ?? 'nothingFound'];
    return {
      ok: !signal.aborted,
      value: {
        status: response.status,
        headers: {'content-type': 'application/json', location: 'https://elsewhere.example/\x1b[2J'},
        body: formatWireText(withRequestedId(response.body, request.path)),
        timing: {requestedAt: openedAt, respondedAt: openedAt + 40, serverDateAt: openedAt},
      },
    } as Awaited<ReturnType<Transport>>;
  };

/** The current time: a few minutes after the recorded runs. */
const openedAt = Date.UTC(2026, 10, 24, 6, 30);

const anonymous = {
  getAuthorization: async () => ({ok: true, value: undefined}) as const,
  renew: async () => ({ok: true, value: false}) as const,
};

const never = new AbortController().signal;

export const serverUrl = 'https://zenml.example';

export const createClientOver = (hostile: HostileResponses) =>
  createClient({serverUrl, transport: createHostileTransport(hostile), credentials: anonymous});

/** The run, or the list of runs, just opened: nothing has been requested yet. */
export const createOpenedState = (openedRunId: string | undefined, size: ScreenSize): State =>
  createInitialState(aSession({serverUrl}), {
    now: openedAt,
    size,
    runId: openedRunId === undefined ? undefined : toRunId(openedRunId),
  });

/** Requests everything that is needed, round by round as the poller does, until nothing new is needed. */
export const receiveResponses = async (from: State, hostile: HostileResponses, rounds = 4): Promise<State> => {
  const client = createClientOver(hostile);
  const requested = new Set<string>();
  let state = from;
  for (let round = 0; round < rounds; round += 1) {
    const due = getNeeds(state).filter(({key, dueAt}) => dueAt <= state.now && !requested.has(key));
    if (due.length === 0) {
      break;
    }

    for (const {key, query} of due) {
      requested.add(key);
      const response = await fetchNews(client, query, never);
      state = reduce(
        state,
        response.ok
          ? {type: 'news/arrived', key, news: response.value, ...response.timing}
          : {type: 'news/failed', key, failure: response.failure, at: state.now, jitter: 0.5},
      );
    }

    state = reduce(state, {type: 'clock/ticked', now: state.now + 1000});
  }

  return state;
};
