import {connectionOptions, parseConnectionOptions} from '../options/connection-options.js';
import {colorOptions, logOptions} from '../options/watch-options.js';
import {parsePictureOptions, pictureOptions} from '../pictures/picture-options.js';
import {defineCommand} from './command-definition.js';

export const graphCommand = defineCommand({
  usage: 'graph <run>',
  describe: 'print the graph of a run: which step feeds which',
  examples: [
    ['graph latest', 'one step per line, with its edges on the left'],
    ['graph latest --width 80 --ascii', 'for a pull request or a chat'],
  ],
  positionals: {
    run: {type: 'string', demandOption: true, describe: 'run ID, ID prefix, name, dashboard URL or `latest`'},
  },
  options: {...pictureOptions, ...connectionOptions, ...colorOptions, ...logOptions},
  parse: argv => ({
    command: 'graph',
    picture: parsePictureOptions(argv),
    connection: parseConnectionOptions(argv),
  }),
});
