import fc from 'fast-check';
import {statuses} from '../../src/domain/status.js';

/** Sequences that Ink passes on, and characters that break a line: they reveal texts that are shown unchanged. */
export const pastInk = [
  '\x1b[8m',
  '\x1b[5m',
  '\x1b]8;;https://evil.example\x1b\\',
  '\u{e0041}',
  '\u2028',
  '\n',
] as const;

/** Pieces that a terminal, a person, a shell, a file system or JavaScript might not take for plain text. */
const tricks = [
  '\x1b]52;c;Zm9v\x07',
  '\x1b]0;owned\x1b\\',
  '\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\',
  '\x1b[2J\x1b[H',
  '\x1b[?1049l',
  '\x1b[31m',
  ...pastInk,
  '\x1b[',
  '\x1b',
  '\x1b]',
  '\x1bP+q544e\x1b\\',
  '\x9b2J',
  '\x9d0;owned\x9c',
  '\x90q\x9c',
  '\x00',
  '\x07',
  '\b\b\b',
  '\x7f',
  '\x85',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\v',
  '\f',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u00ad',
  '\u115f',
  '\u3164',
  '\ufe0f',
  '\u{e0041}',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  '\u{1f1e9}\u{1f1ea}',
  '\u{1f44d}\u{1f3fd}',
  '1\ufe0f\u20e3',
  '数据集',
  'ｆｕｌｌ',
  'ﷺ',
  'กำำำ',
  `Z${'\u0335\u0321\u0322'.repeat(20)}`,
  '\ud83d',
  '\ude80',
  '\u{10ffff}',
  '../../etc/passwd',
  '/etc/passwd',
  '-rf',
  '~',
  '$(id)',
  '`id`',
  '; id',
  '%s%n',
  'javascript:alert(1)',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '"',
  "'",
  '\\',
  '<b>',
  'null',
  'NaN',
  'x'.repeat(5000),
  '宽'.repeat(3000),
] as const;

/** Any hostile text. */
export const hostileText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...tricks), {minLength: 1, maxLength: 8}).map(parts => parts.join('')),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...tricks), fc.string({unit: 'binary', maxLength: 12})), {maxLength: 10})
      .map(parts => parts.join('')),
  },
  {weight: 2, arbitrary: fc.string({unit: 'binary', maxLength: 60})},
  {weight: 1, arbitrary: fc.string({unit: 'grapheme', maxLength: 60})},
  {
    weight: 1,
    arbitrary: fc.array(fc.integer({min: 0, max: 0xff}), {maxLength: 40}).map(codes => String.fromCharCode(...codes)),
  },
);

const nest = (depth: number): unknown => {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level += 1) {
    value = level % 2 === 0 ? [value] : {nested: value};
  }

  return value;
};

/** What JSON can express and JavaScript values cannot, by the name of a placeholder that is replaced when it is sent. */
const rawByName: Readonly<Record<string, string>> = {
  infinite: '1e999',
  'infinite-below': '-1e999',
  'too-small': '-1e-999',
  'minus-zero': '-0',
  'too-exact': '9007199254740993.000000001',
  'deep-list': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
  'deep-object': `${'{"a":'.repeat(10_000)}0${'}'.repeat(10_000)}`,
  'own-proto': '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{}},"toString":1,"length":-1}',
  'key-twice': '{"id":"one","name":"one","id":"two","name":"two"}',
};

/** The text of a body as it is sent. */
export const formatWireText = (body: unknown): string =>
  (JSON.stringify(body) ?? 'null').replaceAll(/"raw ([a-z-]+)"(?!:)/g, (whole, name) => rawByName[name] ?? whole);

/** Instants that few programs expect. */
const oddTimes = [
  '0000-01-01T00:00:00',
  '0001-01-01T00:00:00',
  '1900-02-29T00:00:00',
  '1969-12-31T23:59:59.999999',
  '1970-01-01T00:00:00',
  '2026-11-24T06:30:00+99:99',
  '2026-11-24T06:30:00-23:59',
  '2026-11-24T24:00:00',
  '2026-11-24T23:59:60',
  '9999-12-31T23:59:59.999999',
  '9999-12-31T23:59:59-23:59',
  '99999-01-01T00:00:00',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
] as const;

