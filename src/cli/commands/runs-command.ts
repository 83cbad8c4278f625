import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {parseRunsOptions, runsOptions} from '../runs/runs-options.js';
import {defineCommand} from './command-definition.js';

export const runsCommand = defineCommand({
  usage: 'runs',
  describe: 'list runs, newest first, those in progress on top',
  examples: [
    ['runs --status failed --user me', 'which of your runs failed'],
    ['runs --pipeline training --limit 100 --output json', 'for a script'],
  ],
  positionals: {},
  options: {...runsOptions, ...connectionOptions},
  parse: argv => ({command: 'runs', runs: parseRunsOptions(argv), connection: parseConnectionOptions(argv)}),
});
