import {ExactNumber, findExactNumber} from '../../domain/exact-number.js';
import {isJsonRecord, type Json, type JsonRecord} from '../../domain/json.js';
import {redactText} from '../../domain/redact-text.js';
import {removeSecrets} from '../../domain/remove-secrets.js';
import {decodeText, isRecord} from './wire.js';

/** Deeper than any configuration; a mark replaces deeper values, to limit the recursion. */
const maxDepth = 40;
const tooDeepMark = '…';

/**
 * The value as plain JSON. Objects are made with their own properties (`Object.fromEntries`), so a key `__proto__` is
 * a key like any other.
 */
export const decodeJson = (value: unknown, depth = 0): Json => {
  if (typeof value === 'string') {
    return findExactNumber(value) ?? value;
  }

  if (typeof value === 'boolean' || value === null || value instanceof ExactNumber) {
    return value;
  }

  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : null;
  }

  if (Array.isArray(value)) {
    return depth >= maxDepth ? tooDeepMark : value.map(each => decodeJson(each, depth + 1));
  }

  if (isRecord(value)) {
    return depth >= maxDepth
      ? tooDeepMark
      : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, decodeJson(each, depth + 1)]));
  }

  return null;
};

const emptyRecord: JsonRecord = {};

/**
 * Decodes a JSON object, without the values that are secrets by their key (`password`, `HF_TOKEN`) or form: people
 * pass such values to steps as parameters, and the server returns them to every user with access. Empty if there is
 * no object.
 */
export const decodeJsonRecord = (value: unknown): JsonRecord => {
  const known = removeSecrets(decodeJson(value));
  return isJsonRecord(known) ? known : emptyRecord;
};

/** Text that may quote URLs or arguments, as exceptions do: secrets in it are redacted. */
export const decodeRedactedText = (value: unknown): string | undefined => {
  const text = decodeText(value);
  return text === undefined ? undefined : redactText(text);
};
