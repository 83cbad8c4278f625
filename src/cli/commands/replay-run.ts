import {stat} from 'node:fs/promises';
import {failWithUsageError, type Outcome, succeedWith} from '../../connection/problem.js';
import type {World} from '../../connection/world.js';
import {formatBytes} from '../../format/bytes.js';
import {type Recording, type RecordingProblem, readRecording} from '../../recording/read-recording.js';
import {maxRecordingBytes} from '../../recording/recording-format.js';
import {createJumpingClock, createPacedClock, createStoppedClock} from '../../recording/replay-clock.js';
import {openReplay, type Replay} from '../../recording/replay-transport.js';
import {readFileBytes} from '../opening/read-file-bytes.js';
import {type RunTime, systemClock} from '../opening/run-time.js';
import type {WatchOptions} from '../options/watch-options.js';
import {printProblem} from '../printing/print.js';
import {isOnScreen, watchRun} from './watch-run.js';

type ReplayRequest = {readonly file: string; readonly speed: number; readonly watch: WatchOptions};

/** Replays a recording as if its run were in progress; needs neither server nor configuration. Returns the exit code. */
export const replayRun = async ({log}: World, {file, speed, watch}: ReplayRequest): Promise<number> => {
  const opened = await readReplay(file);
  if (!opened.ok) {
    printProblem(opened.problem);
    return opened.problem.exitCode;
  }

  const {recording, replay} = opened.value;
  const time = createReplayTime(replay, speed, watch);
  const connection = {server: recording.serverUrl, project: undefined, apiKeyFile: undefined};
  return watchRun(
    {...createEmptyWorld(time), log},
    {run: recording.runId, pipeline: undefined, connection, watch: {...watch, isReadOnly: true}},
    {isDemo: false, time, openTransport: () => replay.createTransport(time.clock)},
  );
};

/**
 * On the screen, time passes at the given speed. Lines are printed as fast as possible, each with its own time; `--once`
 * shows the state at the end.
 */
const createReplayTime = ({startAt, endAt}: Replay, speed: number, watch: WatchOptions): RunTime => {
  // No randomness, so that the same recording always gives the same lines.
  const commonParts = {random: () => 0.5, start: () => {}, replay: {speed, endAt}};
  if (isOnScreen(watch)) {
    const clock = createPacedClock(systemClock, {startAt, endAt, speed});
    return {...commonParts, clock, start: clock.start};
  }

  const clock = watch.isOnce ? createStoppedClock(endAt, setImmediate) : createJumpingClock(startAt, setImmediate);
  return {...commonParts, clock};
};

/** A machine without files and variables, so that only the recording counts. */
const createEmptyWorld = ({clock}: RunTime): World => ({
  env: {},
  homeFolder: '/',
  cwd: '/',
  platform: 'linux',
  now: clock.now,
  readText: async () => undefined,
  listFolder: async () => undefined,
  readModifiedAt: async () => undefined,
});

const recordHint = 'Record a run with `zentop RUN --record FILE`.';

type OpenedRecording = {readonly recording: Recording; readonly replay: Replay};

const readReplay = async (file: string): Promise<Outcome<OpenedRecording>> => {
  let bytes: Uint8Array;
  try {
    const {size} = await stat(file);
    if (size > maxRecordingBytes) {
      return failWithUnreadableRecording(file, {kind: 'too-large'});
    }

    bytes = await readFileBytes(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    return code === 'ENOENT'
      ? failWithUsageError(`File not found: ${file}`, recordHint)
      : code === 'EISDIR'
        ? failWithUsageError(`“${file}” is a directory, not a recording.`, recordHint)
        : failWithUsageError(`Cannot read “${file}”: ${reason}.`, recordHint);
  }

  const result = readRecording(bytes);
  if (!result.ok) {
    return failWithUnreadableRecording(file, result.problem);
  }

  const {recording} = result;
  const replay = openReplay(recording);
  return replay === undefined ? failWithUnreadableRecording(file, {kind: 'empty'}) : succeedWith({recording, replay});
};

const failWithUnreadableRecording = (file: string, problem: RecordingProblem) => {
  switch (problem.kind) {
    case 'foreign':
      return failWithUsageError(`“${file}” is not a zentop recording.`, recordHint);
    case 'damaged':
      return failWithUsageError(`The compressed data of “${file}” is damaged.`, recordHint);
    case 'too-large':
      return failWithUsageError(
        `“${file}” is too large to replay: the limit is ${formatBytes(maxRecordingBytes)} uncompressed.`,
        'Record less with --record-max.',
      );
    case 'newer':
      return failWithUsageError(
        `“${file}” was made by a newer zentop${problem.zentopVersion === undefined ? '' : `, ${problem.zentopVersion}`}.`,
        'Replay it with that version or a later one.',
      );
    case 'broken':
      return failWithUsageError(
        `“${file}” is corrupt from line ${problem.line}.`,
        // The first line only describes the recording.
        problem.line <= 2
          ? recordHint
          : `To keep the intact part: \`head -n ${problem.line - 1} FILE > INTACT\` (of a .gz file: \`zcat FILE | head …\`).`,
      );
    case 'empty':
      return failWithUsageError(`“${file}” contains no run: recording stopped before the first response.`, recordHint);
  }
};
