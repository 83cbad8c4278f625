import type {OpenTransport} from '../connection/open-transport.js';
import {found, misused, type Outcome, type Problem} from '../connection/problem.js';
import {formatBytes} from '../format/bytes.js';
import {type Recorder, type RecordingStop, startRecorder} from '../recording/recorder.js';
import {recordingTransport} from '../recording/recording-transport.js';
import type {Store} from '../store/store.js';
import {fetchWholeRun} from './fetch-whole-run.js';
import {findProject} from './find-project.js';
import type {OpenedRun} from './open-run.js';
import {printProblem} from './print.js';
import {createRecordingFile, type NewRecordingFile} from './recording-file.js';
import {systemClock} from './system-clock.js';
import {version} from './version.js';
import type {RecordOptions} from './watch-options.js';

/** A recording under way. */
export type RunRecording = {
  /** The same transport, and what it carries is kept. */
  readonly over: (openTransport: OpenTransport) => OpenTransport;
  /** The run that is watched was found. */
  readonly begin: (opened: OpenedRun) => void;
  /** Tells the reader when the recording stops before the watching does. */
  readonly follow: (store: Store) => void;
  /** Fetches what the reader did not look at, so that a replay has all of the run, and closes the file. */
  readonly finish: () => Promise<void>;
};

/** The longest that leaving is held up for what was not looked at, in milliseconds. */
const longestFinishMs = 5000;

/** Opens the file of a recording; a problem where it cannot be written. */
export const recordRun = async ({path, limitBytes}: RecordOptions): Promise<Outcome<RunRecording>> => {
  let file: NewRecordingFile;
  try {
    file = await createRecordingFile(path);
  } catch (error) {
    return unwritable(path, error);
  }

  let recorder: Recorder | undefined;
  let opened: OpenedRun | undefined;
  let stopped: Problem | undefined;
  let store: Store | undefined;
  const onStop = (stop: RecordingStop): void => {
    stopped = stopProblem(path, stop);
    store?.dispatch({type: 'notice/shown', text: stopped.what, tone: 'problem'});
  };

  return found({
    over: openTransport => settings => {
      recorder ??= startRecorder({
        ...{file, limitBytes, onStop, now: systemClock.now, after: systemClock.after},
        zentopVersion: version,
        serverUrl: settings.serverUrl,
      });
      return recordingTransport(openTransport(settings), systemClock.now, recorder.keep);
    },
    begin: run => {
      opened = run;
      recorder?.noteRun(run.resolved.run.id);
    },
    follow: followed => {
      store = followed;
    },
    finish: async () => {
      if (opened !== undefined && stopped === undefined) {
        await fetchUnseen(opened);
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

const fetchUnseen = async ({connection, resolved: {run}}: OpenedRun): Promise<void> => {
  const signal = AbortSignal.timeout(longestFinishMs);
  const {client} = connection;
  await Promise.all([
    client.fetchRun(run.id, true, signal),
    findProject(connection, run, signal),
    fetchWholeRun(client, run, signal),
  ]);
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const whyByCode: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
};

const unwritable = (path: string, error: unknown) => {
  const code = codeOf(error);
  if (code === 'EEXIST') {
    return misused(
      `“${path}” exists already, and a recording overwrites nothing.`,
      'Name another file with `--record`, or remove this one.',
    );
  }

  const why = whyByCode[code] ?? (error instanceof Error ? error.message : String(error));
  return misused(`“${path}” cannot be written: ${why}.`, 'Name another file with `--record`.');
};

const stopProblem = (path: string, stop: RecordingStop): Problem =>
  stop.kind === 'full'
    ? {
        what: `The recording “${path}” is full at ${formatBytes(stop.limitBytes)}: what came after is not in it.`,
        way: 'Allow more with `--record-max`, such as 256MB.',
        exitCode: 4,
        candidates: [],
      }
    : {
        what: `The recording “${path}” could not be written on: ${stop.reason}.`,
        way: 'Is the disk full? What was written before can be replayed.',
        exitCode: 4,
        candidates: [],
      };
