import {decodeInstant} from '../api/decode/time.js';
import {isRecord} from '../api/decode/wire.js';
import type {Instant} from '../domain/instant.js';

/** A log as it was at an instant of the server's clock, from a later answer: without the entries that were written since. */
export const rewindLog = (log: unknown, serverNow: Instant): unknown => {
  if (!Array.isArray(log)) {
    return log;
  }

  const entries: readonly unknown[] = log;
  const firstLater = entries.findIndex(
    entry => isRecord(entry) && (decodeInstant(entry['timestamp']) ?? Number.NEGATIVE_INFINITY) > serverNow,
  );
  return firstLater === -1 ? entries : entries.slice(0, firstLater);
};
