import {defineCommand} from './command-definition.js';

export const configCommand = defineCommand({
  usage: 'config',
  describe: 'print which settings of your own are in force, and where they stand',
  examples: [
    ['config', 'each setting, as it would stand in the file'],
    ['config --keys', 'what can be given other keys'],
  ],
  positionals: {},
  options: {keys: {type: 'boolean', default: false, describe: 'every command and its keys instead'}},
  parse: ({keys}) => ({command: 'config', isAboutKeys: keys}),
});
