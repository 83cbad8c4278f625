import type {StepDetail} from '../../domain/attempt.js';
import {toRunId, toStepId} from '../../domain/ids.js';
import type {StepConfig} from '../../domain/step-config.js';
import {decodeAttempt} from './attempt.js';
import {decodeEntity} from './entity.js';
import {decodeException} from './exception.js';
import {decodeJsonRecord} from './json.js';
import {decodeStepConfig, decodeStepSpec} from './step-config.js';
import {decodeInstant} from './time.js';
import {decodeText, decodeWord, type Wire} from './wire.js';

/** A hydrated step; `undefined` for one without an ID. */
export const decodeStepDetail = (whole: Wire): StepDetail | undefined => {
  const attempt = decodeAttempt(whole);
  if (attempt === undefined) {
    return undefined;
  }

  const {body, metadata} = decodeEntity(whole);
  const run = decodeWord(metadata['pipeline_run_id']) ?? decodeWord(body['pipeline_run_id']);
  const original = decodeWord(metadata['original_step_run_id']);
  return {
    attempt,
    runId: run === undefined ? undefined : toRunId(run),
    config: withRetryRule(decodeStepConfig(metadata['config']), body),
    spec: decodeStepSpec(metadata['spec']),
    cacheKey: decodeWord(metadata['cache_key']),
    cacheExpiresAt: decodeInstant(metadata['cache_expires_at']),
    originalStepId: original === undefined ? undefined : toStepId(original),
    docstring: decodeText(metadata['docstring']),
    sourceCode: decodeText(metadata['source_code']),
    exception: decodeException(metadata['exception_info']),
    metadata: decodeJsonRecord(metadata['run_metadata']),
  };
};

/** Marks the retries of a server before 0.84, on which the first attempt counts as one. Such a server does not number attempts. */
const withRetryRule = (config: StepConfig, body: Wire): StepConfig =>
  config.retry === undefined || body['version'] !== undefined
    ? config
    : {...config, retry: {...config.retry, includesFirstAttempt: true}};
