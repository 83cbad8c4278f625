import {columnNames, themeNames} from './settings.js';

/** What each setting takes, in words, by its name in the file. */
export const settingDescriptions = {
  theme: `one of ${themeNames.join(', ')}`,
  ascii: 'true or false',
  'screen-reader': 'true or false',
  interval: 'a number of seconds from 0.2 to 3600',
  notify: 'a map with `end` and `failure`, each true or false',
  'on-end': 'a program, or a list of the program and its arguments',
  columns: `a list of some of ${columnNames.join(', ')}`,
  keys: 'a map of commands, each with a key or a list of keys',
} as const;
