import {renderCacheSetting, renderExpiry, renderOriginFacts} from '../cache-setting.js';
import {type Line, renderPlain} from '../line.js';
import {sanitizeText} from '../safe-text.js';
import {flowFacts} from '../wrap.js';
import {getValueCells, renderField} from './field.js';
import type {AttemptInput} from './overview-input.js';

/** Whether the step may be cached and who decided, where its outputs come from if they were taken over, and the key. */
export const renderCacheSummary = (input: AttemptInput): readonly Line[] => {
  const {detail, run, original, originalRun, now, utcOffset, width} = input;
  if (detail === undefined) {
    return [];
  }

  const flow = (name: string, facts: readonly Line[]) => renderField(name, flowFacts(facts, getValueCells(width)));
  const {cacheKey, cacheExpiresAt, originalStepId, attempt} = detail;
  const from =
    originalStepId === undefined
      ? []
      : flow('from', renderOriginFacts({original, originalRun, run, maxCells: getValueCells(width)}));
  // A skipped step was taken over because of a replay, whatever the cache says; its key is a random one.
  if (attempt.status === 'skipped') {
    return from;
  }

  const key =
    cacheKey === undefined
      ? []
      : [
          [renderPlain(sanitizeText(cacheKey, {maxCells: getValueCells(width)}))],
          [renderExpiry(cacheExpiresAt, now, utcOffset)],
        ];
  return [...flow('cache', renderCacheSetting(detail, run)), ...from, ...flow('key', key)];
};
