import {padEnd} from '../../format/cells.js';
import {commands} from '../../keymap/commands.js';
import {formatKey} from '../../keymap/key-label.js';
import type {Settings, settingDescriptions} from '../../settings/settings.js';
import type {LoadedSettings} from '../options/load-settings.js';

const getterBySetting: Readonly<Record<keyof typeof settingDescriptions, (settings: Settings) => unknown>> = {
  theme: ({theme}) => theme,
  ascii: ({isAscii}) => isAscii,
  'screen-reader': ({isScreenReader}) => isScreenReader,
  interval: ({intervalMs}) => intervalMs / 1000,
  notify: ({notify}) => ({end: notify.onEnd, failure: notify.onFailure}),
  'on-end': ({onEnd}) => onEnd,
  'on-quiet': ({onQuiet}) => onQuiet,
  columns: ({columns}) => columns,
  filters: ({filters}) => filters,
  mouse: ({hasMouse}) => hasMouse,
  'read-only': ({isReadOnly}) => isReadOnly,
  keys: ({keys}) => Object.fromEntries(Object.entries(keys).map(([id, each]) => [id, each.map(formatKey)])),
};

const fileNotes: Readonly<Record<LoadedSettings['file'], string>> = {
  missing: ' (does not exist)',
  empty: ' (empty)',
  ignored: ' (ignored)',
  read: '',
};

/** Where the comments of short lines start. */
const settingCells = 38;
const keysCells = 44;

/** The path of the file, and each setting in the file's syntax with its origin. */
export const formatSettings = ({settings, names, path, file}: LoadedSettings): readonly string[] => [
  `# ${path}${fileNotes[file]}`,
  ...Object.entries(getterBySetting).map(([name, get]) => {
    const origin = names.includes(name) ? 'from the file' : 'default';
    return `${padEnd(`${name}: ${JSON.stringify(get(settings))}`, settingCells)}  # ${origin}`;
  }),
];

/** Every command with its keys, in the file's syntax, and its title. */
export const formatKeys = ({settings}: LoadedSettings): readonly string[] => [
  'keys:',
  ...commands.map(({id, keys, title}) => {
    const labels = (settings.keys[id] ?? keys).map(key => JSON.stringify(formatKey(key)));
    return `${padEnd(`  ${id}: [${labels.join(', ')}]`, keysCells)}  # ${title}`;
  }),
];
