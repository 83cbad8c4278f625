import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {interventionOptions, logOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const stopCommand = defineCommand({
  usage: 'stop <run>',
  describe: 'stop a run: no further steps start, and running steps finish',
  examples: [
    ['stop latest', 'ask, then stop the latest run'],
    ['stop 2d3bfbe2 --yes', 'stop a run without asking, for scripts'],
  ],
  positionals: {
    run: {type: 'string', demandOption: true, describe: 'run ID, ID prefix, name, dashboard URL or `latest`'},
  },
  options: {
    force: {type: 'boolean', default: false, describe: 'also end running steps, where the orchestrator can'},
    ...interventionOptions,
    ...connectionOptions,
    ...logOptions,
  },
  parse: (argv, settings) => ({
    command: 'stop',
    run: argv.run,
    isForced: argv.force,
    isConfirmed: argv.yes,
    isReadOnly: settings.isReadOnly,
    connection: parseConnectionOptions(argv),
  }),
});
