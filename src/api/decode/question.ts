import type {Question} from '../../domain/intervention/question.js';
import {decodeJson, decodeJsonRecord, decodeRedactedText} from './json.js';
import {decodeInstant} from './time.js';
import {decodeRecord, decodeWord, type Wire} from './wire.js';

/** A wait condition, hydrated; `undefined` for one without an ID. */
export const decodeQuestion = (whole: Wire): Question | undefined => {
  const id = decodeWord(whole['id']);
  if (id === undefined) {
    return undefined;
  }

  const body = decodeRecord(whole['body']);
  const metadata = decodeRecord(whole['metadata']);
  return {
    id,
    name: decodeWord(whole['name']) ?? id,
    isPending: body['status'] === 'pending',
    text: decodeRedactedText(metadata['question']),
    schema: decodeJson(metadata['data_schema'] ?? null),
    metadata: decodeJsonRecord(metadata['run_metadata']),
    createdAt: decodeInstant(body['created']),
    lastPolledAt: decodeInstant(body['last_polled_at']),
    leaseExpiresAt: decodeInstant(body['poller_lease_expires_at']),
    resolvedAt: decodeInstant(body['resolved_at']),
    resolvedById: decodeWord(body['resolved_by_user_id']),
    resolution: decodeWord(metadata['resolution']),
    result: decodeJson(metadata['result'] ?? null),
  };
};
