import {scenarios} from '../../demo/scenarios/catalog.js';
import {statuses} from '../../domain/status.js';
import {type CommandDescription, getCommandName, type OptionTable} from '../commands/command-definition.js';
import {type PartialCommandLine, parsePartialCommandLine} from './partial-command-line.js';

export type Completion = {readonly word: string; readonly meaning?: string | undefined};

/** Completions from the server; each function resolves to an empty list if they cannot be fetched. */
export type ServerCompletions = {
  /** The newest runs, each by name and by ID; the ID is shortened unless more of it has been typed. */
  readonly listRuns: (typed: string) => Promise<readonly Completion[]>;
  readonly listPipelines: () => Promise<readonly Completion[]>;
  readonly listProjects: () => Promise<readonly Completion[]>;
  readonly listSteps: (run: string) => Promise<readonly Completion[]>;
};

export type Completions = readonly Completion[] | 'files';

/** Completions of the last of `words` (those after `zentop`); `files`: a file name is expected. */
export const findLineCompletions = async (
  words: readonly string[],
  table: readonly CommandDescription[],
  createServerCompletions: (valuesByName: PartialCommandLine['valuesByName']) => ServerCompletions,
): Promise<Completions> => {
  const typed = parsePartialCommandLine(words, table);
  if (typed === undefined) {
    return [];
  }

  const {current, prefix} = typed;
  const candidates = await findWantedCompletions(typed, table, createServerCompletions(typed.valuesByName));
  return candidates === 'files'
    ? 'files'
    : candidates
        .filter(({word}) => word.startsWith(current))
        .map(({word, meaning}) => ({word: `${prefix}${word}`, meaning}));
};

const findWantedCompletions = async (
  typed: PartialCommandLine,
  table: readonly CommandDescription[],
  server: ServerCompletions,
): Promise<Completions> => {
  const {command, isDefaultCommand, openOption, positionals, current} = typed;
  if (openOption !== undefined) {
    return findOptionValues(openOption, command.options, server);
  }

  if (current.startsWith('-')) {
    return listOptionCompletions(command);
  }

  const name = Object.keys(command.positionals)[positionals.length];
  const argumentValues = name === undefined ? [] : await findArgumentValues(name, typed, server);
  const commands = isDefaultCommand && positionals.length === 0 ? listCommandCompletions(table) : [];
  return argumentValues === 'files' ? 'files' : [...commands, ...argumentValues];
};

const createCompletions = (words: readonly unknown[]): readonly Completion[] =>
  words.map(word => ({word: String(word)}));

const findOptionValues = async (
  name: string,
  options: OptionTable,
  server: ServerCompletions,
): Promise<Completions> => {
  switch (name) {
    case 'pipeline':
      return server.listPipelines();

    case 'project':
      return server.listProjects();

    case 'status':
      return createCompletions(statuses);

    case 'user':
      return [{word: 'me', meaning: 'your own runs'}];

    case 'log':
    case 'record':
    case 'api-key-file':
      return 'files';

    default:
      return createCompletions([options[name]?.choices ?? []].flat());
  }
};

const findArgumentValues = async (
  name: string,
  typed: PartialCommandLine,
  server: ServerCompletions,
): Promise<Completions> => {
  switch (name) {
    case 'run':
      return [{word: 'latest', meaning: 'newest run'}, ...(await server.listRuns(typed.current))];

    case 'step':
      return server.listSteps(typed.positionals[0] ?? '');

    case 'scenario':
      return scenarios.map(({name: word, description}) => ({word, meaning: description}));

    case 'file':
      return 'files';

    default:
      return createCompletions([typed.command.positionals[name]?.choices ?? []].flat());
  }
};

const listCommandCompletions = (table: readonly CommandDescription[]): readonly Completion[] =>
  table.slice(1).map(command => ({word: getCommandName(command), meaning: command.describe}));

/** An option that is on by default is offered in the form that turns it off; long forms come first. */
const listOptionCompletions = ({options}: CommandDescription): readonly Completion[] => {
  const long = Object.entries(options).map(([name, {type, default: defaultValue, describe}]) => ({
    word: type === 'boolean' && defaultValue === true ? `--no-${name}` : `--${name}`,
    meaning: describe?.replace(/^--no-[\w-]+: /, ''),
  }));
  const short = Object.values(options).flatMap(({alias, describe}) =>
    [alias ?? []].flat().map(letter => ({word: `-${letter}`, meaning: describe})),
  );
  return [...long, ...generalOptions, ...short, ...generalShortOptions];
};

const generalOptions: readonly Completion[] = [
  {word: '--help', meaning: 'show help'},
  {word: '--version', meaning: 'show version'},
];

const generalShortOptions: readonly Completion[] = [
  {word: '-h', meaning: 'show help'},
  {word: '-V', meaning: 'show version'},
];
