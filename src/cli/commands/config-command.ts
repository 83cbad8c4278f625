import {defineCommand} from './command-definition.js';

export const configCommand = defineCommand({
  usage: 'config',
  describe: 'show the effective settings and where they come from',
  examples: [
    ['config', 'each setting in file syntax'],
    ['config --keys', 'key bindings you can change'],
  ],
  positionals: {},
  options: {keys: {type: 'boolean', default: false, describe: 'list commands and their key bindings instead'}},
  parse: ({keys}) => ({command: 'config', isAboutKeys: keys}),
});
