/** Palettes that can be chosen; `auto` takes what the terminal can show. */
export const themeNames = ['auto', 'sixteen', 'mono', 'deuteranopia', 'tritanopia'] as const;
export type ThemeName = (typeof themeNames)[number];

/** What a run's end, and its first failure, do to call the reader. */
export type NotifySettings = {readonly onEnd: boolean; readonly onFailure: boolean};

/** Columns of the list of steps that can be left out. */
export const columnNames = ['status', 'time', 'try'] as const;
export type ColumnName = (typeof columnNames)[number];

/** Keys by the id of the command they are to stand for. */
export type KeySettings = Readonly<Record<string, readonly string[]>>;

/** What the reader has set for good. */
export type Settings = {
  readonly theme: ThemeName;
  readonly isAscii: boolean;
  /** Lines of text instead of the screen. */
  readonly isScreenReader: boolean;
  /** Fastest poll, in milliseconds. */
  readonly intervalMs: number;
  readonly notify: NotifySettings;
  /** Run without a shell when the run ends: the program and its arguments. */
  readonly onEnd: readonly string[];
  /** Those of the list of steps that are shown, as far as they fit. */
  readonly columns: readonly ColumnName[];
  readonly keys: KeySettings;
};

export const defaultSettings: Settings = {
  theme: 'auto',
  isAscii: false,
  isScreenReader: false,
  intervalMs: 1000,
  notify: {onEnd: true, onFailure: true},
  onEnd: [],
  columns: columnNames,
  keys: {},
};
