import {readFile} from 'node:fs/promises';
import {failWithUsageError, type Outcome, succeedWith} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import {type Recording, type RecordingProblem, readRecording} from '../../recording/read-recording.js';
import {createJumpingClock, createPacedClock, createStoppedClock} from '../../recording/replay-clock.js';
import {openReplay, type Replay} from '../../recording/replay-transport.js';
import type {RunTime} from '../opening/run-time.js';
import {systemClock} from '../opening/system-clock.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printProblem} from '../printing/print.js';
import {isOnScreen, watchRun} from './watch-run.js';

type ReplayRequest = {readonly file: string; readonly speed: number; readonly watch: WatchOptions};

/** Shows a recording as if its run went on now; needs neither server nor configuration. Answers the exit code. */
export const replayRun = async ({file, speed, watch}: ReplayRequest): Promise<number> => {
  const read = await readReplay(file);
  if (!read.ok) {
    printProblem(read.problem);
    return read.problem.exitCode;
  }

  const {recording, replay} = read.value;
  const time = createReplayTime(replay, speed, watch);
  const connection = {server: recording.serverUrl, project: undefined, apiKeyFile: undefined};
  return watchRun(
    createEmptyWorld(time),
    {run: recording.runId, pipeline: undefined, connection, watch: {...watch, isReadOnly: true}},
    {isDemo: false, time, openTransport: () => replay.createTransport(time.clock)},
  );
};

/**
 * On the screen time goes on, as fast as asked for. Lines are told as fast as they can be, each with its own time; the
 * state is that of the end.
 */
const createReplayTime = ({startAt, endAt}: Replay, speed: number, watch: WatchOptions): RunTime => {
  // No chance: the same recording gives the same lines.
  const still = {random: () => 0.5, start: () => {}, replay: {speed, endAt}};
  if (isOnScreen(watch)) {
    const clock = createPacedClock(systemClock, {startAt, endAt, speed});
    return {...still, clock, start: clock.start};
  }

  const clock = watch.isOnce ? createStoppedClock(endAt, setImmediate) : createJumpingClock(startAt, setImmediate);
  return {...still, clock};
};

/** A machine with nothing on it: what the recording has is all there is. */
const createEmptyWorld = ({clock}: RunTime): World => ({
  env: {},
  homeDir: '/',
  cwd: '/',
  platform: 'linux',
  now: clock.now,
  readText: async () => undefined,
  modifiedAt: async () => undefined,
});

type OpenedRecording = {readonly recording: Recording; readonly replay: Replay};

const readReplay = async (file: string): Promise<Outcome<OpenedRecording>> => {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    return code === 'ENOENT'
      ? failWithUsageError(`There is no file “${file}”.`, 'Make a recording with `zentop RUN --record FILE`.')
      : failWithUsageError(`“${file}” cannot be read: ${reason}.`, 'Name a file that `zentop RUN --record FILE` made.');
  }

  const read = readRecording(bytes);
  if (!read.ok) {
    return failWithUnreadableRecording(file, read.problem);
  }

  const {recording} = read;
  const replay = openReplay(recording);
  return replay === undefined ? failWithUnreadableRecording(file, {kind: 'empty'}) : succeedWith({recording, replay});
};

const failWithUnreadableRecording = (file: string, trouble: RecordingProblem) => {
  switch (trouble.kind) {
    case 'foreign':
      return failWithUsageError(
        `“${file}” is no recording of zentop.`,
        'Name a file that `zentop RUN --record FILE` made.',
      );
    case 'newer':
      return failWithUsageError(
        `“${file}” was made by a newer zentop${trouble.zentopVersion === undefined ? '' : `, ${trouble.zentopVersion}`}.`,
        'Replay it with that version or a later one.',
      );
    case 'broken':
      return failWithUsageError(
        `“${file}” is damaged from line ${trouble.line} on.`,
        `Save what is before it as another file and replay that: \`head -n ${trouble.line - 1}\` (of a .gz: \`zcat FILE | head …\`).`,
      );
    case 'empty':
      return failWithUsageError(
        `“${file}” holds no run: it ended before one was seen.`,
        'Record again with `zentop RUN --record FILE`.',
      );
  }
};
