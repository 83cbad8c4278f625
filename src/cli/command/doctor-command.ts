import {connectionOf, connectionOptions} from '../connection-options.js';
import {defineCommand} from './command-definition.js';

export const doctorCommand = defineCommand({
  usage: 'doctor',
  describe: 'say what would be used: config files, server, auth, project, terminal; never a secret',
  examples: [['doctor', 'why zentop asks this server, as this user']],
  positionals: {},
  options: connectionOptions,
  invocationOf: argv => ({command: 'doctor', connection: connectionOf(argv)}),
});
