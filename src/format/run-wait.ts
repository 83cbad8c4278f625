import type {Instant} from '../domain/instant.js';
import {findRunWait, type WaitFacts} from '../domain/wait-reason.js';
import {sanitizeToWidth} from './sanitize-to-width.js';
import {formatWait} from './wait-words.js';

/**
 * What a run as a whole is waiting for, and since when: `for an answer to “Deploy?”, asked 6m 00s ago`,
 * `train (queued for 6m 00s)`. `undefined` if it is not waiting.
 */
export const formatRunWait = (facts: WaitFacts, now: Instant): string | undefined => {
  const wait = findRunWait(facts);
  if (wait === undefined) {
    return undefined;
  }

  const reason = formatWait(wait.reason, now);
  return wait.step === undefined ? reason : `${sanitizeToWidth(wait.step.name, maxNameCells)} (${reason})`;
};

const maxNameCells = 60;
