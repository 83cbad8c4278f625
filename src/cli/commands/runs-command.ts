import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {colorOptions, logOptions} from '../options/watch-options.js';
import {parseRunsOptions, runsOptions} from '../runs/runs-options.js';
import {defineCommand} from './command-definition.js';

export const runsCommand = defineCommand({
  usage: 'runs',
  describe: 'list runs (active first, then newest first)',
  examples: [
    ['runs --status failed --user me', 'your failed runs'],
    ['runs --pipeline training --limit 100 --output json', 'for a script'],
  ],
  positionals: {},
  options: {...runsOptions, ...connectionOptions, ...colorOptions, ...logOptions},
  parse: argv => ({
    command: 'runs',
    runs: parseRunsOptions(argv),
    connection: parseConnectionOptions(argv),
    hasColor: argv.color,
  }),
});
