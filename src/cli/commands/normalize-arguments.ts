import {type CommandDescription, getCommandName} from './command-definition.js';

/**
 * Returns the arguments as the parser expects them. The command comes first: in `zentop --ascii demo`, the parser would take `demo`
 * for the value of `--ascii`. `help COMMAND` becomes `COMMAND --help`. Of a repeated numeric option only the last value is left,
 * because the parser takes a 1 for “one more than before”.
 */
export const normalizeArguments = (
  typed: readonly string[],
  table: readonly CommandDescription[],
): readonly string[] => {
  if (typed[0] === 'help') {
    return [...typed.slice(1), '--help'];
  }

  const args = removeEarlierNumbers(typed, table);
  const index = findFirstPositional(args, table);
  const word = args[index];
  return word !== undefined && index > 0 && table.some(command => getCommandName(command) === word)
    ? [word, ...args.slice(0, index), ...args.slice(index + 1)]
    : args;
};

/** Removes each numeric option that is repeated later, with its value: `--limit 5` in `--limit 5 --limit 10`. */
const removeEarlierNumbers = (args: readonly string[], table: readonly CommandDescription[]): readonly string[] => {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const names = args.map((arg, index) => {
    const name = index < end && arg.startsWith('--') ? arg.slice(2).replace(/=.*$/s, '') : '';
    return table.some(({options}) => options[name]?.type === 'number') ? name : '';
  });
  return args.filter((_, index) => {
    const isValue = index > 0 && names[index - 1] !== '' && !(args[index - 1] ?? '').includes('=');
    const optionIndex = isValue ? index - 1 : index;
    const name = names[optionIndex] ?? '';
    return name === '' || names.lastIndexOf(name) === optionIndex;
  });
};

/** The index of the first argument that is neither an option nor its value; -1 if there is none. */
const findFirstPositional = (args: readonly string[], table: readonly CommandDescription[]): number => {
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--') {
      return -1;
    }

    if (!arg.startsWith('-')) {
      return index;
    }

    index += isFollowedByValue(arg, table) ? 1 : 0;
  }

  return -1;
};

const isFollowedByValue = (arg: string, table: readonly CommandDescription[]): boolean =>
  table.some(({options}) => {
    const option = options[arg.replace(/^--?/, '')];
    return option !== undefined && option.type !== 'boolean';
  });

/** Finds a switch that was given a value other than true or false: `--ascii` in `--ascii=maybe`. */
export const findSwitchWithValue = (
  args: readonly string[],
  table: readonly CommandDescription[],
): string | undefined => {
  const end = args.indexOf('--');
  for (const arg of end === -1 ? args : args.slice(0, end)) {
    const [, typed, name = '', value] = /^(--(?:no-)?([\w-]+))=(.*)$/s.exec(arg) ?? [];
    const isSwitch = table.some(({options}) => options[name]?.type === 'boolean');
    if (isSwitch && value !== 'true' && value !== 'false') {
      return typed;
    }
  }

  return undefined;
};
