import {createOpenHttpTransport, type OpenTransport} from '../../connection/open-transport.js';
import {type Outcome, succeedWith} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import {timeoutExitCode} from '../../report/exit-code.js';
import {type OpenOptions, openRun} from '../opening/open-run.js';
import {type OpenedRuns, openRuns} from '../opening/open-runs.js';
import {incompleteRecordingProblem, presentTime, type RunTime} from '../opening/run-time.js';
import {warnIfUnverified} from '../opening/unverified-server.js';
import {waitForRun} from '../opening/wait-for-run.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printProblem} from '../printing/print.js';
import {version} from '../printing/version.js';
import type {RunRecording} from '../recording/record-run.js';
import {defaultLimit, type RunsOutput} from '../runs/runs-options.js';
import type {Invocation} from './invocation.js';

type WatchRequest = Pick<
  Extract<Invocation, {readonly command: 'watch'}>,
  'run' | 'pipeline' | 'connection' | 'watch'
> & {
  readonly isWaiting?: boolean;
};

type WatchRunOptions = {
  readonly isDemo: boolean;
  /** For a replay; the default is HTTP and the present. */
  readonly openTransport?: OpenTransport;
  readonly time?: RunTime;
};

/**
 * Opens the run and shows it according to the options: once, line by line, or on the screen; without a run, the list of
 * runs. Returns the exit code.
 */
export const watchRun = async (world: World, request: WatchRequest, source: WatchRunOptions): Promise<number> => {
  if (isRunListRequested(request)) {
    return watchRuns(world, request, source);
  }

  const recording = await startRecording(request.watch);
  if (!recording.ok) {
    printProblem(recording.problem);
    return recording.problem.exitCode;
  }

  try {
    return await watchRecordedRun(recording.value, world, request, source);
  } finally {
    await recording.value?.finish();
  }
};

/** Neither is a run given nor the newest one to be followed. */
const isRunListRequested = ({run, isWaiting = false, watch}: WatchRequest): boolean =>
  (run === undefined || run.trim() === '') && !isWaiting && !watch.isFollowing;

const watchRuns = async (
  world: World,
  {pipeline, connection, watch}: WatchRequest,
  {isDemo, openTransport: otherTransport, time = presentTime}: WatchRunOptions,
): Promise<number> => {
  if (watch.record !== undefined) {
    printProblem(noRunToRecord);
    return noRunToRecord.exitCode;
  }

  if (!isOnScreen(watch)) {
    const {listRuns} = await import('./print-commands.js');
    const output: RunsOutput = watch.output === 'json' || watch.output === 'quiet' ? watch.output : 'table';
    const runs = {statuses: [], pipeline, user: undefined, limit: defaultLimit, output};
    return listRuns(world, {runs, connection, looks: watch}, otherTransport);
  }

  const openTransport = otherTransport ?? createOpenHttpTransport(world, version, loadScreen);
  const openOptions = {openTransport, time};
  const opened = await openRuns(world, connection, openOptions, AbortSignal.timeout(60_000));
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const {watchOnScreen} = await loadScreen();
  const filter = pipeline === undefined ? '' : `pipeline:${/[\s,]/.test(pipeline) ? `"${pipeline}"` : pipeline}`;
  return watchOnScreen({opened: opened.value, filter, watch, isDemo, openOther: createOpenOther(world, openOptions)});
};

/** Called once the first requests have been sent, so that Ink and React load while the server works. */
const loadScreen = () => import('../watching/watch-screen.js');

const noRunToRecord = {
  message: '--record needs a run to record.',
  hint: 'For example: `zentop latest --record FILE`',
  exitCode: 2,
  candidates: [],
} as const;

/** Opens another server that `zenml login` knows, without the flags, which were for the first. */
const createOpenOther =
  (world: World, openOptions: OpenOptions) =>
  (server: string): Promise<Outcome<OpenedRuns>> =>
    openRuns(world, {server, project: undefined, apiKeyFile: undefined}, openOptions, AbortSignal.timeout(30_000));

/** Starts the recording, if one is wanted; its code is loaded only then. */
const startRecording = async ({record}: WatchOptions): Promise<Outcome<RunRecording | undefined>> => {
  if (record === undefined) {
    return succeedWith(undefined);
  }

  const {startRunRecording} = await import('../recording/record-run.js');
  return startRunRecording(record);
};

/** The timeout for opening the run, in milliseconds. */
const maxOpeningMs = 60_000;

const watchRecordedRun = async (
  recording: RunRecording | undefined,
  world: World,
  request: WatchRequest,
  {isDemo, openTransport: otherTransport, time = presentTime}: WatchRunOptions,
): Promise<number> => {
  const hasScreen = isOnScreen(request.watch);
  const openTransport = otherTransport ?? createOpenHttpTransport(world, version, hasScreen ? loadScreen : undefined);
  const openOptions: OpenOptions = {
    openTransport: recording === undefined ? openTransport : recording.wrapTransport(openTransport),
    time,
    onConnection: hasScreen ? undefined : warnIfUnverified,
    needsGraph: request.watch.output !== 'quiet',
  };
  const beganAt = time.clock.now();
  const {pipeline, isWaiting = false} = request;
  const resolve = isWaiting ? waitForRun(pipeline, request.watch, time) : undefined;
  const {timeoutMs = Number.POSITIVE_INFINITY} = request.watch;
  const signal = AbortSignal.timeout(Math.min(maxOpeningMs, timeoutMs));
  const opened = await openRun(world, {...request, resolve}, openOptions, signal);
  if (!opened.ok) {
    printProblem(time.replay === undefined ? opened.problem : incompleteRecordingProblem);
    return signal.aborted && timeoutMs <= maxOpeningMs ? timeoutExitCode : opened.problem.exitCode;
  }

  recording?.begin(opened.value);
  const watch = isWaiting ? subtractWaitedTime(request.watch, time.clock.now() - beganAt) : request.watch;
  const options = {opened: {...opened.value, onStore: recording?.follow}, watch, isDemo};
  if (hasScreen) {
    const {watchOnScreen} = await loadScreen();
    return watchOnScreen({
      ...options,
      openOther: recording === undefined ? createOpenOther(world, openOptions) : undefined,
    });
  }

  const {printRun} = await import('./print-commands.js');
  return printRun(options);
};

/** Subtracts the time spent waiting for a run to start from the timeout. */
const subtractWaitedTime = (watch: WatchOptions, waitedMs: number): WatchOptions => ({
  ...watch,
  timeoutMs: watch.timeoutMs === undefined ? undefined : Math.max(0, watch.timeoutMs - waitedMs),
});

/** Whether the run is shown on the screen instead of in lines. */
export const isOnScreen = ({isOnce, isScreenReader, output}: WatchOptions): boolean =>
  !isOnce &&
  !isScreenReader &&
  (output === 'tui' ||
    (output === 'auto' && process.stdout.isTTY && process.stdin.isTTY && process.env['TERM'] !== 'dumb'));
