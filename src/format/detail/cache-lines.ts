import {renderCacheSetting, renderExpiry, renderOriginFacts} from '../cache-setting.js';
import {type Line, renderPlain} from '../line.js';
import {sanitizeToWidth} from '../sanitize-to-width.js';
import {getValueCells, renderFactField} from './field.js';
import type {AttemptInput} from './overview-input.js';

/** Whether caching is on and who decided it, where reused outputs come from, and the cache key. */
export const renderCacheSummary = (input: AttemptInput): readonly Line[] => {
  const {detail, run, original, originalRun, now, getUtcOffset, width} = input;
  if (detail === undefined) {
    return [];
  }

  const {cacheKey, cacheExpiresAt, originalStepId, attempt} = detail;
  const from =
    originalStepId === undefined
      ? []
      : renderFactField('from', renderOriginFacts({original, originalRun, run, maxCells: getValueCells(width)}), width);
  // A skipped step was copied by a replay, regardless of the cache; its key is random.
  if (attempt.status === 'skipped') {
    return from;
  }

  const key =
    cacheKey === undefined
      ? []
      : [
          [renderPlain(sanitizeToWidth(cacheKey, getValueCells(width)))],
          [renderExpiry(cacheExpiresAt, now, getUtcOffset)],
        ];
  return [
    ...renderFactField('cache', renderCacheSetting(detail, run), width),
    ...from,
    ...renderFactField('key', key, width),
  ];
};
