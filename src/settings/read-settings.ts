import * as v from 'valibot';
import {type Document, isMap, isScalar, LineCounter, parseDocument} from 'yaml';
import {settingTexts} from './setting-texts.js';
import {type ChosenKeys, columnNames, defaultSettings, type Settings, themeNames} from './settings.js';

/** Settings as far as they could be read, and a sentence for each place that could not. */
export type ReadSettings = {
  readonly settings: Settings;
  /** Names of the settings that the file has, as it has them: the others are defaults. */
  readonly named: readonly string[];
  readonly problems: readonly string[];
};

const words = v.union([
  v.pipe(
    v.string(),
    v.transform(word => [word]),
  ),
  v.array(v.string()),
]);

/** Digits are numbers to YAML. */
const key = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const keyList = v.union([
  v.pipe(
    key,
    v.transform(only => [only]),
  ),
  v.array(key),
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
    schema: words,
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
      v.record(v.string(), keyList),
    ),
    put: (keys: ChosenKeys) => ({keys}),
  },
};

type FieldName = keyof typeof fields;
const isField = (name: string): name is FieldName => Object.hasOwn(fields, name);

/** Says which keys can be had, in the spelling of those who know keys, and what is wrong with the others. */
export type ReadKeys = (wanted: ChosenKeys) => {
  readonly keys: ChosenKeys;
  readonly problems: readonly {readonly id: string; readonly what: string}[];
};

const asTheyAre: ReadKeys = keys => ({keys, problems: []});

export const settingNames: readonly string[] = Object.keys(fields);

/**
 * The settings in the text of a file at `path`. What is wrong is left at its default and told with its line and column, so
 * that a mistake never keeps the program from starting. `undefined`: there is no such file.
 */
export const readSettings = (text: string | undefined, path: string, readKeys: ReadKeys = asTheyAre): ReadSettings => {
  const lines = new LineCounter();
  const document = parseDocument(text ?? '', {lineCounter: lines, logLevel: 'silent'});
  const at = (offset: number): string => {
    const {line, col} = lines.linePos(offset);
    return `${path}, line ${line}, column ${col}`;
  };
  const mistake = document.errors[0];
  if (mistake !== undefined) {
    const what = mistake.code === 'DUPLICATE_KEY' ? 'this name stands there twice' : 'this is not valid YAML';
    return nothing(`${at(mistake.pos[0])}: ${what}, so the file is passed over.`);
  }

  const {contents} = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return nothing();
  }

  return isMap(contents)
    ? withKeys(readFields(document, at), readKeys, id => at(placeOfKeys(document, id)))
    : nothing(`${at(contents.range?.[0] ?? 0)}: settings stand as \`name: value\`, so the file is passed over.`);
};

const nothing = (...problems: readonly string[]): ReadSettings => ({settings: defaultSettings, named: [], problems});

const readFields = (document: Document.Parsed, at: (offset: number) => string): ReadSettings => {
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

    const read = readField(name, plainValue(document, value));
    if (read === undefined) {
      problems.push(`${place}: ${name} takes ${settingTexts[name]}.`);
      continue;
    }

    settings = {...settings, ...read};
    named.push(name);
  }

  return {settings, named, problems};
};

const withKeys = (read: ReadSettings, readKeys: ReadKeys, placeOf: (id: string) => string): ReadSettings => {
  const {keys, problems} = readKeys(read.settings.keys);
  const sentences = problems.map(({id, what}) => `${placeOf(id)}: ${what}.`);
  return {...read, settings: {...read.settings, keys}, problems: [...read.problems, ...sentences]};
};

/** Where in the file the keys of a command are chosen. */
const placeOfKeys = ({contents}: Document.Parsed, id: string): number => {
  const keys = isMap(contents) ? contents.get('keys') : undefined;
  const pair = isMap(keys) ? keys.items.find(each => isScalar(each.key) && String(each.key.value) === id) : undefined;
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? 0;
};

const plainValue = (document: Document.Parsed, node: unknown): unknown => {
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
      return taken(fields.theme, value);

    case 'ascii':
      return taken(fields.ascii, value);

    case 'screen-reader':
      return taken(fields['screen-reader'], value);

    case 'interval':
      return taken(fields.interval, value);

    case 'notify':
      return taken(fields.notify, value);

    case 'on-end':
      return taken(fields['on-end'], value);

    case 'columns':
      return taken(fields.columns, value);

    case 'keys':
      return taken(fields.keys, value);
  }
};

type Field<T> = {
  readonly schema: v.GenericSchema<unknown, T>;
  readonly put: (value: T) => Partial<Settings>;
};

const taken = <T>({schema, put}: Field<T>, value: unknown): Partial<Settings> | undefined => {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? put(parsed.output) : undefined;
};
