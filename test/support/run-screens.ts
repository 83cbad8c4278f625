import {parseProjectId} from '../../src/domain/ids.js';
import type {Run} from '../../src/domain/run.js';
import type {State} from '../../src/store/state.js';
import {aRun, at} from './builders.js';
import {aRunList, listArrives, listedRun, listNow, runNumbered} from './run-lists.js';
import {after, arrived, failed} from './watching.js';

const statuses = ['completed', 'completed', 'failed', 'completed', 'stopped', 'cancelled'] as const;

const listed: readonly Run[] = Array.from({length: 40}, (_, index) =>
  listedRun(55 - index, index < 3 ? 'running' : (statuses[index % statuses.length] ?? 'completed'), {
    tags: index % 4 === 0 ? ['nightly', 'gpu'] : [],
  }),
);

export const runsList = (): State =>
  after(
    aRunList(listed, {total: 312, pageCount: 4}),
    arrived(
      'runs:progress:x',
      {kind: 'run-progress', isFinal: false, runId: listed[0]!.id, progress: {done: 8, total: 14}},
      at(listNow),
    ),
    {type: 'runs/marked', id: runNumbered(53)},
  );

export const runsFiltered = (): State =>
  after(runsList(), {type: 'field/opened', purpose: 'runs'}, {type: 'field/typed', text: 'status:st'});

export const runsUnmatched = (): State => after(aRunList(listed), {type: 'runs/filtered', text: 'tag:nothing'});

export const runsEmpty = (): State => aRunList([]);

export const runsStale = (): State =>
  after(
    runsList(),
    ...[3602, 3606, 3610].map(second => failed('runs:page:1:', {kind: 'timed-out', afterMs: 10_000}, at(second))),
    {type: 'clock/ticked', now: at(3640)},
  );

const hostileName = 'evil\x1b]52;c;Zm9v\x07\x1b[2J\u202e\n数据集\u{1f680}'.repeat(20);

const runsHostile = (): State => {
  const run = listedRun(5, 'unknown', {
    name: hostileName,
    statusWord: hostileName,
    pipeline: {...aRun().pipeline!, name: hostileName},
    user: {id: 'u', name: hostileName},
    tags: [hostileName],
    parentRun: {id: runNumbered(4), name: hostileName},
  });
  const state = after(aRunList([run, listedRun(4)]), {type: 'runs/filtered', text: hostileName.slice(0, 60)});
  return {...state, session: {...state.session, project: {id: parseProjectId('p'), name: hostileName}}};
};

const parameters = (lr: number) => ({
  ...aRun().config!,
  parameters: {lr, optimizer: {name: 'adam'}, note: hostileName},
});

const comparedRun = (minute: number, accuracy: number, trainerMs: number | undefined) => {
  const run = listedRun(minute, trainerMs === undefined ? 'failed' : 'completed', {config: parameters(minute / 1000)});
  const status = trainerMs === undefined ? ('failed' as const) : ('completed' as const);
  const steps = [
    {name: 'load', status: {status: 'cached', statusWord: 'cached'}, durationMs: 40} as const,
    {name: 'trainer', status: {status, statusWord: status}, durationMs: trainerMs} as const,
    {name: hostileName, status: undefined, durationMs: undefined},
  ];
  return [
    arrived(`runs:compared:${run.id}`, {kind: 'compared-run', run, metadata: {accuracy}}, at(listNow)),
    arrived(`runs:compared-steps:${run.id}`, {kind: 'compared-steps', runId: run.id, steps}, at(listNow)),
  ];
};

export const comparing = (): State =>
  after(
    runsList(),
    listArrives([listedRun(50)], {slice: 'delta'}),
    {type: 'comparing/opened', runIds: [50, 51, 52].map(runNumbered)},
    ...comparedRun(50, 0.91, 60_000),
    ...comparedRun(51, 0.93, 90_000),
    ...comparedRun(52, 0.93, undefined),
  );

export const comparingUnknown = (): State =>
  after(runsList(), {type: 'comparing/opened', runIds: [50, 51].map(runNumbered)});

const choosingProject = (): State =>
  after(
    runsList(),
    {type: 'choosing/opened', what: 'project'},
    arrived(
      'projects',
      {
        kind: 'projects',
        projects: [
          {id: parseProjectId('p'), name: 'default'},
          {id: parseProjectId('q'), name: hostileName},
        ],
      },
      at(listNow),
    ),
  );

export const choosingServer = (): State => {
  const state = runsList();
  const session = {...state.session, servers: [state.session.serverUrl, 'https://other.example.com']};
  return after({...state, session}, {type: 'choosing/opened', what: 'server'});
};

/** Every state that the screens about runs can show, by name. */
export const runScreens: Readonly<Record<string, () => State>> = {
  runsList,
  runsFiltered,
  runsUnmatched,
  runsEmpty,
  runsStale,
  runsHostile,
  comparing,
  comparingUnknown,
  choosingProject,
  choosingServer,
};
