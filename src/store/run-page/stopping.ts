import type {Instant} from '../../domain/instant.js';
import type {OpenRun} from '../run/open-run.js';
import {findLastChangeAt, findRunningAttempts} from './quiet-steps.js';

/** A run that is stopping: for how long, what it is waiting for, and whether anything in it is still changing. */
export type Stopping = {
  readonly forMs: number | undefined;
  /** Names of the steps that are still running. */
  readonly finishing: readonly string[];
  /** How long nothing has changed, in milliseconds; only set once that suggests that the process of the run is gone. */
  readonly silentMs: number | undefined;
};

/**
 * A run whose process is gone stays `stopping` forever. After this long without a change, in milliseconds, the user is notified.
 */
const minSilentMs = 120_000;

/** `undefined` unless the run is stopping. `now` is by the server's clock. */
export const findStopping = (openRun: OpenRun, now: Instant): Stopping | undefined => {
  const {run, overAt} = openRun;
  if (run?.status !== 'stopping' || overAt !== undefined) {
    return undefined;
  }

  const attempts = findRunningAttempts(openRun);
  const signs = [findLastChangeAt(openRun), ...attempts.map(({heartbeatAt}) => heartbeatAt)].filter(
    at => at !== undefined,
  );
  const silentMs = signs.length === 0 ? undefined : now - Math.max(...signs);
  return {
    forMs: run.updatedAt === undefined ? undefined : Math.max(0, now - run.updatedAt),
    finishing: attempts.map(({name}) => name),
    silentMs: silentMs !== undefined && silentMs >= minSilentMs ? silentMs : undefined,
  };
};
