import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {colorOptions, logOptions} from '../options/watch-options.js';
import {parsePictureOptions, pictureOptions} from '../pictures/picture-options.js';
import {defineCommand} from './command-definition.js';

export const timelineCommand = defineCommand({
  usage: 'timeline <run>',
  describe: 'print the timeline of a run, with its critical path',
  examples: [
    ['timeline latest', 'where the time went'],
    ['timeline latest --width 120 --ascii', 'for a pull request or a chat'],
  ],
  positionals: {
    run: {type: 'string', demandOption: true, describe: 'run ID, ID prefix, name, dashboard URL or `latest`'},
  },
  options: {...pictureOptions, ...connectionOptions, ...colorOptions, ...logOptions},
  parse: argv => ({
    command: 'timeline',
    picture: parsePictureOptions(argv),
    connection: parseConnectionOptions(argv),
  }),
});
