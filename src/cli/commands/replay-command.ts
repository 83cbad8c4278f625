import {parseSpeed} from '../options/parse-values.js';
import {logOptions, parseWatchOptions, watchOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const replayCommand = defineCommand({
  usage: 'replay <file>',
  describe: 'replay a recording (no server needed)',
  examples: [
    ['replay run.zentop.gz --speed 10', 'replay ten times as fast'],
    ['replay run.zentop.gz --output plain', 'print all changes as lines, without waiting'],
  ],
  positionals: {file: {type: 'string', demandOption: true, describe: 'recording made with --record'}},
  options: {
    speed: {
      type: 'string',
      requiresArg: true,
      default: '1',
      describe: 'playback speed factor (on the screen only)',
    },
    ...watchOptions,
    ...logOptions,
  },
  parse: (argv, settings) => ({
    command: 'replay',
    file: argv.file,
    speed: parseSpeed(argv.speed, '--speed'),
    watch: parseWatchOptions(argv, settings),
  }),
});
