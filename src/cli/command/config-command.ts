import {defineCommand} from './command-definition.js';

export const configCommand = defineCommand({
  usage: 'config',
  describe: 'print which settings of your own are in force, and where they stand',
  examples: [['config', 'each setting, as it would stand in the file']],
  positionals: {},
  options: {},
  invocationOf: () => ({command: 'config'}),
});
