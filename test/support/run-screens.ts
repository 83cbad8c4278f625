import {toProjectId} from '../../src/domain/ids.js';
import type {Run} from '../../src/domain/run.js';
import type {State} from '../../src/store/state.js';
import {aRun, at} from './builders.js';
import {aListedRun, aRunList, createListArrival, getRunId, listNow} from './run-lists.js';
import {createArrival, createFailedRequest, reduceAll} from './watching.js';

const statuses = ['completed', 'completed', 'failed', 'completed', 'stopped', 'cancelled'] as const;

const listedRuns: readonly Run[] = Array.from({length: 40}, (_, index) =>
  aListedRun(55 - index, index < 3 ? 'running' : (statuses[index % statuses.length] ?? 'completed'), {
    tags: index % 4 === 0 ? ['nightly', 'gpu'] : [],
  }),
);

export const aRunsState = (): State =>
  reduceAll(
    aRunList(listedRuns, {total: 312, pageCount: 4}),
    createArrival(
      'runs:progress:x',
      {kind: 'run-progress', isFinal: false, runId: listedRuns[0]!.id, progress: {done: 8, total: 14}},
      at(listNow),
    ),
    {type: 'runs/marked', id: getRunId(53)},
  );

export const aFilteredRunsState = (): State =>
  reduceAll(aRunsState(), {type: 'field/opened', purpose: 'runs'}, {type: 'field/typed', text: 'status:st'});

export const anUnmatchedRunsState = (): State =>
  reduceAll(aRunList(listedRuns), {type: 'runs/filtered', text: 'tag:nothing'});

export const anEmptyRunsState = (): State => aRunList([]);

export const aStaleRunsState = (): State =>
  reduceAll(
    aRunsState(),
    ...[3602, 3606, 3610].map(second =>
      createFailedRequest('runs:page:1:', {kind: 'timed-out', afterMs: 10_000}, at(second)),
    ),
    {type: 'clock/ticked', now: at(3640)},
  );

const hostileName = 'evil\x1b]52;c;Zm9v\x07\x1b[2J\u202e\n数据集\u{1f680}'.repeat(20);

const aHostileRunsState = (): State => {
  const run = aListedRun(5, 'unknown', {
    name: hostileName,
    statusWord: hostileName,
    pipeline: {...aRun().pipeline!, name: hostileName},
    user: {id: 'u', name: hostileName},
    tags: [hostileName],
    parentRun: {id: getRunId(4), name: hostileName},
  });
  const state = reduceAll(aRunList([run, aListedRun(4)]), {type: 'runs/filtered', text: hostileName.slice(0, 60)});
  return {...state, session: {...state.session, project: {id: toProjectId('p'), name: hostileName}}};
};

const aConfigWithRate = (lr: number) => ({
  ...aRun().config!,
  parameters: {lr, optimizer: {name: 'adam'}, note: hostileName},
});

const createComparedRunArrivals = (minute: number, accuracy: number, trainerMs: number | undefined) => {
  const run = aListedRun(minute, trainerMs === undefined ? 'failed' : 'completed', {
    config: aConfigWithRate(minute / 1000),
  });
  const status = trainerMs === undefined ? ('failed' as const) : ('completed' as const);
  const steps = [
    {name: 'load', status: {status: 'cached', statusWord: 'cached'}, durationMs: 40} as const,
    {name: 'trainer', status: {status, statusWord: status}, durationMs: trainerMs} as const,
    {name: hostileName, status: undefined, durationMs: undefined},
  ];
  return [
    createArrival(`runs:compared:${run.id}`, {kind: 'compared-run', run, metadata: {accuracy}}, at(listNow)),
    createArrival(`runs:compared-steps:${run.id}`, {kind: 'compared-steps', runId: run.id, steps}, at(listNow)),
  ];
};

export const aComparingState = (): State =>
  reduceAll(
    aRunsState(),
    createListArrival([aListedRun(50)], {subset: 'delta'}),
    {type: 'comparing/opened', runIds: [50, 51, 52].map(getRunId)},
    ...createComparedRunArrivals(50, 0.91, 60_000),
    ...createComparedRunArrivals(51, 0.93, 90_000),
    ...createComparedRunArrivals(52, 0.93, undefined),
  );

export const anUnknownComparingState = (): State =>
  reduceAll(aRunsState(), {type: 'comparing/opened', runIds: [50, 51].map(getRunId)});

const aProjectChoiceState = (): State =>
  reduceAll(
    aRunsState(),
    {type: 'choosing/opened', what: 'project'},
    createArrival(
      'projects',
      {
        kind: 'projects',
        projects: [
          {id: toProjectId('p'), name: 'default'},
          {id: toProjectId('q'), name: hostileName},
        ],
      },
      at(listNow),
    ),
  );

export const aServerChoiceState = (): State => {
  const state = aRunsState();
  const session = {...state.session, servers: [state.session.serverUrl, 'https://other.example.com']};
  return reduceAll({...state, session}, {type: 'choosing/opened', what: 'server'});
};

/** States of the screens about several runs, by name. */
export const runScreens: Readonly<Record<string, () => State>> = {
  runsList: aRunsState,
  runsFiltered: aFilteredRunsState,
  runsUnmatched: anUnmatchedRunsState,
  runsEmpty: anEmptyRunsState,
  runsStale: aStaleRunsState,
  runsHostile: aHostileRunsState,
  comparing: aComparingState,
  comparingUnknown: anUnknownComparingState,
  choosingProject: aProjectChoiceState,
  choosingServer: aServerChoiceState,
};
