import yargs from 'yargs';
import {defaultSettings, type Settings} from '../../settings/settings.js';
import {version} from '../version.js';
import {commandTable} from './command-table.js';
import type {Invocation} from './invocation.js';

/**
 * What `args` (without the program's name) ask for. Never throws and never exits: what is wrong comes back as `misuse`,
 * one sentence. `notice` is what a screen tells first.
 */
export const parseCommandLine = async (
  args: readonly string[],
  columns: number,
  settings: Settings = defaultSettings,
  notice?: string,
): Promise<Invocation> => {
  let invocation: Invocation | undefined;
  let misuse: string | undefined;
  const parser = yargs([...args])
    .scriptName('zentop')
    .usage('$0: watch a ZenML pipeline run')
    .version(version)
    .help()
    .alias({h: 'help', V: 'version'})
    .strict()
    .wrap(Math.min(100, columns) - 1)
    .exitProcess(false)
    .fail((message, error) => {
      misuse ??= message || error.message;
    });
  for (const command of commandTable) {
    command.addTo(parser, settings, asked => {
      invocation = 'watch' in asked ? {...asked, watch: {...asked.watch, notice}} : asked;
    });
  }

  let printed = '';
  try {
    await parser.parse([...args], {}, (_error, _argv, output) => {
      printed = output;
    });
  } catch (error) {
    misuse ??= error instanceof Error ? error.message : String(error);
  }

  if (misuse !== undefined) {
    return {command: 'misuse', what: formatMisuse(misuse)};
  }

  return invocation ?? {command: 'print', text: simplifyHelp(printed)};
};

const formatMisuse = (message: string): string => {
  const text = rewordParserMessage(message.trim()).replace(/\s*\n\s*/g, ' ');
  return /[.!?]$/.test(text) ? text : `${text}.`;
};

/** What the parser says of an option or an argument, as it is said elsewhere. */
const rewordParserMessage = (message: string): string =>
  message
    .replace(/^Not enough arguments following: (\S+)$/, '--$1 takes a value')
    .replace(
      /^Not enough non-option arguments: got (\d+), need at least (\d+)$/,
      'Needed are $2 arguments, and there are $1',
    )
    .replace(/^Needed are 1 arguments, and there are 0$/, 'An argument is missing')
    .replace(
      /^Invalid values:\s*Argument: (\S+), Given: "([^"]*)", Choices: (.*)$/s,
      (_, name: string, given: string, choices: string) => {
        const words = [...new Set(choices.split(', ').map(word => word.replaceAll('"', '')))];
        return `${name === 'shell' ? 'SHELL' : `--${name}`} is one of ${words.join(', ')}, not “${given}”`;
      },
    );

/** What a switch is needs no saying, and a space belongs before what does. */
const simplifyHelp = (help: string): string =>
  help
    .replace(/\s*\[boolean\](?: \[default: \w+\])?/g, '')
    .replace(/\s*\[default\]/g, '')
    .replace(/(\S)\[(?=string|number|choices)/g, '$1 [');
