import {followOptions, logOptions, parseWatchOptions, recordOptions, watchOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const demoCommand = defineCommand({
  usage: 'demo [scenario]',
  describe: 'try zentop with a built-in demo server',
  examples: [
    ['demo', 'a training run in progress'],
    ['demo failure', 'a run that fails'],
    ['demo large:5000', 'a run with 5000 steps'],
  ],
  positionals: {
    scenario: {
      type: 'string',
      default: 'training',
      describe: 'scenario to play: training, failure, mapped, approval, all, large[:N] or runs[:N]',
    },
  },
  options: {...watchOptions, ...recordOptions, ...followOptions, ...logOptions},
  parse: (argv, settings) => ({
    command: 'demo',
    scenario: argv.scenario,
    watch: parseWatchOptions(argv, settings),
  }),
});
