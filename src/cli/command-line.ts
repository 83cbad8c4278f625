import yargs from 'yargs';
import {durationMs} from './duration-option.js';
import {type LogsOptions, logsOptions, logsOptionsOf} from './logs/logs-options.js';
import {sizeBytes} from './size-option.js';
import {speedFactor} from './speed-option.js';
import {version} from './version.js';

export const outputs = ['auto', 'tui', 'plain', 'json', 'quiet'] as const;
export type Output = (typeof outputs)[number];

/** Options that say which server is asked, and as whom. */
export type ConnectionOptions = {
  readonly server: string | undefined;
  readonly project: string | undefined;
  readonly apiKeyFile: string | undefined;
};

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
  readonly hasColor: boolean;
  readonly hasAltScreen: boolean;
  readonly record: RecordOptions | undefined;
};

/** What the command line asks for. */
export type Invocation =
  | {
      readonly command: 'watch';
      readonly run: string | undefined;
      readonly pipeline: string | undefined;
      readonly connection: ConnectionOptions;
      readonly watch: WatchOptions;
    }
  | {readonly command: 'demo'; readonly scenario: string; readonly watch: WatchOptions}
  | {readonly command: 'replay'; readonly file: string; readonly speed: number; readonly watch: WatchOptions}
  | {readonly command: 'logs'; readonly logs: LogsOptions; readonly connection: ConnectionOptions}
  | {readonly command: 'doctor'; readonly connection: ConnectionOptions}
  /** Help or version was asked for. */
  | {readonly command: 'print'; readonly text: string}
  | {readonly command: 'misuse'; readonly what: string};

const connectionOptions = {
  server: {type: 'string', requiresArg: true, describe: 'ZenML server, instead of the one `zenml login` chose'},
  project: {type: 'string', requiresArg: true, describe: 'project, by name or id'},
  'api-key-file': {type: 'string', requiresArg: true, describe: 'file with an API key of a service account'},
} as const;

