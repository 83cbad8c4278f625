import {logsOptions, parseLogsOptions} from '../logs/logs-options.js';
import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {defineCommand} from './command-definition.js';

export const logsCommand = defineCommand({
  usage: 'logs <run> <step>',
  describe: 'print the log of a step',
  examples: [
    ['logs latest trainer -f', 'what a step prints, until it ends'],
    ['logs 2d3bfbe2 trainer --attempt 1 --timestamps', 'what its first attempt printed, and when'],
  ],
  positionals: {
    run: {type: 'string', demandOption: true, describe: 'as for watching'},
    step: {type: 'string', demandOption: true, describe: 'name of the step, or its beginning'},
  },
  options: {...logsOptions, ...connectionOptions},
  parse: argv => ({command: 'logs', logs: parseLogsOptions(argv), connection: parseConnectionOptions(argv)}),
});
