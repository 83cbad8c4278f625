import type {OpenTransport} from '../../connection/open-transport.js';
import {failWithUsageError, type Outcome, type Problem, succeedWith} from '../../connection/problem.js';
import {formatBytes} from '../../format/bytes.js';
import {type Recorder, type RecordingStop, startRecorder} from '../../recording/recorder.js';
import {createRecordingTransport} from '../../recording/recording-transport.js';
import type {Store} from '../../store/store.js';
import {fetchRunProject} from '../opening/fetch-run-project.js';
import {fetchWholeRun} from '../opening/fetch-whole-run.js';
import type {OpenedRun} from '../opening/open-run.js';
import {systemClock} from '../opening/system-clock.js';
import type {RecordOptions} from '../options/watch-options.js';
import {printProblem} from '../printing/print.js';
import {version} from '../version.js';
import {createRecordingFile, type NewRecordingFile} from './recording-file.js';

/** A recording under way. */
export type RunRecording = {
  /** The same transport, and what it carries is kept. */
  readonly wrapTransport: (openTransport: OpenTransport) => OpenTransport;
  /** The run that is watched was found. */
  readonly begin: (opened: OpenedRun) => void;
  /** Tells the reader when the recording stops before the watching does. */
  readonly follow: (store: Store) => void;
  /** Fetches what the reader did not look at, so that a replay has all of the run, and closes the file. */
  readonly finish: () => Promise<void>;
};

/** The longest that leaving is held up for what was not looked at, in milliseconds. */
const maxFinishMs = 5000;

/** Opens the file of a recording; a problem where it cannot be written. */
export const startRunRecording = async ({path, limitBytes}: RecordOptions): Promise<Outcome<RunRecording>> => {
  let file: NewRecordingFile;
  try {
    file = await createRecordingFile(path);
  } catch (error) {
    return failWithUnwritableFile(path, error);
  }

  let recorder: Recorder | undefined;
  let opened: OpenedRun | undefined;
  let stopped: Problem | undefined;
  let store: Store | undefined;
  const onStop = (stop: RecordingStop): void => {
    stopped = describeRecordingStop(path, stop);
    store?.dispatch({type: 'notice/shown', text: stopped.message, tone: 'problem'});
  };

  return succeedWith({
    wrapTransport: openTransport => settings => {
      recorder ??= startRecorder({
        ...{file, limitBytes, onStop, now: systemClock.now, after: systemClock.after},
        zentopVersion: version,
        serverUrl: settings.serverUrl,
      });
      return createRecordingTransport(openTransport(settings), systemClock.now, recorder.addExchange);
    },
    begin: run => {
      opened = run;
      recorder?.addRun(run.resolved.run.id);
    },
    follow: followed => {
      store = followed;
    },
    finish: async () => {
      if (opened !== undefined && stopped === undefined) {
        await fetchUnvisitedParts(opened);
      }

      await (recorder ?? file).close();
      if (opened === undefined) {
        await file.remove();
      } else if (stopped !== undefined) {
        printProblem(stopped);
      }
    },
  });
};

const fetchUnvisitedParts = async ({connection, resolved: {run}}: OpenedRun): Promise<void> => {
  const signal = AbortSignal.timeout(maxFinishMs);
  const {client} = connection;
  await Promise.all([
    client.fetchRun(run.id, true, signal),
    fetchRunProject(connection, run, signal),
    fetchWholeRun(client, run, signal),
  ]);
};

const getErrorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const reasonByErrorCode: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

const failWithUnwritableFile = (path: string, error: unknown) => {
  const code = getErrorCode(error);
  if (code === 'EEXIST') {
    return failWithUsageError(
      `“${path}” exists already, and a recording overwrites nothing.`,
      'Name another file with `--record`, or remove this one.',
    );
  }

  const why = reasonByErrorCode[code] ?? (error instanceof Error ? error.message : String(error));
  return failWithUsageError(`“${path}” cannot be written: ${why}.`, 'Name another file with `--record`.');
};

const describeRecordingStop = (path: string, stop: RecordingStop): Problem =>
  stop.kind === 'full'
    ? {
        message: `The recording “${path}” is full at ${formatBytes(stop.limitBytes)}: what came after is not in it.`,
        hint: 'Allow more with `--record-max`, such as 256MB.',
        exitCode: 4,
        candidates: [],
      }
    : {
        message: `The recording “${path}” could not be written on: ${stop.reason}.`,
        hint: 'Is the disk full? What was written before can be replayed.',
        exitCode: 4,
        candidates: [],
      };
