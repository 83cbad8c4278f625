import type {Attempt} from '../../domain/attempt.js';
import {stepId} from '../../domain/ids.js';
import {inputsOf, outputsOf} from './artifact.js';
import {entityOf} from './entity.js';
import {logSourcesOf} from './log-source.js';
import {statused} from './status.js';
import {instant, millisecondsOfMinutes} from './time.js';
import {count, type Wire, word, yesOrNo} from './wire.js';

/** A row of a steps list, hydrated or not; `undefined` for one without an id. */
export const attemptOf = (whole: Wire): Attempt | undefined => {
  const id = word(whole['id']);
  if (id === undefined) {
    return undefined;
  }

  const entity = entityOf(whole);
  const {body} = entity;
  return {
    id: stepId(id),
    name: word(whole['name']) ?? id,
    number: Math.max(1, count(body['version']) ?? 1),
    ...statused(body['status']),
    startedAt: instant(body['start_time']),
    endedAt: instant(body['end_time']),
    updatedAt: instant(body['updated']),
    isRetriable: yesOrNo(body['is_retriable']) ?? false,
    heartbeatAt: instant(body['latest_heartbeat']),
    heartbeatThresholdMs: millisecondsOfMinutes(body['heartbeat_threshold']),
    inputs: inputsOf(entity),
    outputs: outputsOf(entity),
    logSources: logSourcesOf(entity, 'step'),
  };
};