/** Values that may appear anywhere in a response. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  {weight: 6, arbitrary: hostileText},
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      0.1,
      1e308,
      -1e308,
      -0.5,
      1e12,
      8.64e15,
      2 ** 53,
      '',
      [],
      {},
      [null],
      [[]],
    ),
  },
  {weight: 1, arbitrary: fc.constantFrom<unknown>(...oddTimes)},
  {weight: 1, arbitrary: fc.constantFrom<unknown>(...Object.keys(rawByName).map(name => `raw ${name}`))},
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      nest(30),
      nest(2000),
      'y'.repeat(100_000),
      Array.from({length: 500}, () => 'z'),
    ),
  },
  {weight: 1, arbitrary: fc.jsonValue({maxDepth: 3})},
  {
    weight: 1,
    arbitrary: fc.dictionary(hostileText, fc.oneof(hostileText, fc.integer()), {maxKeys: 5}),
  },
);

export type Place = readonly (string | number)[];

/** Every place in a JSON value, outermost first. */
export const listPlaces = (value: unknown, place: Place = []): Place[] =>
  typeof value === 'object' && value !== null
    ? [
        place,
        ...Object.entries(value).flatMap(([key, each]) =>
          listPlaces(each, [...place, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : [place];

export const getValueAt = (value: unknown, place: Place): unknown =>
  place.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | null | undefined)?.[key], value);

/** A copy with the replacement in that place; the value itself if the place no longer exists. */
export const withValueAt = (value: unknown, [key, ...rest]: Place, replacement: unknown): unknown => {
  if (key === undefined) {
    return replacement;
  }

  if (typeof value !== 'object' || value === null) {
    return value;
  }

  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? (value.slice() as unknown as Record<string | number, unknown>)
    : {...value};
  copy[key] = withValueAt(copy[key], rest, replacement);
  return copy;
};

/** Words that determine the meaning of a response, except for statuses; every other text is only shown. */
const meaningfulWords: ReadonlySet<string> = new Set([
  'step',
  'artifact',
  'triggered_run',
  'wait_condition',
  'step_output',
  'external',
  'manual',
  'dynamic',
  'pending',
]);
const statusWords: ReadonlySet<string> = new Set(statuses);

const isIdOrTime = (text: string): boolean =>
  /^[\da-f]{8}-[\da-f-]{27}$/i.test(text) || /^\d{4}-\d\d-\d\d[T ]/.test(text);

/** What is added around texts, and whether it is also added to statuses. */
export type Addition = {readonly before: string; readonly after: string; readonly isInStatuses: boolean};

/**
 * A copy with the same addition around every text, so that equal names stay equal; except for IDs, times and the words that
 * determine the meaning of a response.
 */
export const withEveryText = (value: unknown, addition: Addition): unknown => {
  if (typeof value === 'string') {
    const isKept =
      isIdOrTime(value) || meaningfulWords.has(value) || (statusWords.has(value) && !addition.isInStatuses);
    return isKept ? value : addition.before + value + addition.after;
  }

  if (Array.isArray(value)) {
    return value.map(each => withEveryText(each, addition));
  }

  if (typeof value !== 'object' || value === null) {
    return value;
  }

  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withEveryText(each, addition)]));
};

/** Characters that no text may contain once zentop's own colors are removed. Callers check line breaks. */
export const unprintable =
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Cf}\p{Default_Ignorable_Code_Point}\p{Surrogate}]/u;

/** Colors as zentop and Ink write them, including the codes that turn blinking and hiding off. */
const ownColors = /\x1b\[(?![58]m)[\d;]*m/g;

export const withoutColors = (text: string): string => text.replace(ownColors, '');

/** How many times the usual number of cases to try. */
const requestedFactor = Number(process.env['FUZZ_FACTOR'] ?? 1);

/** The factor by which a test may take longer. */
export const timeoutFactor = Math.max(1, requestedFactor);

export const countCases = (usual: number): number => Math.round(usual * requestedFactor);

/** The same cases each time, unless another seed is set. */
export const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
