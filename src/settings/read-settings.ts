import * as v from 'valibot';
import {type Document, isMap, isScalar, LineCounter, parseDocument} from 'yaml';
import {settingDescriptions} from './setting-descriptions.js';
import {columnNames, defaultSettings, type KeySettings, type Settings, themeNames} from './settings.js';

/** Settings as far as they could be read, and a sentence for each place that could not. */
export type SettingsResult = {
  readonly settings: Settings;
  /** Names of the settings that the file has, as it has them: the others are defaults. */
  readonly named: readonly string[];
  readonly problems: readonly string[];
};

const wordsSchema = v.union([
  v.pipe(
    v.string(),
    v.transform(word => [word]),
  ),
  v.array(v.string()),
]);

/** Digits are numbers to YAML. */
const keySchema = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const keyListSchema = v.union([
  v.pipe(
    keySchema,
    v.transform(only => [only]),
  ),
  v.array(keySchema),
]);

/** One entry per setting: what is taken, and how it goes into `Settings`. */
const fields = {
  theme: {
    schema: v.picklist(themeNames),
    put: (theme: Settings['theme']) => ({theme}),
  },
  ascii: {schema: v.boolean(), put: (isAscii: boolean) => ({isAscii})},
  'screen-reader': {
    schema: v.boolean(),
    put: (isScreenReader: boolean) => ({isScreenReader}),
  },
  interval: {
    schema: v.pipe(v.number(), v.minValue(0.2), v.maxValue(3600)),
    put: (seconds: number) => ({intervalMs: seconds * 1000}),
  },
  notify: {
    schema: v.strictObject({end: v.optional(v.boolean()), failure: v.optional(v.boolean())}),
    put: ({end = true, failure = true}: {end?: boolean | undefined; failure?: boolean | undefined}) => ({
      notify: {onEnd: end, onFailure: failure},
    }),
  },
  'on-end': {
    schema: wordsSchema,
    put: (onEnd: readonly string[]) => ({onEnd}),
  },
  columns: {
    schema: v.array(v.picklist(columnNames)),
    put: (columns: Settings['columns']) => ({columns}),
  },
  keys: {
    schema: v.pipe(
      v.unknown(),
      v.check(value => !Array.isArray(value)),
      v.record(v.string(), keyListSchema),
    ),
    put: (keys: KeySettings) => ({keys}),
  },
};

type FieldName = keyof typeof fields;
const isField = (name: string): name is FieldName => Object.hasOwn(fields, name);

/** Says which keys can be had, in the spelling of those who know keys, and what is wrong with the others. */
export type ResolveKeys = (wanted: KeySettings) => {
  readonly keys: KeySettings;
  readonly problems: readonly {readonly id: string; readonly what: string}[];
};

const acceptKeys: ResolveKeys = keys => ({keys, problems: []});

export const settingNames: readonly string[] = Object.keys(fields);

/**
 * The settings in the text of a file at `path`. What is wrong is left at its default and told with its line and column, so
 * that a mistake never keeps the program from starting. `undefined`: there is no such file.
 */
export const readSettings = (
  text: string | undefined,
  path: string,
  readKeys: ResolveKeys = acceptKeys,
): SettingsResult => {
  const lines = new LineCounter();
  const document = parseDocument(text ?? '', {lineCounter: lines, logLevel: 'silent'});
  const at = (offset: number): string => {
    const {line, col} = lines.linePos(offset);
    return `${path}, line ${line}, column ${col}`;
  };
  const mistake = document.errors[0];
  if (mistake !== undefined) {
    const what = mistake.code === 'DUPLICATE_KEY' ? 'this name stands there twice' : 'this is not valid YAML';
    return createDefaultResult(`${at(mistake.pos[0])}: ${what}, so the file is passed over.`);
  }

  const {contents} = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return createDefaultResult();
  }

  return isMap(contents)
    ? resolveKeySettings(readFields(document, at), readKeys, id => at(findKeysOffset(document, id)))
    : createDefaultResult(
        `${at(contents.range?.[0] ?? 0)}: settings stand as \`name: value\`, so the file is passed over.`,
      );
};

const createDefaultResult = (...problems: readonly string[]): SettingsResult => ({
  settings: defaultSettings,
  named: [],
  problems,
});

const readFields = (document: Document.Parsed, at: (offset: number) => string): SettingsResult => {
  let settings = defaultSettings;
  const named: string[] = [];
  const problems: string[] = [];
  for (const {key, value} of isMap(document.contents) ? document.contents.items : []) {
    const name = isScalar(key) ? String(key.value) : '';
    const place = at((isScalar(key) ? key.range?.[0] : undefined) ?? 0);
    if (!isField(name)) {
      problems.push(`${place}: there is no setting “${name}”. There are: ${settingNames.join(', ')}.`);
      continue;
    }

    const read = readField(name, readPlainValue(document, value));
    if (read === undefined) {
      problems.push(`${place}: ${name} takes ${settingDescriptions[name]}.`);
      continue;
    }

    settings = {...settings, ...read};
    named.push(name);
  }

  return {settings, named, problems};
};

const resolveKeySettings = (
  read: SettingsResult,
  readKeys: ResolveKeys,
  placeOf: (id: string) => string,
): SettingsResult => {
  const {keys, problems} = readKeys(read.settings.keys);
  const sentences = problems.map(({id, what}) => `${placeOf(id)}: ${what}.`);
  return {...read, settings: {...read.settings, keys}, problems: [...read.problems, ...sentences]};
};

/** Where in the file the keys of a command are chosen. */
const findKeysOffset = ({contents}: Document.Parsed, id: string): number => {
  const keys = isMap(contents) ? contents.get('keys') : undefined;
  const pair = isMap(keys) ? keys.items.find(each => isScalar(each.key) && String(each.key.value) === id) : undefined;
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? 0;
};

const readPlainValue = (document: Document.Parsed, node: unknown): unknown => {
  try {
    return node !== null && typeof node === 'object' && 'toJS' in node && typeof node.toJS === 'function'
      ? node.toJS(document)
      : undefined;
  } catch {
    // An alias that leads nowhere.
    return undefined;
  }
};

const readField = (name: FieldName, value: unknown): Partial<Settings> | undefined => {
  switch (name) {
    case 'theme':
      return parseField(fields.theme, value);

    case 'ascii':
      return parseField(fields.ascii, value);

    case 'screen-reader':
      return parseField(fields['screen-reader'], value);

    case 'interval':
      return parseField(fields.interval, value);

    case 'notify':
      return parseField(fields.notify, value);

    case 'on-end':
      return parseField(fields['on-end'], value);

    case 'columns':
      return parseField(fields.columns, value);

    case 'keys':
      return parseField(fields.keys, value);
  }
};

type SettingField<T> = {
  readonly schema: v.GenericSchema<unknown, T>;
  readonly put: (value: T) => Partial<Settings>;
};

const parseField = <T>({schema, put}: SettingField<T>, value: unknown): Partial<Settings> | undefined => {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? put(parsed.output) : undefined;
};
