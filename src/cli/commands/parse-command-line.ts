import yargs from 'yargs';
import {defaultSettings, type Settings} from '../../settings/settings.js';
import {version} from '../printing/version.js';
import {findClosestWord} from './closest-word.js';
import {getCommandName} from './command-definition.js';
import {commandTable} from './command-table.js';
import type {Invocation} from './invocation.js';
import {explainMisuse} from './misuse.js';
import {findSwitchWithValue, normalizeArguments} from './normalize-arguments.js';
import {parserStrings} from './parser-strings.js';

/**
 * Parses the arguments after the program's name. Never throws and never exits: errors are returned as `misuse`. `notice` is
 * shown when a screen opens.
 */
export const parseCommandLine = async (
  typedArgs: readonly string[],
  columns: number,
  settings: Settings = defaultSettings,
  notice?: string,
): Promise<Invocation> => {
  const args = normalizeArguments(typedArgs, commandTable);
  const wrongSwitch = findSwitchWithValue(args, commandTable);
  let invocation: Invocation | undefined;
  let misuse = wrongSwitch === undefined ? undefined : `${wrongSwitch} does not take a value`;
  const parser = yargs([...args])
    .scriptName('zentop')
    .usage('Usage: $0 [COMMAND|RUN] [OPTIONS]\n\nWatch ZenML pipeline runs in the terminal.')
    .updateStrings(parserStrings as object as Record<string, string>)
    .version(version)
    .help()
    .alias({h: 'help', V: 'version'})
    .strict()
    .wrap(Math.min(100, columns) - 1)
    .exitProcess(false)
    .fail((message, error) => {
      misuse ??= message || error.message;
    });
  const commandNames = commandTable.slice(1).map(getCommandName);
  for (const command of commandTable) {
    command.addTo(parser, settings, parsed => {
      const invocationWithNotice = 'watch' in parsed ? {...parsed, watch: {...parsed.watch, notice}} : parsed;
      invocation =
        invocationWithNotice.command === 'watch'
          ? {...invocationWithNotice, similarCommand: findClosestWord(invocationWithNotice.run ?? '', commandNames)}
          : invocationWithNotice;
    });
  }

  let printedText = '';
  try {
    await parser.parse([...args], {}, (_error, _argv, output) => {
      printedText = output;
    });
  } catch (error) {
    misuse ??= error instanceof Error ? error.message : String(error);
  }

  if (misuse !== undefined) {
    return {command: 'misuse', ...explainMisuse(misuse, args, commandTable)};
  }

  return invocation ?? {command: 'print', text: simplifyHelp(printedText)};
};

/**
 * Removes the type and default of switches and the mark of the default command, puts a space before other types, and shows switches
 * that are on by default as `--no-…`.
 */
const simplifyHelp = (help: string): string =>
  help
    .replace(/\s*\[boolean\](?: \[default: \w+\])?/g, '')
    .replace(/\s*\[default\]/g, '')
    .replace(/(\S)\[(?=string|number|choices)/g, '$1 [')
    .replace(/--([\w-]+)( +)--no-\1: /g, (_, name: string, gap: string) => `--no-${name}${gap.slice(3) || ' '}`);
