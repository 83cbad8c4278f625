import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {followOptions, logOptions, parseWatchOptions, recordOptions, watchOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const watchCommand = defineCommand({
  usage: '$0 [run]',
  describe: 'watch a run, or list runs if none is given',
  examples: [
    ['', 'the runs of your project, active runs first'],
    ['latest --pipeline training', 'the newest run of a pipeline'],
    ['2d3bfbe2 --output plain', 'one line per change, for a log file'],
    ['latest --once --output json | jq .counts', 'the current state'],
    ['latest --pipeline training --wait', 'for CI: the active run, or the next one'],
  ],
  positionals: {run: {type: 'string', describe: 'run ID, ID prefix, name, dashboard URL or `latest`'}},
  options: {
    pipeline: {type: 'string', requiresArg: true, describe: 'only runs of this pipeline (with `latest` or no RUN)'},
    wait: {
      type: 'boolean',
      default: false,
      describe: 'with `latest` or no RUN: watch the active run, or wait for the next one to start',
    },
    ...followOptions,
    ...connectionOptions,
    ...logOptions,
    ...watchOptions,
    ...recordOptions,
  },
  parse: (argv, settings) => ({
    command: 'watch',
    run: argv.run,
    pipeline: argv.pipeline,
    isWaiting: parseWait(argv),
    connection: parseConnectionOptions(argv),
    watch: parseWatchOptions(argv, settings),
  }),
});

/** Throws a user-facing error if --wait is used with a specific run. */
const parseWait = ({run, wait}: {readonly run: string | undefined; readonly wait: boolean}): boolean => {
  if (wait && run !== undefined && run !== 'latest') {
    throw new Error('--wait only works with `latest` or without RUN');
  }

  return wait;
};
