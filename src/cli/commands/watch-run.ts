import {getConnectionArguments} from '../../connection/connection-arguments.js';
import {createOpenHttpTransport, type OpenTransport} from '../../connection/open-transport.js';
import {failWith, type Outcome, type Problem, succeedWith} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import {formatZentopCommand} from '../../domain/zentop-command.js';
import {type OpenedRun, type OpenOptions, openRun} from '../opening/open-run.js';
import {type OpenedRuns, openRuns} from '../opening/open-runs.js';
import {incompleteRecordingProblem, presentTime, type RunTime} from '../opening/run-time.js';
import {limitAttempt, type OpeningReports, startOpening} from '../opening/start-opening.js';
import {waitForRun} from '../opening/wait-for-run.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printProblem} from '../printing/print.js';
import {version} from '../printing/version.js';
import type {RunRecording} from '../recording/record-run.js';
import {defaultRunLimit, type RunsOutput} from '../runs/runs-options.js';
import type {Invocation} from './invocation.js';
import {openForPrinting} from './open-for-printing.js';
import {createScreenLoader} from './screen-loader.js';

type WatchRequest = Pick<
  Extract<Invocation, {readonly command: 'watch'}>,
  'run' | 'similarCommand' | 'pipeline' | 'connection' | 'watch'
> & {
  readonly isWaiting?: boolean;
};

type WatchRunOptions = {
  readonly isDemo: boolean;
  /** For a replay (default: HTTP and the present time). */
  readonly openTransport?: OpenTransport;
  readonly time?: RunTime;
};

/**
 * Opens the run and shows it according to the options: once, line by line, or on the screen; without a run, the list of
 * runs. Returns the exit code.
 */
export const watchRun = async (world: World, request: WatchRequest, options: WatchRunOptions): Promise<number> => {
  if (isRunListRequested(request)) {
    return watchRuns(world, request, options);
  }

  const recording = await startRecording(request.watch);
  if (!recording.ok) {
    printProblem(recording.problem);
    return recording.problem.exitCode;
  }

  const finishRecording = async () => (await recording.value?.finish()) ?? true;
  const exitCode = await watchRecordedRun(recording.value, world, request, options).catch(async error => {
    await finishRecording();
    throw error;
  });
  const isRecorded = await finishRecording();
  return isRecorded || exitCode !== 0 ? exitCode : unwritableExitCode;
};

/** The exit code if only the recording failed. */
const unwritableExitCode = 4;

/** A misspelled command without arguments looks like the name of a run. */
const suggestCommand = (
  {problem}: {readonly problem: Problem},
  {similarCommand, connection}: Pick<WatchRequest, 'similarCommand' | 'connection'>,
  world: World,
): Outcome<never> => {
  const isUnknownRun = problem.exitCode === 4 && problem.failure === undefined;
  if (similarCommand === undefined || !isUnknownRun) {
    return failWith(problem);
  }

  const command = formatZentopCommand([similarCommand], getConnectionArguments(world, connection));
  return failWith({...problem, hint: `Did you mean \`${command}\`? ${problem.hint}`.trim()});
};

/** Whether to show the list of runs: no run is given, and the newest one is not to be followed. */
const isRunListRequested = ({run, isWaiting = false, watch}: WatchRequest): boolean =>
  (run === undefined || run.trim() === '') && !isWaiting && !watch.isFollowing;

