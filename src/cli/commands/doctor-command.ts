import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {logOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const doctorCommand = defineCommand({
  usage: 'doctor',
  describe: 'show the configuration zentop would use (server, sign-in, project, terminal); secrets are never shown',
  examples: [
    ['doctor', 'which server and user zentop uses, and why'],
    ['doctor --report', 'output for a bug report'],
  ],
  positionals: {},
  options: {
    ...connectionOptions,
    ...logOptions,
    report: {
      type: 'boolean',
      default: false,
      describe: 'format the output for a bug report (review it before posting)',
    },
  },
  parse: argv => ({command: 'doctor', connection: parseConnectionOptions(argv), isReport: argv.report}),
});
