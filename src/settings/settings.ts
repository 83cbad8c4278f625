/** Themes to choose from; `auto` matches the terminal. */
export const themeNames = ['auto', 'dark', 'light', 'sixteen', 'mono', 'deuteranopia', 'tritanopia'] as const;
export type ThemeName = (typeof themeNames)[number];

/** Whether to notify the user of the end of a run, and of its first failure. */
export type NotifySettings = {readonly onEnd: boolean; readonly onFailure: boolean};

/** Optional columns of the step list. */
export const columnNames = ['status', 'time', 'try', 'timeline'] as const;
type ColumnName = (typeof columnNames)[number];

/** Keys by command ID. */
export type KeySettings = Readonly<Record<string, readonly string[]>>;

/** Saved filters of the run list, by name. */
type FilterSettings = Readonly<Record<string, string>>;

/** The user's settings. */
export type Settings = {
  readonly theme: ThemeName;
  readonly isAscii: boolean;
  /** Print plain lines for a screen reader instead of drawing a screen. */
  readonly isScreenReader: boolean;
  /** Minimum time between polls, in milliseconds. */
  readonly intervalMs: number;
  readonly notify: NotifySettings;
  /** The program to start without a shell when the run ends, and its arguments; empty: none. */
  readonly onEnd: readonly string[];
  /** The program to start when a step is quiet, and its arguments; empty: none. */
  readonly onQuiet: readonly string[];
  /** Columns of the step list to show if they fit. */
  readonly columns: readonly ColumnName[];
  readonly keys: KeySettings;
  readonly filters: FilterSettings;
  /** React to clicks and the wheel. Text can then only be selected while holding Shift. */
  readonly hasMouse: boolean;
  /** Disable everything that changes something on the server. */
  readonly isReadOnly: boolean;
};

export const defaultSettings: Settings = {
  theme: 'auto',
  isAscii: false,
  isScreenReader: false,
  intervalMs: 1000,
  notify: {onEnd: true, onFailure: true},
  onEnd: [],
  onQuiet: [],
  columns: columnNames,
  keys: {},
  filters: {},
  hasMouse: false,
  isReadOnly: false,
};

/** The values that each setting accepts, in words that follow “must be”. */
export const settingDescriptions = {
  theme: `one of: ${themeNames.join(', ')}`,
  ascii: 'true or false',
  'screen-reader': 'true or false',
  interval: 'a number of seconds between 0.2 and 3600',
  notify: 'a map with `end` and `failure`, each true or false',
  'on-quiet': 'a program, or a list with the program and its arguments, such as [notify-send, zentop]',
  'on-end': 'a program, or a list with the program and its arguments, such as [notify-send, zentop]',
  columns: `a list of any of: ${columnNames.join(', ')}`,
  keys: 'a map from commands to a key or a list of keys',
  filters: 'a map from names (a letter, then letters, digits, - or _) to filters of the run list',
  mouse: 'true or false',
  'read-only': 'true or false',
} as const;
