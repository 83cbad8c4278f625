import type {Attempt} from '../../domain/attempt.js';
import {toStepId} from '../../domain/ids.js';
import {decodeInputs, decodeOutputs} from './artifact.js';
import {decodeEntity} from './entity.js';
import {decodeLogSources} from './log-source.js';
import {decodeStatus} from './status.js';
import {decodeInstant, decodeMinutesAsMs} from './time.js';
import {decodeCount, decodeWord, type Wire} from './wire.js';

/** A row of a list of steps, hydrated or not; `undefined` for one without an ID. */
export const decodeAttempt = (whole: Wire): Attempt | undefined => {
  const id = decodeWord(whole['id']);
  if (id === undefined) {
    return undefined;
  }

  const entity = decodeEntity(whole);
  const {body} = entity;
  const number = decodeCount(body['version']);
  return {
    id: toStepId(id),
    name: decodeWord(whole['name']) ?? id,
    number: Math.max(1, number ?? 1),
    isNumbered: number !== undefined,
    ...decodeStatus(body['status']),
    startedAt: decodeInstant(body['start_time']),
    endedAt: decodeInstant(body['end_time']),
    createdAt: decodeInstant(body['created']),
    updatedAt: decodeInstant(body['updated']),
    heartbeatAt: decodeInstant(body['latest_heartbeat']),
    heartbeatThresholdMs: decodeMinutesAsMs(body['heartbeat_threshold']),
    inputs: decodeInputs(entity),
    outputs: decodeOutputs(entity),
    logSources: decodeLogSources(entity, 'step'),
    resourceRequestId: decodeWord(body['resource_request_id']),
  };
};
