import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {interventionOptions, logOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const answerCommand = defineCommand({
  usage: 'answer <run> [value]',
  describe: 'answer the question that a run is waiting for, and continue the run',
  examples: [
    ['answer latest yes', 'answer a yes-or-no question'],
    [`answer 2d3bfbe2 --yes '{"target": "prod"}'`, 'answer in JSON without asking, for scripts'],
  ],
  positionals: {
    run: {type: 'string', demandOption: true, describe: 'run ID, ID prefix, name, dashboard URL or `latest`'},
    value: {type: 'string', describe: 'the answer, if the question takes one: text, a number, yes, no or JSON'},
  },
  options: {...interventionOptions, ...connectionOptions, ...logOptions},
  parse: (argv, settings) => ({
    command: 'answer',
    run: argv.run,
    value: argv.value,
    isConfirmed: argv.yes,
    isReadOnly: settings.isReadOnly,
    connection: parseConnectionOptions(argv),
  }),
});
