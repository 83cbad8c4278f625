import {ExactNumber, exactNumberMark, findExactNumber} from '../../domain/exact-number.js';

/** A JSON object about which nothing is known yet. */
export type Wire = Readonly<Record<string, unknown>>;

const emptyWire: Wire = {};

/** No real name is longer; a longer one comes from a mistake and is cut here. */
const maxNameLength = 10_000;

export const isRecord = (value: unknown): value is Wire =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);

/** The object itself, or an empty one, so that `decodeRecord(item['body'])['status']` never throws. */
export const decodeRecord = (value: unknown): Wire => (isRecord(value) ? value : emptyWire);

export const decodeList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Some servers return a single entity where others return a list with one. */
export const decodeOneOrMany = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/** Text of any length; `undefined` for anything else. */
export const decodeText = (value: unknown): string | undefined =>
  typeof value === 'string' && !value.startsWith(exactNumberMark) ? value : undefined;

/** A name, an ID, a short word: not empty, and cut if it is absurdly long. */
export const decodeWord = (value: unknown): string | undefined =>
  decodeText(value)?.slice(0, maxNameLength) || undefined;

export const decodeWords = (value: unknown): readonly string[] =>
  decodeOneOrMany(value).flatMap(each => {
    const known = decodeWord(each);
    return known === undefined ? [] : [known];
  });

/** A finite number, including one that `parseJson` has marked. */
export const decodeNumber = (value: unknown): number | undefined => {
  const exact = typeof value === 'string' ? findExactNumber(value) : value;
  const number = exact instanceof ExactNumber ? Number(exact.source) : exact;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** A whole number, 0 or more. */
export const decodeCount = (value: unknown): number | undefined => {
  const known = decodeNumber(value);
  return known !== undefined && Number.isSafeInteger(known) && known >= 0 ? known : undefined;
};

export const decodeBoolean = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** The items that `decode` can decode. */
export const decodeEach = <T>(items: readonly unknown[], decode: (item: Wire) => T | undefined): readonly T[] => {
  const decoded: T[] = [];
  for (const item of items) {
    const value = isRecord(item) ? decode(item) : undefined;
    if (value !== undefined) {
      decoded.push(value);
    }
  }

  return decoded;
};

/** The items without those whose key has occurred before. */
export const removeDuplicates = <T>(items: readonly T[], getKey: (item: T) => string): readonly T[] => {
  const seen = new Set<string>();
  return items.filter(item => {
    const key = getKey(item);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};
