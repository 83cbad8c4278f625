import {findClosestWord} from './closest-word.js';
import {type CommandDescription, formatUsage, getCommandName, type OptionTable} from './command-definition.js';
import {formatOptionTerm} from './option-descriptions.js';
import {separator} from './parser-strings.js';

type Misuse = {readonly message: string; readonly hint: string};

/**
 * Explains why a command line cannot be parsed. `text` is a message of the parser (see `parserStrings`), or that of an
 * error thrown while an option was parsed.
 */
export const explainMisuse = (text: string, args: readonly string[], table: readonly CommandDescription[]): Misuse => {
  const command = findCommand(args, table);
  const [sentence = '', kind, ...values] = text.trim().split(separator);
  const message =
    kind === undefined ? sentence.replace(/\s*\n\s*/g, ' ') : explain(kind, values, {args, command, table});
  return {
    message: /[.!?]$| Usage: /.test(message) ? message : `${message}.`,
    hint: `Run \`${formatHelpLine(command)}\` for usage.`,
  };
};

type Context = {
  readonly args: readonly string[];
  readonly command: CommandDescription | undefined;
  readonly table: readonly CommandDescription[];
};

const explain = (kind: string, values: readonly string[], context: Context): string => {
  const [first = '', second = '', third = ''] = values;
  switch (kind) {
    case 'no-value':
      return explainMissingValue(first, context.command?.options ?? {});

    case 'empty':
      return `${first.toUpperCase()} is empty. Usage: ${context.command ? formatUsage(context.command) : 'zentop'}`;

    case 'missing':
      return explainMissingArgument(Number(first), context.command);

    case 'choice':
      return explainWrongChoice(first, parseList(second), parseList(third));

    default:
      return explainUnknown(first.split(', '), context);
  }
};

/** The command that was typed; the default command if there is none. */
const findCommand = (args: readonly string[], table: readonly CommandDescription[]): CommandDescription | undefined => {
  const first = args.find(arg => !arg.startsWith('-'));
  return table.find(command => getCommandName(command) === first) ?? table[0];
};

const formatHelpLine = (command: CommandDescription | undefined): string => {
  const name = command === undefined ? '$0' : getCommandName(command);
  return name === '$0' ? 'zentop --help' : `zentop ${name} --help`;
};

const explainMissingValue = (name: string, options: OptionTable): string => {
  const option = options[name] ?? {};
  const choices = [option.choices ?? []].flat();
  const expectedValue = choices.length === 0 ? formatOptionTerm(name, option) : choices.join(', ');
  return `--${name} needs a value: ${expectedValue}`;
};

const explainMissingArgument = (given: number, command: CommandDescription | undefined): string => {
  const missing = Object.keys(command?.positionals ?? {})[given] ?? 'argument';
  const usage = command === undefined ? '' : `. Usage: ${formatUsage(command)}`;
  return `Missing argument ${missing.toUpperCase()}${usage}`;
};

const explainWrongChoice = (name: string, given: readonly string[], choices: readonly string[]): string => {
  const value = `“${given.at(-1) ?? ''}”`;
  const subject = name === 'shell' ? `Unsupported shell ${value}` : `Invalid value ${value} for --${name}`;
  return `${subject}. Choose from: ${[...new Set(choices)].join(', ')}`;
};

/** The parser prints values as JSON, separated by commas. */
const parseList = (text: string): readonly string[] => {
  const values: unknown = JSON.parse(`[${text}]`);
  return Array.isArray(values) ? values.map(String) : [];
};

const explainUnknown = (names: readonly string[], {args, command, table}: Context): string => {
  const [name = ''] = names;
  const isOption = args.some(
    arg => arg.replace(/=.*$/s, '').replace(/^--?(?:no-)?/, '') === name && arg.startsWith('-'),
  );
  if (!isOption) {
    return explainUnknownArgument(name, args, table);
  }

  const dashes = name.length === 1 ? '-' : '--';
  const closest = findClosestWord(name, [...Object.keys(command?.options ?? {}), 'help', 'version']);
  return `Unknown option ${dashes}${name}.${suggestOption(name, closest)}`;
};

const suggestOption = (name: string, closest: string | undefined): string => {
  if (name === 'api-key') {
    return ' Put the key in a file and use --api-key-file FILE.';
  }

  return closest === undefined ? '' : ` Did you mean --${closest}?`;
};

/** The parser takes a misspelled command for a run, and complains about the next argument. */
const explainUnknownArgument = (
  argument: string,
  args: readonly string[],
  table: readonly CommandDescription[],
): string => {
  const first = args.find(arg => !arg.startsWith('-')) ?? '';
  const closest = findClosestWord(first, table.slice(1).map(getCommandName));
  return closest === undefined || closest === first
    ? `Unexpected argument “${argument}”`
    : `Unknown command “${first}”. Did you mean \`zentop ${closest}\`?`;
};
