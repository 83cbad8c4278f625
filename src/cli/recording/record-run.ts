import type {Client} from '../../api/client.js';
import type {OpenTransport} from '../../connection/open-transport.js';
import {failWithUsageError, type Outcome, type Problem, succeedWith} from '../../connection/problem.js';
import type {Run} from '../../domain/run.js';
import {formatBytes} from '../../format/bytes.js';
import {type Recorder, type RecordingStop, startRecorder} from '../../recording/recorder.js';
import {createRecordingTransport} from '../../recording/recording-transport.js';
import type {Store} from '../../store/store.js';
import {explainWriteError, getErrorCode} from '../opening/explain-write-error.js';
import {fetchRunProject} from '../opening/fetch-run-project.js';
import {fetchWaits} from '../opening/fetch-waits.js';
import {fetchWholeRun} from '../opening/fetch-whole-run.js';
import type {OpenedRun} from '../opening/open-run.js';
import {systemClock} from '../opening/run-time.js';
import type {RecordOptions} from '../options/watch-options.js';
import {printProblem} from '../printing/print.js';
import {version} from '../printing/version.js';
import {createRecordingFile, type NewRecordingFile} from './recording-file.js';

/** A recording in progress. */
export type RunRecording = {
  /** Wraps the function so that the transports it opens are recorded. */
  readonly wrapTransport: (openTransport: OpenTransport) => OpenTransport;
  /** Records which run is watched. Must be called as soon as it is found. */
  readonly begin: (opened: OpenedRun) => void;
  /** Shows a notice in the store if the recording stops early, or has already stopped. */
  readonly follow: (store: Store) => void;
  /**
   * Fetches what was not shown on the screen, so that a replay has the whole run, and closes the file. If recording stopped
   * early, prints why. If no run was found, only closes and deletes the file. Returns false if the recording of a run is
   * incomplete because the file could not be written; reaching the limit does not count.
   */
  readonly finish: () => Promise<boolean>;
};

/** How long fetching the rest of the run may delay the exit, in milliseconds. */
const maxFinishMs = 5000;

/** Creates the file of a recording; fails if it already exists or cannot be created. */
export const startRunRecording = async ({path, limitBytes}: RecordOptions): Promise<Outcome<RunRecording>> => {
  let file: NewRecordingFile;
  try {
    file = await createRecordingFile(path);
  } catch (error) {
    return failWithUnwritableFile(path, error);
  }

  let recorder: Recorder | undefined;
  let opened: OpenedRun | undefined;
  let earlyStop: RecordingStop | undefined;
  let store: Store | undefined;
  const showStop = (stop: RecordingStop): void =>
    store?.dispatch({type: 'notice/shown', text: describeRecordingStop(path, stop).message, tone: 'problem'});
  const onStop = (stop: RecordingStop): void => {
    earlyStop = stop;
    showStop(stop);
  };

  return succeedWith({
    wrapTransport: openTransport => settings => {
      recorder ??= startRecorder({
        file,
        limitBytes,
        onStop,
        now: systemClock.now,
        after: systemClock.after,
        zentopVersion: version,
        serverUrl: settings.serverUrl,
      });
      return createRecordingTransport(openTransport(settings), systemClock.now, recorder.addExchange);
    },
    begin: run => {
      opened = run;
      recorder?.addRun(run.resolved.run.id);
    },
    follow: runStore => {
      store = runStore;
      if (earlyStop !== undefined) {
        showStop(earlyStop);
      }
    },
    finish: async () => {
      if (opened !== undefined && earlyStop === undefined) {
        await fetchUnvisitedParts(opened);
      }

      await (recorder ?? file).close();
      if (opened === undefined) {
        await file.remove();
        return true;
      }

      if (earlyStop !== undefined) {
        printProblem(describeRecordingStop(path, earlyStop));
      }

      return earlyStop?.kind !== 'broken';
    },
  });
};

const fetchUnvisitedParts = async ({connection, resolved: {run}}: OpenedRun): Promise<void> => {
  const signal = AbortSignal.timeout(maxFinishMs);
  const {client} = connection;
  await Promise.all([
    client.fetchRun(run.id, true, signal),
    fetchRunProject(connection, run, signal),
    fetchStepsAndWaits(client, run, signal),
  ]);
};

const fetchStepsAndWaits = async (client: Client, run: Run, signal: AbortSignal): Promise<void> => {
  const whole = await fetchWholeRun(client, run, signal);
  if (whole.ok) {
    await fetchWaits(client, run, whole.value, signal);
  }
};

const failWithUnwritableFile = (path: string, error: unknown) => {
  const code = getErrorCode(error);
  if (code === 'EEXIST') {
    return failWithUsageError(
      `“${path}” already exists; zentop never overwrites a recording.`,
      'Choose another file name, or delete the file.',
    );
  }

  return failWithUsageError(
    `Cannot write “${path}”: ${explainWriteError(error)}.`,
    'Choose another file with --record.',
  );
};

const describeRecordingStop = (path: string, stop: RecordingStop): Problem =>
  stop.kind === 'full'
    ? {
        message: `Recording “${path}” reached its limit of ${formatBytes(stop.limitBytes)} and stopped.`,
        hint: 'Raise the limit with --record-max, e.g. 256MB.',
        exitCode: 4,
        candidates: [],
      }
    : {
        message: `Recording “${path}” stopped: ${explainWriteError(stop.error)}.`,
        hint: 'The recording is incomplete. Record to another disk with --record.',
        exitCode: 4,
        candidates: [],
      };
