import * as v from 'valibot';
import {type Document, isMap, isScalar, LineCounter, parseDocument, type YAMLMap} from 'yaml';
import {settingFields} from './setting-fields.js';
import {defaultSettings, type KeySettings, type Settings, settingDescriptions} from './settings.js';

/** The settings that could be read, and a message for each problem. */
export type SettingsResult = {
  readonly settings: Settings;
  /** Names of the settings that were read from the file; all others have their defaults. */
  readonly names: readonly string[];
  readonly problems: readonly string[];
  /** Whether the whole file is ignored, because it is not a YAML map. */
  readonly isIgnored: boolean;
};

type FieldName = keyof typeof settingFields;
const isField = (name: string): name is FieldName => Object.hasOwn(settingFields, name);

/** Validates and normalizes key bindings, and reports those that are not allowed. */
type ResolveKeys = (keys: KeySettings) => {
  readonly keys: KeySettings;
  readonly problems: readonly {readonly id: string; readonly what: string}[];
};

const acceptKeys: ResolveKeys = keys => ({keys, problems: []});

export const settingNames: readonly string[] = Object.keys(settingFields);

/**
 * Reads the settings from the text of the file at `path`; `text` is `undefined` if there is no such file. A setting with a
 * problem keeps its default and is reported with line and column, so that a mistake never keeps the program from starting. A
 * file that is not a YAML map is ignored and reported. `resolveKeys` is called only if the file is a map.
 */
export const readSettings = (
  text: string | undefined,
  path: string,
  resolveKeys: ResolveKeys = acceptKeys,
): SettingsResult => {
  const lines = new LineCounter();
  const document = parseDocument(text ?? '', {lineCounter: lines, logLevel: 'silent'});
  const formatPosition = (offset: number): string => {
    const {line, col} = lines.linePos(offset);
    return `${path}, line ${line}, column ${col}`;
  };
  const error = document.errors[0];
  if (error !== undefined) {
    const what = error.code === 'DUPLICATE_KEY' ? 'duplicate key' : 'not valid YAML';
    return createDefaultResult(`${formatPosition(error.pos[0])}: ${what}; the file is ignored.`);
  }

  const {contents} = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return createDefaultResult();
  }

  return isMap(contents)
    ? resolveKeySettings(readFields(document, contents, formatPosition), resolveKeys, id =>
        formatPosition(findCommandOffset(contents, id)),
      )
    : createDefaultResult(
        `${formatPosition(contents.range?.[0] ?? 0)}: expected \`name: value\` lines; the file is ignored.`,
      );
};

/** `Did you mean “notify”?` for a typo, else the names of all settings. */
const formatSuggestion = (name: string): string => {
  const similar = settingNames.find(setting => isSimilar(name, setting));
  return similar === undefined ? `Available: ${settingNames.join(', ')}.` : `Did you mean “${similar}”?`;
};

/** Whether two names differ in at most one place: a character added, removed, replaced or swapped with the next. */
const isSimilar = (name: string, other: string): boolean => {
  let start = 0;
  while (start < name.length && name[start] === other[start]) {
    start += 1;
  }

  // From the first difference on.
  const [a, b] = [name.slice(start), other.slice(start)];
  return (
    a.slice(1) === b ||
    a === b.slice(1) ||
    a.slice(1) === b.slice(1) ||
    (a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0])
  );
};

const createDefaultResult = (problem?: string): SettingsResult => ({
  settings: defaultSettings,
  names: [],
  problems: problem === undefined ? [] : [problem],
  isIgnored: problem !== undefined,
});

const readFields = (
  document: Document.Parsed,
  {items}: YAMLMap,
  formatPosition: (offset: number) => string,
): SettingsResult => {
  let settings = defaultSettings;
  const names: string[] = [];
  const problems: string[] = [];
  for (const {key, value} of items) {
    const name = isScalar(key) ? String(key.value) : '';
    const position = formatPosition((isScalar(key) ? key.range?.[0] : undefined) ?? 0);
    if (!isField(name)) {
      problems.push(`${position}: unknown setting “${name}”. ${formatSuggestion(name)}`);
      continue;
    }

    const changes = readField(name, readPlainValue(document, value));
    if (changes === undefined) {
      problems.push(`${position}: ${name} must be ${settingDescriptions[name]}.`);
      continue;
    }

    settings = {...settings, ...changes};
    names.push(name);
  }

  return {settings, names, problems, isIgnored: false};
};

const resolveKeySettings = (
  result: SettingsResult,
  resolveKeys: ResolveKeys,
  locate: (id: string) => string,
): SettingsResult => {
  const {keys, problems} = resolveKeys(result.settings.keys);
  const messages = problems.map(({id, what}) => `${locate(id)}: ${what}.`);
  return {...result, settings: {...result.settings, keys}, problems: [...result.problems, ...messages]};
};

/** The offset of a command below `keys` in the file; 0 if it is not there. */
const findCommandOffset = (contents: YAMLMap, id: string): number => {
  const keys = contents.get('keys');
  const pair = isMap(keys) ? keys.items.find(each => isScalar(each.key) && String(each.key.value) === id) : undefined;
  return (isScalar(pair?.key) ? pair.key.range?.[0] : undefined) ?? 0;
};

const readPlainValue = (document: Document.Parsed, node: unknown): unknown => {
  try {
    return node !== null && typeof node === 'object' && 'toJS' in node && typeof node.toJS === 'function'
      ? node.toJS(document)
      : undefined;
  } catch {
    // An unresolved alias.
    return undefined;
  }
};

const readField = (name: FieldName, value: unknown): Partial<Settings> | undefined => {
  switch (name) {
    case 'theme':
      return parseField(settingFields.theme, value);

    case 'ascii':
      return parseField(settingFields.ascii, value);

    case 'screen-reader':
      return parseField(settingFields['screen-reader'], value);

    case 'interval':
      return parseField(settingFields.interval, value);

    case 'notify':
      return parseField(settingFields.notify, value);

    case 'on-quiet':
      return parseField(settingFields['on-quiet'], value);

    case 'on-end':
      return parseField(settingFields['on-end'], value);

    case 'columns':
      return parseField(settingFields.columns, value);

    case 'keys':
      return parseField(settingFields.keys, value);

    case 'filters':
      return parseField(settingFields.filters, value);

    case 'mouse':
      return parseField(settingFields.mouse, value);

    case 'read-only':
      return parseField(settingFields['read-only'], value);
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
