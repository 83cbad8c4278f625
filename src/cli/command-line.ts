import yargs from 'yargs';
import {defaultSettings, type Settings} from '../settings/settings.js';
import {type ConnectionOptions, connectionOf, connectionOptions} from './connection-options.js';
import {type LogsOptions, logsOptions, logsOptionsOf} from './logs/logs-options.js';
import {type RunsOptions, runsOptions, runsOptionsOf} from './runs/runs-options.js';
import {speedFactor} from './speed-option.js';
import {version} from './version.js';
import {followOptions, recordOptions, type WatchOptions, watchOf, watchOptions} from './watch-options.js';

/** What the command line asks for. */
export type Invocation =
  | {
      readonly command: 'watch';
      readonly run: string | undefined;
      readonly pipeline: string | undefined;
      /** A run that goes on is waited for. */
      readonly isWaiting: boolean;
      readonly connection: ConnectionOptions;
      readonly watch: WatchOptions;
    }
  | {readonly command: 'demo'; readonly scenario: string; readonly watch: WatchOptions}
  | {readonly command: 'replay'; readonly file: string; readonly speed: number; readonly watch: WatchOptions}
  | {readonly command: 'runs'; readonly runs: RunsOptions; readonly connection: ConnectionOptions}
  | {readonly command: 'logs'; readonly logs: LogsOptions; readonly connection: ConnectionOptions}
  | {readonly command: 'doctor'; readonly connection: ConnectionOptions}
  | {readonly command: 'config'}
  /** Help or version was asked for. */
  | {readonly command: 'print'; readonly text: string}
  | {readonly command: 'misuse'; readonly what: string};

/**
 * What `args` (without the program's name) ask for. Never throws and never exits: what is wrong comes back as `misuse`,
 * one sentence.
 */
export const parseCommandLine = async (
  args: readonly string[],
  columns: number,
  settings: Settings = defaultSettings,
): Promise<Invocation> => {
  let invocation: Invocation | undefined;
  let misuse: string | undefined;
  const parser = yargs([...args])
    .scriptName('zentop')
    .usage('$0: watch a ZenML pipeline run')
    .command(
      '$0 [run]',
      'watch a run; without RUN: the list of runs',
      command =>
        command
          .positional('run', {type: 'string', describe: 'id, start of an id, name, dashboard URL, or `latest`'})
          .options({
            pipeline: {type: 'string', requiresArg: true, describe: 'with `latest` or without RUN: of this pipeline'},
            wait: {
              type: 'boolean',
              default: false,
              describe: 'with `latest`: take the run in progress; where there is none, wait for one to start',
            },
            ...followOptions,
            ...connectionOptions,
            ...watchOptions,
            ...recordOptions,
          }),
      argv => {
        invocation = {
          command: 'watch',
          run: argv.run,
          pipeline: argv.pipeline,
          isWaiting: waitsFor(argv),
          connection: connectionOf(argv),
          watch: watchOf(argv, settings),
        };
      },
    )
    .command(
      'demo [scenario]',
      'the same program against a small ZenML server built in',
      command =>
        command
          .positional('scenario', {type: 'string', default: 'training', describe: 'what is played'})
          .options({...watchOptions, ...recordOptions, ...followOptions}),
      argv => {
        invocation = {command: 'demo', scenario: argv.scenario, watch: watchOf(argv, settings)};
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
        invocation = {command: 'replay', file: argv.file, speed, watch: watchOf(argv, settings)};
      },
    )
    .command(
      'runs',
      'list runs, newest first, those in progress on top',
      command => command.options({...runsOptions, ...connectionOptions}),
      argv => {
        invocation = {command: 'runs', runs: runsOptionsOf(argv), connection: connectionOf(argv)};
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
        invocation = {command: 'logs', logs: logsOptionsOf(argv), connection: connectionOf(argv)};
      },
    )
    .command(
      'doctor',
      'say what would be used: config files, server, auth, project, terminal; never a secret',
      command => command.options(connectionOptions),
      argv => {
        invocation = {command: 'doctor', connection: connectionOf(argv)};
      },
    )
    .command(
      'config',
      'print which settings of your own are in force, and where they stand',
      command => command,
      () => {
        invocation = {command: 'config'};
      },
    )
    .example('$0', 'the runs of your project, those in progress on top')
    .example('$0 latest --pipeline training', 'the newest run of a pipeline')
    .example('$0 2d3bfbe2 --output plain', 'one line per change, for a log')
    .example('$0 latest --once --output json | jq .counts', 'the state as it is now')
    .example('$0 latest --pipeline training --wait', 'for CI: the run that goes on, or the next to start')
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

/** Which run is waited for must not be known yet. Throws a sentence where it is. */
const waitsFor = ({run, wait}: {readonly run: string | undefined; readonly wait: boolean}): boolean => {
  if (wait && run !== undefined && run !== 'latest') {
    throw new Error('--wait goes with `latest`: the run that is waited for has no name yet');
  }

  return wait;
};
