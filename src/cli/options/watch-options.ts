import {defaultSettings, type Settings, type ThemeName, themeNames} from '../../settings/settings.js';
import {parseDurationMs} from './parse-duration.js';
import {parseSizeBytes} from './parse-size.js';
import {splitCommand} from './split-command.js';

export const outputs = ['auto', 'tui', 'plain', 'json', 'quiet'] as const;
export type Output = (typeof outputs)[number];

/** Where the answers of the server are kept, and how much of them. */
export type RecordOptions = {readonly path: string; readonly limitBytes: number};

/** Options of whatever shows a run. */
export type WatchOptions = {
  readonly intervalMs: number;
  readonly output: Output;
  readonly isOnce: boolean;
  readonly exitsAsRun: boolean;
  readonly timeoutMs: number | undefined;
  /** How long lines go on without an answer of the server; the screen never gives up. */
  readonly giveUpAfterMs: number;
  readonly isReadOnly: boolean;
  readonly isAscii: boolean;
  readonly theme: ThemeName;
  readonly hasColor: boolean;
  /** Lines and no screen, for those who have them read aloud. */
  readonly isScreenReader: boolean;
  readonly hasAltScreen: boolean;
  readonly record: RecordOptions | undefined;
  /** When the run is over, the next one of its pipeline is taken up. */
  readonly isFollowing: boolean;
  /** Whether a first failure, and the end, call the reader. */
  readonly notify: Settings['notify'];
  /** The program, with its arguments, that is started when the run is over; empty: none. */
  readonly onEnd: readonly string[];
  readonly keys: Settings['keys'];
  readonly columns: Settings['columns'];
  /** Told on the screen when it opens. */
  readonly notice?: string | undefined;
};

export const watchOptions = {
  interval: {
    type: 'string',
    requiresArg: true,
    describe: 'fastest poll while the run is in progress, in seconds; 1 unless told otherwise',
  },
  output: {choices: outputs, default: 'auto', describe: 'auto: the screen in a terminal, plain lines elsewhere'},
  once: {type: 'boolean', default: false, describe: 'print the state as it is now, and exit'},
  'exit-status': {type: 'boolean', default: false, describe: 'from the screen too: exit as the run ended'},
  timeout: {type: 'string', requiresArg: true, describe: 'give up waiting after this long: 90s, 10m, 2h'},
  'give-up-after': {
    type: 'string',
    requiresArg: true,
    default: '15m',
    describe: 'without a screen: how long to keep trying when the server does not answer',
  },
  'read-only': {type: 'boolean', default: false, describe: 'no action that changes anything'},
  ascii: {type: 'boolean', describe: 'no glyph beyond ASCII'},
  theme: {choices: themeNames, describe: 'colours; auto: what suits the terminal'},
  'screen-reader': {
    type: 'boolean',
    describe:
      'lines of text that only follow each other, and answers: Enter tells the state, a step’s name its details, ? the rest',
  },
  'on-end': {
    type: 'string',
    requiresArg: true,
    describe:
      'program to start when the run is over, with its arguments, in quotes where they hold blanks; no shell reads it, ZENTOP_* tells it what became of the run',
  },
  color: {type: 'boolean', default: true, describe: 'colours; --no-color for none'},
  'alt-screen': {type: 'boolean', default: true, describe: 'own screen; --no-alt-screen to stay in the normal one'},
} as const;

export const recordOptions = {
  record: {
    type: 'string',
    requiresArg: true,
    describe: 'write every answer of the server to this file, without secrets; .gz compresses it',
  },
  'record-max': {type: 'string', requiresArg: true, default: '64MB', describe: 'size at which a recording stops'},
} as const;

/** What goes on behind the run that was asked for. */
export const followOptions = {
  follow: {
    type: 'boolean',
    default: false,
    describe: 'when the run is over, take up the next one of its pipeline; without RUN: from the newest',
  },
} as const;

type WatchArguments = {
  readonly interval: string | undefined;
  readonly output: Output;
  readonly once: boolean;
  readonly 'exit-status': boolean;
  readonly timeout: string | undefined;
  readonly 'give-up-after': string;
  readonly 'read-only': boolean;
  readonly ascii: boolean | undefined;
  readonly theme: ThemeName | undefined;
  readonly 'on-end': string | undefined;
  readonly color: boolean;
  readonly 'screen-reader': boolean | undefined;
  readonly 'alt-screen': boolean;
  readonly record?: string | undefined;
  readonly 'record-max'?: string;
  readonly follow?: boolean;
};

/** What the command line says, and where it says nothing, the reader's settings. */
export const parseWatchOptions = (argv: WatchArguments, settings: Settings = defaultSettings): WatchOptions => ({
  intervalMs: argv.interval === undefined ? settings.intervalMs : parseDurationMs(argv.interval, '--interval'),
  output: argv.output,
  isOnce: argv.once,
  exitsAsRun: argv['exit-status'],
  timeoutMs: argv.timeout === undefined ? undefined : parseDurationMs(argv.timeout, '--timeout'),
  giveUpAfterMs: parseDurationMs(argv['give-up-after'], '--give-up-after'),
  isReadOnly: argv['read-only'],
  isAscii: argv.ascii ?? settings.isAscii,
  theme: argv.theme ?? settings.theme,
  hasColor: argv.color,
  isScreenReader: argv['screen-reader'] ?? (process.env['INK_SCREEN_READER'] === 'true' || settings.isScreenReader),
  hasAltScreen: argv['alt-screen'],
  record: parseRecordOptions(argv),
  isFollowing: argv.follow ?? false,
  notify: settings.notify,
  keys: settings.keys,
  columns: settings.columns,
  onEnd: argv['on-end'] === undefined ? settings.onEnd : splitCommand(argv['on-end'], '--on-end'),
});

const parseRecordOptions = ({record, 'record-max': most}: WatchArguments): RecordOptions | undefined =>
  record === undefined || most === undefined
    ? undefined
    : {path: record, limitBytes: parseSizeBytes(most, '--record-max')};