const watchRuns = async (
  world: World,
  {pipeline, connection, watch}: WatchRequest,
  {isDemo, openTransport: givenOpenTransport, time = presentTime}: WatchRunOptions,
): Promise<number> => {
  if (watch.record !== undefined) {
    const words = ['latest', '--record', watch.record.path];
    const problem: Problem = {
      message: '--record needs a run to record.',
      hint: `For example: \`${formatZentopCommand(words, getConnectionArguments(world, connection))}\``,
      exitCode: 2,
      candidates: [],
    };
    printProblem(problem);
    return problem.exitCode;
  }

  if (!isOnScreen(watch)) {
    const {listRuns} = await import('./print-commands.js');
    const output: RunsOutput = watch.output === 'json' || watch.output === 'quiet' ? watch.output : 'table';
    const runs = {statuses: [], pipeline, user: undefined, limit: defaultRunLimit, output};
    return listRuns(world, {runs, connection, looks: watch}, givenOpenTransport);
  }

  const screen = createScreenLoader();
  const openTransport = givenOpenTransport ?? createOpenHttpTransport(world, version, screen.onSent);
  const openOptions = {openTransport, time};
  const opening = startOpening(
    (signal, {onConnection}) => openRuns(world, connection, {...openOptions, onConnection}, limitAttempt(signal)),
    {...watch, time, giveUpAfterMs: Number.POSITIVE_INFINITY},
  );
  const {watchOnScreen} = await screen.load(opening.outcome);
  const filter = pipeline === undefined ? '' : `pipeline:${/[\s,]/.test(pipeline) ? `"${pipeline}"` : pipeline}`;
  return watchOnScreen({opening, filter, watch, isDemo, openServer: createServerOpener(world, openOptions)});
};

/** How long the user waits for another server before the switch fails, in milliseconds. */
const maxSwitchMs = 30_000;

/** Opens another server that `zenml login` knows, without the flags, which were for the first. */
const createServerOpener =
  (world: World, openOptions: OpenOptions) =>
  (server: string): Promise<Outcome<OpenedRuns>> =>
    openRuns(world, {server, project: undefined, apiKeyFile: undefined}, openOptions, AbortSignal.timeout(maxSwitchMs));

/** Starts the recording, if one is requested; its code is loaded only then. */
const startRecording = async ({record}: WatchOptions): Promise<Outcome<RunRecording | undefined>> => {
  if (record === undefined) {
    return succeedWith(undefined);
  }

  const {startRunRecording} = await import('./print-commands.js');
  return startRunRecording(record);
};

const watchRecordedRun = async (
  recording: RunRecording | undefined,
  world: World,
  request: WatchRequest,
  {isDemo, openTransport: givenOpenTransport, time = presentTime}: WatchRunOptions,
): Promise<number> => {
  const screen = isOnScreen(request.watch) ? createScreenLoader() : undefined;
  const openTransport = givenOpenTransport ?? createOpenHttpTransport(world, version, screen?.onSent);
  const openOptions: OpenOptions = {
    openTransport: recording === undefined ? openTransport : recording.wrapTransport(openTransport),
    time,
    isGraphNeeded: request.watch.output !== 'quiet',
  };
  const open = async (signal: AbortSignal, {onConnection, onWait}: OpeningReports): Promise<Outcome<OpenedRun>> => {
    const resolve =
      request.isWaiting === true ? waitForRun(request.pipeline, request.watch, time, {signal, onWait}) : undefined;
    const opened = await openRun(world, {...request, resolve}, {...openOptions, onConnection}, limitAttempt(signal));
    if (!opened.ok) {
      return time.replay === undefined ? suggestCommand(opened, request, world) : failWith(incompleteRecordingProblem);
    }

    recording?.begin(opened.value);
    return succeedWith({...opened.value, onStore: recording?.follow});
  };
  if (screen !== undefined) {
    const opening = startOpening(open, {...request.watch, time, giveUpAfterMs: Number.POSITIVE_INFINITY});
    const {watchOnScreen} = await screen.load(opening.outcome);
    const openServer = recording === undefined ? createServerOpener(world, openOptions) : undefined;
    return watchOnScreen({opening, watch: request.watch, isDemo, openServer});
  }

  const {timeoutMs} = request.watch;
  const beganAt = time.clock.now();
  const opened = await openForPrinting(open, request.watch, time);
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const {printRun} = await import('./print-commands.js');
  return printRun({
    opened: opened.value,
    watch: request.watch,
    isDemo,
    remainingMs: timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - (time.clock.now() - beganAt)),
  });
};

/** Whether the run is shown on the screen instead of in lines. */
export const isOnScreen = ({isOnce, isScreenReader, output}: WatchOptions): boolean =>
  !isOnce &&
  !isScreenReader &&
  (output === 'tui' ||
    (output === 'auto' && process.stdout.isTTY && process.stdin.isTTY && process.env['TERM'] !== 'dumb'));
