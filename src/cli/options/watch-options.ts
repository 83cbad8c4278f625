import {parseBoolean} from '../../connection/parse-boolean.js';
import {formatBytes} from '../../format/bytes.js';
import {maxRecordingBytes} from '../../recording/recording-format.js';
import {type Settings, type ThemeName, themeNames} from '../../settings/settings.js';
import {parseDurationMs, parseSizeBytes} from './parse-values.js';
import {splitCommand} from './split-command.js';

const outputs = ['auto', 'tui', 'plain', 'json', 'quiet'] as const;
type Output = (typeof outputs)[number];

/** The file that the server's responses are recorded in, and its maximum size. */
export type RecordOptions = {readonly path: string; readonly limitBytes: number};

/** Options of every command that shows a run. */
export type WatchOptions = {
  readonly intervalMs: number;
  readonly output: Output;
  readonly isOnce: boolean;
  /** Exit with the status of a run that is over, even if the user quits the screen. */
  readonly shouldExitWithRunStatus: boolean;
  readonly timeoutMs: number | undefined;
  /** How long to retry an unreachable server without a screen; the screen never gives up. */
  readonly giveUpAfterMs: number;
  readonly isReadOnly: boolean;
  readonly isAscii: boolean;
  readonly theme: ThemeName;
  readonly hasColor: boolean;
  /** Print lines instead of a screen, for screen readers. */
  readonly isScreenReader: boolean;
  readonly hasAltScreen: boolean;
  readonly record: RecordOptions | undefined;
  /** Switch to the pipeline's next run when the run ends. */
  readonly isFollowing: boolean;
  /** Whether the first failure and the end notify the user. */
  readonly notify: Settings['notify'];
  /** The program to start when the run ends, and its arguments; empty: none. */
  readonly onEnd: readonly string[];
  /** The program to start when a step is quiet, and its arguments; empty: none. */
  readonly onQuiet: readonly string[];
  readonly keys: Settings['keys'];
  readonly columns: Settings['columns'];
  readonly filters: Settings['filters'];
  readonly hasMouse: boolean;
  /** Shown on the screen when it opens. */
  readonly notice?: string | undefined;
};

/** For every command that may print colors. */
export const colorOptions = {
  color: {type: 'boolean', default: true, describe: '--no-color: disable colors'},
} as const;

export const watchOptions = {
  interval: {
    type: 'string',
    requiresArg: true,
    describe: 'minimum seconds between polls (default: 1)',
  },
  output: {
    choices: outputs,
    requiresArg: true,
    default: 'auto',
    describe: 'output format; auto = interactive in a terminal, plain otherwise',
  },
  once: {type: 'boolean', default: false, describe: 'print the current state and exit'},
  'exit-status': {type: 'boolean', default: false, describe: "exit with the run's status even in interactive mode"},
  timeout: {type: 'string', requiresArg: true, describe: 'stop waiting after this time, e.g. 90s, 10m, 2h'},
  'give-up-after': {
    type: 'string',
    requiresArg: true,
    default: '15m',
    describe: 'non-interactive: how long to retry an unreachable server',
  },
  'read-only': {type: 'boolean', describe: 'disable actions that change anything on the server'},
  ascii: {type: 'boolean', describe: 'use ASCII characters only'},
  theme: {choices: themeNames, requiresArg: true, describe: 'color theme (auto: match the background)'},
  'screen-reader': {
    type: 'boolean',
    describe:
      'plain line output for screen readers; press Enter for the state, type a step name for its details, ? for help',
  },
  'on-quiet': {
    type: 'string',
    requiresArg: true,
    describe: 'command to run when a running step has been silent for much longer than usual, or a local run has died',
  },
  'on-end': {
    type: 'string',
    requiresArg: true,
    describe:
      'command to run when the run ends (no shell; quote arguments with spaces). Details are passed in ZENTOP_* variables',
  },
  ...colorOptions,
  mouse: {type: 'boolean', describe: 'click on rows and tabs, scroll with the wheel (select text with Shift)'},
  'alt-screen': {type: 'boolean', default: true, describe: '--no-alt-screen: do not use the alternate screen'},
} as const;

