import {ExactNumber} from './exact-number.js';
import {isJsonRecord, type Json, type JsonRecord} from './json.js';
import {redactArgumentList} from './redact-arguments.js';
import {redactText} from './redact-text.js';
import {canBeCount, isSecretKey, redactionText} from './secret-words.js';

/** Redacts every part of a value but keeps its shape, so that code that expects a list still finds a list. */
const redactValue = (value: Json, key: string): Json => {
  if (typeof value === 'string') {
    return value === '' ? value : redactionText;
  }

  if (typeof value === 'number' || value instanceof ExactNumber) {
    return canBeCount(key) ? value : redactionText;
  }

  if (Array.isArray(value)) {
    return value.map(each => redactValue(each, key));
  }

  return isJsonRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactValue(each, name)]))
    : value;
};

/** `{"name": "API_KEY", "value": …}`, as in the environments of containers. */
const isNamedSecret = (value: JsonRecord, key: string): boolean =>
  key === 'value' && typeof value['name'] === 'string' && isSecretKey(value['name']);

/** `{"pass": "…"}`, unlike the number of tests that pass. */
const isPlainPassword = (key: string, value: Json): boolean => /^(?:pass|pw)$/i.test(key) && typeof value === 'string';

/** Redacts a list of texts as the arguments of a command; other lists are returned as they are. */
const redactListedArguments = (list: readonly Json[]): readonly Json[] =>
  list.every(each => typeof each === 'string') ? redactArgumentList(list) : list;

/**
 * Redacts values that are secrets by their key or their form. Records are always copied; a list only if one of its items is a
 * record or has been redacted.
 */
export const removeSecrets = (value: Json): Json => {
  if (typeof value === 'string') {
    return redactText(value);
  }

  if (Array.isArray(value)) {
    const kept = redactListedArguments(value).map(removeSecrets);
    return kept.every((each, index) => each === value[index]) ? value : kept;
  }

  if (!isJsonRecord(value)) {
    return value;
  }

  const entries = Object.entries(value).map(
    ([key, each]) =>
      [
        redactText(key),
        isSecretKey(key) || isNamedSecret(value, key) || isPlainPassword(key, each)
          ? redactValue(each, key)
          : removeSecrets(each),
      ] as const,
  );
  return Object.fromEntries(entries);
};
