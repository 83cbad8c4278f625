import {type OpenTransport, overHttp} from '../connection/open-transport.js';
import {found, type Outcome} from '../connection/problem.js';
import type {World} from '../connection/world.js';
import type {Invocation} from './command/invocation.js';
import {timeoutExitCode} from './leaving.js';
import {openRun, type Way} from './open-run.js';
import {type OpenedRuns, openRuns} from './open-runs.js';
import {printProblem} from './print.js';
import type {RunRecording} from './record-run.js';
import {presentTime, type RunTime} from './run-time.js';
import {defaultLimit, type RunsOutput} from './runs/runs-options.js';
import {noteUnverified} from './unverified.js';
import {version} from './version.js';
import {waitForRun} from './wait-for-run.js';
import type {WatchOptions} from './watch-options.js';

type Watching = Pick<Extract<Invocation, {readonly command: 'watch'}>, 'run' | 'pipeline' | 'connection' | 'watch'> & {
  readonly isWaiting?: boolean;
};

type How = {
  readonly isDemo: boolean;
  /** Of a recording that is replayed; over HTTP and now unless told. */
  readonly openTransport?: OpenTransport;
  readonly time?: RunTime;
};

/**
 * Opens the run and shows it as the options say: once, line by line, or on the screen; where none is named, the list of
 * runs. Answers the exit code.
 */
export const watchRun = async (world: World, asked: Watching, how: How): Promise<number> => {
  if (isAboutRuns(asked)) {
    return watchRuns(world, asked, how);
  }

  const recording = await openRecording(asked.watch);
  if (!recording.ok) {
    printProblem(recording.problem);
    return recording.problem.exitCode;
  }

  try {
    return await watchWith(recording.value, world, asked, how);
  } finally {
    await recording.value?.finish();
  }
};

/** No run is named, nor is the newest one to be followed. */
const isAboutRuns = ({run, isWaiting = false, watch}: Watching): boolean =>
  (run === undefined || run.trim() === '') && !isWaiting && !watch.isFollowing;

const watchRuns = async (
  world: World,
  {pipeline, connection, watch}: Watching,
  {isDemo, openTransport = overHttp(world, version), time = presentTime}: How,
): Promise<number> => {
  if (watch.record !== undefined) {
    printProblem(onlyRunsAreRecorded);
    return onlyRunsAreRecorded.exitCode;
  }

  if (!isOnScreen(watch)) {
    const {listRuns} = await import('./runs/list-runs.js');
    const output: RunsOutput = watch.output === 'json' || watch.output === 'quiet' ? watch.output : 'table';
    const runs = {statuses: [], pipeline, user: undefined, limit: defaultLimit, output};
    return listRuns(world, {runs, connection, looks: watch}, openTransport);
  }

  const screen = import('./watch-screen.js');
  const way = {openTransport, time};
  const opened = await openRuns(world, connection, way, AbortSignal.timeout(60_000));
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const {watchOnScreen} = await screen;
  const filter = pipeline === undefined ? '' : `pipeline:${/[\s,]/.test(pipeline) ? `"${pipeline}"` : pipeline}`;
  return watchOnScreen({opened: opened.value, filter, watch, isDemo, openOther: otherServer(world, way)});
};

const onlyRunsAreRecorded = {
  what: 'A recording is of one run, and none is named.',
  way: 'Name the run: `zentop RUN --record FILE`, or `zentop latest --record FILE`.',
  exitCode: 2,
  candidates: [],
} as const;

/** Opens another server that `zenml login` knows; the flags were for the first. */
const otherServer =
  (world: World, way: Way) =>
  (server: string): Promise<Outcome<OpenedRuns>> =>
    openRuns(world, {server, project: undefined, apiKeyFile: undefined}, way, AbortSignal.timeout(30_000));

/** What records is loaded where something is to be recorded. */
const openRecording = async ({record}: WatchOptions): Promise<Outcome<RunRecording | undefined>> => {
  if (record === undefined) {
    return found(undefined);
  }

  const {recordRun} = await import('./record-run.js');
  return recordRun(record);
};

/** The longest that a server is waited for before anything is known of the run, in milliseconds. */
const longestOpeningMs = 60_000;

const watchWith = async (
  recording: RunRecording | undefined,
  world: World,
  asked: Watching,
  {isDemo, openTransport = overHttp(world, version), time = presentTime}: How,
): Promise<number> => {
  // Ink and React load while the server is asked.
  const screen = isOnScreen(asked.watch) ? import('./watch-screen.js') : undefined;
  const way: Way = {
    openTransport: recording === undefined ? openTransport : recording.over(openTransport),
    time,
    onConnection: screen === undefined ? noteUnverified : undefined,
  };
  const beganAt = time.clock.now();
  const {pipeline, isWaiting = false} = asked;
  const resolve = isWaiting ? waitForRun(pipeline, asked.watch, time) : undefined;
  const {timeoutMs = Number.POSITIVE_INFINITY} = asked.watch;
  const signal = AbortSignal.timeout(Math.min(longestOpeningMs, timeoutMs));
  const opened = await openRun(world, {...asked, resolve}, way, signal);
  if (!opened.ok) {
    printProblem(opened.problem);
    return signal.aborted && timeoutMs <= longestOpeningMs ? timeoutExitCode : opened.problem.exitCode;
  }

  recording?.begin(opened.value);
  const watch = isWaiting ? withRestOfTimeout(asked.watch, time.clock.now() - beganAt) : asked.watch;
  const options = {opened: {...opened.value, recording}, watch, isDemo};
  if (screen !== undefined) {
    const {watchOnScreen} = await screen;
    return watchOnScreen({...options, openOther: recording === undefined ? otherServer(world, way) : undefined});
  }

  const {watchInLines} = await import('./watch-lines.js');
  return watchInLines(options);
};

/** What was waited for a run to start is taken off. */
const withRestOfTimeout = (watch: WatchOptions, waitedMs: number): WatchOptions => ({
  ...watch,
  timeoutMs: watch.timeoutMs === undefined ? undefined : Math.max(0, watch.timeoutMs - waitedMs),
});

/** Whether the run is shown on the screen, and not told in lines. */
export const isOnScreen = ({isOnce, isScreenReader, output}: WatchOptions): boolean =>
  !isOnce &&
  !isScreenReader &&
  (output === 'tui' ||
    (output === 'auto' && process.stdout.isTTY && process.stdin.isTTY && process.env['TERM'] !== 'dumb'));