export const recordOptions = {
  record: {
    type: 'string',
    requiresArg: true,
    describe: 'record all server responses to this file (secrets removed; .gz to compress)',
  },
  'record-max': {type: 'string', requiresArg: true, describe: 'maximum size of a recording (default: 64MB)'},
} as const;

export const logOptions = {
  log: {
    type: 'string',
    requiresArg: true,
    describe: 'log requests, actions and failures to this file, for bug reports',
  },
} as const;

/** Options of commands that change a run. */
export const interventionOptions = {
  yes: {type: 'boolean', alias: 'y', default: false, describe: 'do not ask for confirmation'},
} as const;

/** Options of commands that may continue after the run. */
export const followOptions = {
  follow: {
    type: 'boolean',
    default: false,
    describe: "when the run ends, switch to the pipeline's next run",
  },
} as const;

type WatchArguments = {
  readonly interval: string | undefined;
  readonly output: Output;
  readonly once: boolean;
  readonly 'exit-status': boolean;
  readonly timeout: string | undefined;
  readonly 'give-up-after': string;
  readonly 'read-only': boolean | undefined;
  readonly ascii: boolean | undefined;
  readonly theme: ThemeName | undefined;
  readonly 'on-end': string | undefined;
  readonly 'on-quiet': string | undefined;
  readonly color: boolean;
  readonly 'screen-reader': boolean | undefined;
  readonly 'alt-screen': boolean;
  readonly mouse: boolean | undefined;
  readonly record?: string | undefined;
  readonly 'record-max'?: string | undefined;
  readonly follow?: boolean;
};

/**
 * Combines the command line with the user's settings; the command line takes precedence. Throws a user-facing error if a value is
 * not valid.
 */
export const parseWatchOptions = (argv: WatchArguments, settings: Settings): WatchOptions => ({
  intervalMs: argv.interval === undefined ? settings.intervalMs : parseIntervalMs(argv.interval),
  output: argv.output,
  isOnce: parseOnce(argv),
  shouldExitWithRunStatus: argv['exit-status'],
  timeoutMs: argv.timeout === undefined ? undefined : parseDurationMs(argv.timeout, '--timeout'),
  giveUpAfterMs: parseDurationMs(argv['give-up-after'], '--give-up-after'),
  isReadOnly: argv['read-only'] ?? settings.isReadOnly,
  isAscii: argv.ascii ?? settings.isAscii,
  theme: argv.theme ?? settings.theme,
  hasColor: argv.color,
  isScreenReader: argv['screen-reader'] ?? parseBoolean(process.env['INK_SCREEN_READER']) ?? settings.isScreenReader,
  hasAltScreen: argv['alt-screen'],
  record: parseRecordOptions(argv),
  isFollowing: argv.follow ?? false,
  notify: settings.notify,
  keys: settings.keys,
  columns: settings.columns,
  filters: settings.filters,
  hasMouse: argv.mouse ?? settings.hasMouse,
  onQuiet: argv['on-quiet'] === undefined ? settings.onQuiet : splitCommand(argv['on-quiet'], '--on-quiet'),
  onEnd: argv['on-end'] === undefined ? settings.onEnd : splitCommand(argv['on-end'], '--on-end'),
});

const intervalRange = {minMs: 200, maxMs: 3_600_000, words: '0.2s to 1h'};

const parseIntervalMs = (text: string): number => parseDurationMs(text, '--interval', intervalRange);

const parseOnce = ({once, follow}: WatchArguments): boolean => {
  if (once && follow === true) {
    throw new Error('--once and --follow cannot be combined');
  }

  return once;
};

const parseRecordOptions = ({record, 'record-max': maxSize}: WatchArguments): RecordOptions | undefined => {
  if (record === undefined) {
    if (maxSize !== undefined) {
      throw new Error('--record-max only works with --record FILE');
    }

    return undefined;
  }

  const limitBytes = parseSizeBytes(maxSize ?? '64MB', '--record-max');
  if (limitBytes > maxRecordingBytes) {
    throw new Error(`--record-max must be at most ${formatBytes(maxRecordingBytes)}`);
  }

  return {path: record, limitBytes};
};
