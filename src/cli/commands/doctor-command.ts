import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {defineCommand} from './command-definition.js';

export const doctorCommand = defineCommand({
  usage: 'doctor',
  describe: 'say what would be used: config files, server, auth, project, terminal; never a secret',
  examples: [
    ['doctor', 'why zentop asks this server, as this user'],
    ['doctor --report', 'what a bug report needs'],
  ],
  positionals: {},
  options: {
    ...connectionOptions,
    report: {
      type: 'boolean',
      default: false,
      describe: 'as a block of text for a bug report, with your settings; read it before you post it',
    },
  },
  parse: argv => ({command: 'doctor', connection: parseConnectionOptions(argv), isReport: argv.report}),
});
