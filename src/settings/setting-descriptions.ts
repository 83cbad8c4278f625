import {columnNames, themeNames} from './settings.js';

/** The values that each setting accepts, in words that follow “must be”. */
export const settingDescriptions = {
  theme: `one of: ${themeNames.join(', ')}`,
  ascii: 'true or false',
  'screen-reader': 'true or false',
  interval: 'a number of seconds between 0.2 and 3600',
  notify: 'a map with `end` and `failure`, each true or false',
  'on-end': 'a program, or a list with the program and its arguments',
  columns: `a list of any of: ${columnNames.join(', ')}`,
  keys: 'a map from commands to a key or a list of keys',
} as const;
