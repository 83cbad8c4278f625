/** A JSON object of which nothing is known yet. */
export type Wire = Readonly<Record<string, unknown>>;

const nothing: Wire = {};

/** No name of anything is longer; what is comes from a mistake and is cut here. */
const longestName = 10_000;

export const isRecord = (value: unknown): value is Wire =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object itself, or an empty one: `record(item['body'])['status']` never throws. */
export const record = (value: unknown): Wire => (isRecord(value) ? value : nothing);

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Several servers send one thing bare where others send a list of one. */
export const oneOrMany = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/** Text of any length, `undefined` where it is something else. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A name, an id, a short word: not empty, and cut where it is absurdly long. */
export const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, longestName) : undefined;

export const words = (value: unknown): readonly string[] =>
  oneOrMany(value).flatMap(each => {
    const known = word(each);
    return known === undefined ? [] : [known];
  });

export const finite = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** A whole number, 0 or more. */
export const count = (value: unknown): number | undefined => {
  const known = finite(value);
  return known !== undefined && Number.isSafeInteger(known) && known >= 0 ? known : undefined;
};

export const yesOrNo = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** What `decode` makes of each item, without those it cannot make anything of. */
export const eachOf = <T>(items: readonly unknown[], decode: (item: Wire) => T | undefined): readonly T[] => {
  const decoded: T[] = [];
  for (const item of items) {
    const value = isRecord(item) ? decode(item) : undefined;
    if (value !== undefined) {
      decoded.push(value);
    }
  }

  return decoded;
};

/** The items without those whose key was there before. */
export const uniqueBy = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] => {
  const seen = new Set<string>();
  return items.filter(item => {
    const key = keyOf(item);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};
