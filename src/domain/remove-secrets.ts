import type {Json, JsonRecord} from './json.js';
import {canBeCount, isSecretKey, redactionText, redactText} from './secret-words.js';

const isJsonRecord = (value: Json): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All of it gone, the shape kept: what reads it later still finds a list where there was a list. */
const redactValue = (value: Json, key: string): Json => {
  if (typeof value === 'string') {
    return value === '' ? value : redactionText;
  }

  if (typeof value === 'number') {
    return canBeCount(key) ? value : redactionText;
  }

  if (Array.isArray(value)) {
    return value.map(each => redactValue(each, key));
  }

  return isJsonRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactValue(each, name)]))
    : value;
};

/** `{"name": "API_KEY", "value": …}`, as environments of containers are written. */
const isNamedSecret = (value: JsonRecord, key: string): boolean =>
  key === 'value' && typeof value['name'] === 'string' && isSecretKey(value['name']);

/** A JSON value without what is a secret by its key or by its looks. Shares with `value` what holds none. */
export const removeSecrets = (value: Json): Json => {
  if (typeof value === 'string') {
    return redactText(value);
  }

  if (Array.isArray(value)) {
    const kept = value.map(removeSecrets);
    return kept.every((each, at) => each === value[at]) ? value : kept;
  }

  if (!isJsonRecord(value)) {
    return value;
  }

  const entries = Object.entries(value).map(
    ([key, each]) =>
      [
        redactText(key),
        isSecretKey(key) || isNamedSecret(value, key) ? redactValue(each, key) : removeSecrets(each),
      ] as const,
  );
  return Object.fromEntries(entries);
};
