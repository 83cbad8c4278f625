import * as v from 'valibot';
import {columnNames, type KeySettings, type Settings, themeNames} from './settings.js';

/**
 * A program and its arguments. A string is a program without arguments; one with spaces is rejected, because it is probably meant
 * as a command line.
 */
const commandSchema = v.union([
  v.pipe(
    v.string(),
    v.regex(/^\S+$/),
    v.transform(word => [word]),
  ),
  v.pipe(
    v.array(v.string()),
    v.check(([program]) => program !== ''),
  ),
]);

/** YAML reads digits as numbers. */
const keySchema = v.pipe(v.union([v.string(), v.number()]), v.transform(String));
const keyListSchema = v.union([
  v.pipe(
    keySchema,
    v.transform(only => [only]),
  ),
  v.array(keySchema),
]);

/** `v.record` also accepts lists. */
const mapInputSchema = v.pipe(
  v.unknown(),
  v.check(value => !Array.isArray(value)),
);

/** One entry per setting: the schema of its value, and how it is put into `Settings`. */
export const settingFields = {
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
  'on-quiet': {
    schema: commandSchema,
    put: (onQuiet: readonly string[]) => ({onQuiet}),
  },
  'on-end': {
    schema: commandSchema,
    put: (onEnd: readonly string[]) => ({onEnd}),
  },
  columns: {
    schema: v.array(v.picklist(columnNames)),
    put: (columns: Settings['columns']) => ({columns}),
  },
  keys: {
    schema: v.pipe(mapInputSchema, v.record(v.string(), keyListSchema)),
    put: (keys: KeySettings) => ({keys}),
  },
  filters: {
    schema: v.pipe(mapInputSchema, v.record(v.pipe(v.string(), v.regex(/^[a-z][\w-]*$/i)), v.string())),
    put: (filters: Settings['filters']) => ({filters}),
  },
  mouse: {schema: v.boolean(), put: (hasMouse: boolean) => ({hasMouse})},
  'read-only': {schema: v.boolean(), put: (isReadOnly: boolean) => ({isReadOnly})},
};
