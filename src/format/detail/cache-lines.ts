import {expiryWords, originFacts, verdictFacts} from '../cache-words.js';
import type {Line} from '../line.js';
import {plain} from '../line.js';
import {safeText} from '../safe-text.js';
import {flowFacts} from '../wrap.js';
import {field, valueCells} from './field.js';
import type {AttemptInput} from './overview-input.js';

/** Whether the step may be cached and who decided, where its outputs come from if they were taken over, and the key. */
export const cacheLines = (input: AttemptInput): readonly Line[] => {
  const {detail, run, original, originalRun, now, utcOffset, width} = input;
  if (detail === undefined) {
    return [];
  }

  const flow = (name: string, facts: readonly Line[]) => field(name, flowFacts(facts, valueCells(width)));
  const {cacheKey, cacheExpiresAt, originalStepId, attempt} = detail;
  const from =
    originalStepId === undefined
      ? []
      : flow('from', originFacts({original, originalRun, run, maxCells: valueCells(width)}));
  // A skipped step was taken over because of a replay, whatever the cache says; its key is a random one.
  if (attempt.status === 'skipped') {
    return from;
  }

  const key =
    cacheKey === undefined
      ? []
      : [[plain(safeText(cacheKey, {maxCells: valueCells(width)}))], [expiryWords(cacheExpiresAt, now, utcOffset)]];
  return [...flow('cache', verdictFacts(detail, run)), ...from, ...flow('key', key)];
};
