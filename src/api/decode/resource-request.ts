import type {ResourceRequest} from '../../domain/resource-request.js';
import {decodeRedactedText} from './json.js';
import {decodeInstant} from './time.js';
import {decodeRecord, decodeWord, type Wire} from './wire.js';

/** A request for a share of a resource pool; `undefined` for one without an ID. */
export const decodeResourceRequest = (whole: Wire): ResourceRequest | undefined => {
  const id = decodeWord(whole['id']);
  const body = decodeRecord(whole['body']);
  return id === undefined
    ? undefined
    : {id, reason: decodeReason(body['status_reason']), queuedAt: decodeInstant(body['queued_at'])};
};

const decodeReason = (value: unknown): string | undefined => {
  const text = decodeRedactedText(value)?.trim();
  return text === '' ? undefined : text;
};
