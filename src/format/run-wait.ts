import type {Instant} from '../domain/instant.js';
import {findRunWait, type WaitFacts} from '../domain/wait-reason.js';
import {sanitizeToWidth} from './sanitize-to-width.js';
import {formatWait} from './wait-words.js';

/**
 * What a run as a whole waits for, and since when: `for an answer to “Deploy?”, asked 6m 00s ago`, `train (queued for 6m 00s)`.
 * `undefined` if some step is running.
 */
export const formatRunWait = (facts: WaitFacts, now: Instant): string | undefined => {
  const found = findRunWait(facts);
  if (found === undefined) {
    return undefined;
  }

  const reason = formatWait(found.reason, now);
  return found.step === undefined ? reason : `${sanitizeToWidth(found.step.name, maxNameCells)} (${reason})`;
};

const maxNameCells = 60;
