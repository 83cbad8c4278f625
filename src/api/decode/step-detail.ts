import type {StepDetail} from '../../domain/attempt.js';
import {runId, stepId} from '../../domain/ids.js';
import type {StepConfig} from '../../domain/step-config.js';
import {attemptOf} from './attempt.js';
import {entityOf} from './entity.js';
import {exceptionOf} from './exception.js';
import {jsonRecord} from './json.js';
import {stepConfigOf, stepSpecOf} from './step-config.js';
import {instant} from './time.js';
import {text, type Wire, word, words} from './wire.js';

/** A hydrated step; `undefined` for one without an id. */
export const stepDetailOf = (whole: Wire): StepDetail | undefined => {
  const attempt = attemptOf(whole);
  if (attempt === undefined) {
    return undefined;
  }

  const {body, metadata} = entityOf(whole);
  const run = word(metadata['pipeline_run_id']) ?? word(body['pipeline_run_id']);
  const original = word(metadata['original_step_run_id']);
  return {
    attempt,
    runId: run === undefined ? undefined : runId(run),
    config: withOldRetries(stepConfigOf(metadata['config']), body),
    spec: stepSpecOf(metadata['spec']),
    cacheKey: word(metadata['cache_key']),
    cacheExpiresAt: instant(metadata['cache_expires_at']),
    originalStepId: original === undefined ? undefined : stepId(original),
    parentStepIds: words(metadata['parent_step_ids']).map(stepId),
    docstring: text(metadata['docstring']),
    sourceCode: text(metadata['source_code']),
    exception: exceptionOf(metadata['exception_info']),
    metadata: jsonRecord(metadata['run_metadata']),
  };
};

/** Rows have had the number of their attempt since 0.84, and since then the first one does not count as a retry. */
const withOldRetries = (config: StepConfig, body: Wire): StepConfig =>
  config.retry === undefined || body['version'] !== undefined
    ? config
    : {...config, retry: {...config.retry, isFirstCounted: true}};
