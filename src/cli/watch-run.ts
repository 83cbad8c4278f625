import {type OpenTransport, overHttp} from '../connection/open-transport.js';
import {found, type Outcome} from '../connection/problem.js';
import type {World} from '../connection/world.js';
import type {Invocation, WatchOptions} from './command-line.js';
import {openRun} from './open-run.js';
import {printProblem} from './print.js';
import type {RunRecording} from './record-run.js';
import {presentTime, type RunTime} from './run-time.js';
import {version} from './version.js';

type Watching = Pick<Extract<Invocation, {readonly command: 'watch'}>, 'run' | 'pipeline' | 'connection' | 'watch'>;

type How = {
  readonly isDemo: boolean;
  /** Of a recording that is replayed; over HTTP and now unless told. */
  readonly openTransport?: OpenTransport;
  readonly time?: RunTime;
};

/** Opens the run and shows it as the options say: once, line by line, or on the screen. Answers the exit code. */
export const watchRun = async (world: World, asked: Watching, how: How): Promise<number> => {
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

/** What records is loaded where something is to be recorded. */
const openRecording = async ({record}: WatchOptions): Promise<Outcome<RunRecording | undefined>> => {
  if (record === undefined) {
    return found(undefined);
  }

  const {recordRun} = await import('./record-run.js');
  return recordRun(record);
};

const watchWith = async (
  recording: RunRecording | undefined,
  world: World,
  asked: Watching,
  {isDemo, openTransport = overHttp(world, version), time = presentTime}: How,
): Promise<number> => {
  // Ink and React load while the server is asked.
  const screen = isOnScreen(asked.watch) ? import('./watch-screen.js') : undefined;
  const way = {openTransport: recording === undefined ? openTransport : recording.over(openTransport), time};
  const opened = await openRun(world, asked, way, AbortSignal.timeout(60_000));
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  recording?.begin(opened.value);
  const options = {opened: {...opened.value, recording}, watch: asked.watch, isDemo};
  if (screen !== undefined) {
    const {watchOnScreen} = await screen;
    return watchOnScreen(options);
  }

  const {watchInLines} = await import('./watch-lines.js');
  return watchInLines(options);
};

/** Whether the run is shown on the screen, and not told in lines. */
export const isOnScreen = ({isOnce, output}: WatchOptions): boolean =>
  !isOnce &&
  (output === 'tui' ||
    (output === 'auto' && process.stdout.isTTY && process.stdin.isTTY && process.env['TERM'] !== 'dumb'));
