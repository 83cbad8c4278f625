import {parseSpeed} from '../options/parse-speed.js';
import {parseWatchOptions, watchOptions} from '../options/watch-options.js';
import {defineCommand} from './command-definition.js';

export const replayCommand = defineCommand({
  usage: 'replay <file>',
  describe: 'watch a recording again, without a server',
  examples: [
    ['replay run.zentop.gz --speed 10', 'what `--record run.zentop.gz` saw, ten times as fast'],
    ['replay run.zentop.gz --output plain', 'all of it at once, as lines'],
  ],
  positionals: {file: {type: 'string', demandOption: true, describe: 'what `--record FILE` made'}},
  options: {
    speed: {
      type: 'string',
      requiresArg: true,
      default: '1',
      describe: 'how many times faster than it was; lines are told at once',
    },
    ...watchOptions,
  },
  parse: (argv, settings) => ({
    command: 'replay',
    file: argv.file,
    speed: parseSpeed(argv.speed, '--speed'),
    watch: parseWatchOptions(argv, settings),
  }),
});
