import {closeSync, constants, openSync, statSync, writeSync} from 'node:fs';
import type {Log} from '../../api/log-requests.js';
import {failWithUsageError, type Outcome, succeedWith} from '../../connection/problem.js';
import {redactText} from '../../domain/redact-text.js';
import type {Action} from '../../store/action.js';
import {explainWriteError} from './explain-write-error.js';

/**
 * Opens a log file: one JSON object per line, appended at once, so that a crash loses nothing. Whatever looks like a secret is
 * replaced. If it can no longer be written, `onStop` is called once with the reason, and nothing more is logged.
 */
export const openLogFile = (path: string, now: () => number, onStop: (problem: string) => void): Outcome<Log> => {
  try {
    checkPipe(path);
    const file = openSync(path, 'a', 0o600);
    let isStopped = false;
    return succeedWith((event, details) => {
      if (isStopped) {
        return;
      }

      const line = {at: new Date(now()).toISOString(), event, ...details};
      try {
        writeSync(file, `${JSON.stringify(line, redact)}\n`);
      } catch (error) {
        isStopped = true;
        onStop(`The log ${path} is incomplete: ${explainWriteError(error)}.`);
      }
    });
  } catch (error) {
    return failWithUsageError(
      `Cannot write the log ${path}: ${explainWriteError(error)}.`,
      'Name another file with --log.',
    );
  }
};

/** Throws if this is a pipe that no program reads: opening it would silently wait for one. */
const checkPipe = (path: string): void => {
  if (statSync(path, {throwIfNoEntry: false})?.isFIFO() !== true) {
    return;
  }

  try {
    closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch {
    throw new Error('no program reads this pipe');
  }
};

const redact = (_name: string, value: unknown): unknown => (typeof value === 'string' ? redactText(value) : value);

/** Logs the type, key and failure of an action, but not the texts and rows in it. */
export const logAction = (log: Log, action: Action): void => {
  if (action.type !== 'clock/ticked') {
    log('action', {
      action: action.type,
      ...('key' in action ? {key: action.key} : {}),
      ...('failure' in action ? {failure: action.failure} : {}),
    });
  }
};
