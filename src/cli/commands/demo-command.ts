import {followOptions, parseWatchOptions, recordOptions, watchOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const demoCommand = defineCommand({
  usage: 'demo [scenario]',
  describe: 'the same program against a small ZenML server built in',
  examples: [
    ['demo', 'a training run while it goes on'],
    ['demo failure', 'a run that fails'],
    ['demo large:5000', 'a run of that many steps'],
  ],
  positionals: {scenario: {type: 'string', default: 'training', describe: 'what is played'}},
  options: {...watchOptions, ...recordOptions, ...followOptions},
  parse: (argv, settings) => ({
    command: 'demo',
    scenario: argv.scenario,
    watch: parseWatchOptions(argv, settings),
  }),
});