const watchOptions = {
  interval: {
    type: 'string',
    requiresArg: true,
    default: '1',
    describe: 'fastest poll while the run is in progress, in seconds',
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
  ascii: {type: 'boolean', default: false, describe: 'no glyph beyond ASCII'},
  color: {type: 'boolean', default: true, describe: 'colours; --no-color for none'},
  'alt-screen': {type: 'boolean', default: true, describe: 'own screen; --no-alt-screen to stay in the normal one'},
} as const;

const recordOptions = {
  record: {
    type: 'string',
    requiresArg: true,
    describe: 'write every answer of the server to this file, without secrets; .gz compresses it',
  },
  'record-max': {type: 'string', requiresArg: true, default: '64MB', describe: 'size at which a recording stops'},
} as const;

/**
 * What `args` (without the program's name) ask for. Never throws and never exits: what is wrong comes back as `misuse`,
 * one sentence.
 */
export const parseCommandLine = async (args: readonly string[], columns: number): Promise<Invocation> => {
  let invocation: Invocation | undefined;
  let misuse: string | undefined;
  const parser = yargs([...args])
    .scriptName('zentop')
    .usage('$0: watch a ZenML pipeline run')
    .command(
      '$0 [run]',
      'watch a run',
      command =>
        command
          .positional('run', {type: 'string', describe: 'id, start of an id, name, dashboard URL, or `latest`'})
          .options({
            pipeline: {type: 'string', requiresArg: true, describe: 'with `latest` or without RUN: of this pipeline'},
            ...connectionOptions,
            ...watchOptions,
            ...recordOptions,
          }),
      argv => {
        invocation = {
          command: 'watch',
          run: argv.run,
          pipeline: argv.pipeline,
          connection: {server: argv.server, project: argv.project, apiKeyFile: argv['api-key-file']},
          watch: watchOf(argv),
        };
      },
    )
    .command(
      'demo [scenario]',
      'the same program against a small ZenML server built in',
      command =>
        command
          .positional('scenario', {type: 'string', default: 'training', describe: 'what is played'})
          .options({...watchOptions, ...recordOptions}),
      argv => {
        invocation = {command: 'demo', scenario: argv.scenario, watch: watchOf(argv)};
      },
    )
    .command(
      'replay <file>',
      'watch a recording again, without a server',
      command =>
        command
          .positional('file', {type: 'string', demandOption: true, describe: 'what `--record FILE` made'})
          .options({
            speed: {
              type: 'string',
              requiresArg: true,
              default: '1',
              describe: 'how many times faster than it was; lines are told at once',
            },
            ...watchOptions,
          }),
      argv => {
        const speed = speedFactor(argv.speed, '--speed');
        invocation = {command: 'replay', file: argv.file, speed, watch: watchOf(argv)};
      },
    )
    .command(
      'logs <run> <step>',
      'print the log of a step',
      command =>
        command
          .positional('run', {type: 'string', demandOption: true, describe: 'as for watching'})
          .positional('step', {type: 'string', demandOption: true, describe: 'name of the step, or its beginning'})
          .options({...logsOptions, ...connectionOptions}),
      argv => {
        const connection = {server: argv.server, project: argv.project, apiKeyFile: argv['api-key-file']};
        invocation = {command: 'logs', logs: logsOptionsOf(argv), connection};
      },
    )
    .command(
      'doctor',
      'say what would be used: config files, server, auth, project, terminal; never a secret',
      command => command.options(connectionOptions),
      argv => {
        invocation = {
          command: 'doctor',
          connection: {server: argv.server, project: argv.project, apiKeyFile: argv['api-key-file']},
        };
      },
    )
    .example('$0', 'the newest run, those in progress first')
    .example('$0 latest --pipeline training', 'the newest run of a pipeline')
    .example('$0 2d3bfbe2 --output plain', 'one line per change, for a log')
    .example('$0 latest --once --output json | jq .counts', 'the state as it is now')
    .example('$0 logs latest trainer -f', 'what a step prints, until it ends')
    .example('$0 replay run.zentop.gz --speed 10', 'what `--record run.zentop.gz` saw, ten times as fast')
    .version(version)
    .help()
    .alias({h: 'help', V: 'version'})
    .strict()
    .wrap(Math.min(100, columns))
    .exitProcess(false)
    .fail((message, error) => {
      misuse ??= message || error.message;
    });

  let printed = '';
  try {
    await parser.parse([...args], {}, (_error, _argv, output) => {
      printed = output;
    });
  } catch (error) {
    misuse ??= error instanceof Error ? error.message : String(error);
  }

  if (misuse !== undefined) {
    return {command: 'misuse', what: oneSentence(misuse)};
  }

  return invocation ?? {command: 'print', text: printed};
};

const oneSentence = (message: string): string => {
  const text = message.trim().replace(/\s*\n\s*/g, ' ');
  return /[.!?]$/.test(text) ? text : `${text}.`;
};

type WatchArguments = {
  readonly interval: string;
  readonly output: Output;
  readonly once: boolean;
  readonly 'exit-status': boolean;
  readonly timeout: string | undefined;
  readonly 'give-up-after': string;
  readonly 'read-only': boolean;
  readonly ascii: boolean;
  readonly color: boolean;
  readonly 'alt-screen': boolean;
  readonly record?: string | undefined;
  readonly 'record-max'?: string;
};

const watchOf = (argv: WatchArguments): WatchOptions => ({
  intervalMs: durationMs(argv.interval, '--interval'),
  output: argv.output,
  isOnce: argv.once,
  exitsAsRun: argv['exit-status'],
  timeoutMs: argv.timeout === undefined ? undefined : durationMs(argv.timeout, '--timeout'),
  giveUpAfterMs: durationMs(argv['give-up-after'], '--give-up-after'),
  isReadOnly: argv['read-only'],
  isAscii: argv.ascii,
  hasColor: argv.color,
  hasAltScreen: argv['alt-screen'],
  record: recordOf(argv),
});

const recordOf = ({record, 'record-max': most}: WatchArguments): RecordOptions | undefined =>
  record === undefined || most === undefined ? undefined : {path: record, limitBytes: sizeBytes(most, '--record-max')};
