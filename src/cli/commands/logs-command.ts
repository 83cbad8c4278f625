import {logsOptions, parseLogsOptions} from '../logs/logs-options.js';
import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {colorOptions, logOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const logsCommand = defineCommand({
  usage: 'logs <run> <step>',
  describe: 'print the log of a step',
  examples: [
    ['logs latest trainer -f', "follow a step's log until the step ends"],
    ['logs 2d3bfbe2 trainer --attempt 1 --timestamps', "the first attempt's log, with timestamps"],
  ],
  positionals: {
    run: {type: 'string', demandOption: true, describe: 'run ID, ID prefix, name, dashboard URL or `latest`'},
    step: {type: 'string', demandOption: true, describe: 'step name or prefix'},
  },
  options: {...logsOptions, ...connectionOptions, ...colorOptions, ...logOptions},
  parse: argv => ({command: 'logs', logs: parseLogsOptions(argv), connection: parseConnectionOptions(argv)}),
});
