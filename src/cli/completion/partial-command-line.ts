import {type CommandDescription, getCommandName, type OptionTable} from '../commands/command-definition.js';

/** An unfinished command line, as far as completion needs it. */
export type PartialCommandLine = {
  readonly command: CommandDescription;
  readonly isDefaultCommand: boolean;
  /** Arguments of the command other than options. */
  readonly positionals: readonly string[];
  /** The values of the options before the word being typed, by the option's name. */
  readonly valuesByName: ReadonlyMap<string, string>;
  /** The option whose value is being typed. */
  readonly openOption: string | undefined;
  /** The word being typed, or its part after `=` or a comma; `prefix` is the part before that. */
  readonly current: string;
  readonly prefix: string;
};

/** Parses the words after `zentop`, of which the last is being typed. The first command of `table` is the one without a name. */
export const parsePartialCommandLine = (
  words: readonly string[],
  table: readonly CommandDescription[],
): PartialCommandLine | undefined => {
  const [defaultCommand] = table;
  if (defaultCommand === undefined) {
    return undefined;
  }

  const earlierWords = words.slice(0, -1);
  const last = words.at(-1) ?? '';
  const allOptions: OptionTable = Object.assign({}, ...table.map(({options}) => options));
  const first = parseWords(earlierWords, allOptions).positionals[0];
  const namedCommand = table.find(command => command !== defaultCommand && getCommandName(command) === first);
  const command = namedCommand ?? defaultCommand;
  const parsed = parseWords(earlierWords, {...allOptions, ...command.options});
  const [, assignment = '', option] = /^(--([\w-]+)=)/.exec(last) ?? [];
  const openOption = option ?? parsed.openOption;
  const prefix = assignment + getListPrefix(last.slice(assignment.length), command.options[openOption ?? '']);
  return {
    command,
    isDefaultCommand: namedCommand === undefined,
    positionals: namedCommand === undefined ? parsed.positionals : parsed.positionals.slice(1),
    valuesByName: parsed.valuesByName,
    openOption,
    current: last.slice(prefix.length),
    prefix,
  };
};

/** The values of a list before the last comma. */
const getListPrefix = (value: string, option: OptionTable[string] | undefined): string =>
  option?.array === true ? value.slice(0, value.lastIndexOf(',') + 1) : '';

const parseWords = (words: readonly string[], options: OptionTable) => {
  const positionals: string[] = [];
  const valuesByName = new Map<string, string>();
  let openOption: string | undefined;
  for (const word of words) {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/.exec(word) ?? [];
    if (openOption !== undefined) {
      valuesByName.set(openOption, word);
      openOption = undefined;
    } else if (name === undefined) {
      positionals.push(...(word.startsWith('-') ? [] : [word]));
    } else if (value !== undefined) {
      valuesByName.set(name, value);
    } else {
      openOption = isValueOption(options, name) ? name : undefined;
    }
  }

  return {positionals, valuesByName, openOption};
};

const isValueOption = (options: OptionTable, name: string): boolean => {
  const option = options[name];
  return option !== undefined && option.type !== 'boolean';
};
