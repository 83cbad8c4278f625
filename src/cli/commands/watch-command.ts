import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {followOptions, parseWatchOptions, recordOptions, watchOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const watchCommand = defineCommand({
  usage: '$0 [run]',
  describe: 'watch a run; without RUN: the list of runs',
  examples: [
    ['', 'the runs of your project, those in progress on top'],
    ['latest --pipeline training', 'the newest run of a pipeline'],
    ['2d3bfbe2 --output plain', 'one line per change, for a log'],
    ['latest --once --output json | jq .counts', 'the state as it is now'],
    ['latest --pipeline training --wait', 'for CI: the run that goes on, or the next to start'],
  ],
  positionals: {run: {type: 'string', describe: 'id, start of an id, name, dashboard URL, or `latest`'}},
  options: {
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

/** Which run is waited for must not be known yet. Throws a sentence where it is. */
const parseWait = ({run, wait}: {readonly run: string | undefined; readonly wait: boolean}): boolean => {
  if (wait && run !== undefined && run !== 'latest') {
    throw new Error('--wait goes with `latest`: the run that is waited for has no name yet');
  }

  return wait;
};
