import {scenarios} from '../../demo/scenarios/catalogue.js';
import {statuses} from '../../domain/status.js';
import type {CommandTexts, OptionTable} from '../command/command-definition.js';
import {commandName, readTypedWords, type TypedWords} from './typed-words.js';

export type Candidate = {readonly word: string; readonly meaning?: string | undefined};

/** What only the server knows; each answers at its leisure, and nothing where it cannot. */
export type ServerWords = {
  /** Whose name or id begins so. */
  readonly runs: (beginning: string) => Promise<readonly Candidate[]>;
  readonly pipelines: () => Promise<readonly Candidate[]>;
  readonly projects: () => Promise<readonly Candidate[]>;
  readonly steps: (run: string) => Promise<readonly Candidate[]>;
};

export type Candidates = readonly Candidate[] | 'files';

/** What the last of `words` (those after `zentop`) may become; `files`: the name of a file is wanted. */
export const candidatesFor = async (
  words: readonly string[],
  table: readonly CommandTexts[],
  askServer: (values: TypedWords['values']) => ServerWords,
): Promise<Candidates> => {
  const typed = readTypedWords(words, table);
  if (typed === undefined) {
    return [];
  }

  const {current, lead} = typed;
  const candidates = await wantedBy(typed, table, askServer(typed.values));
  return candidates === 'files'
    ? 'files'
    : candidates
        .filter(({word}) => word.startsWith(current))
        .map(({word, meaning}) => ({word: `${lead}${word}`, meaning}));
};

const wantedBy = async (
  typed: TypedWords,
  table: readonly CommandTexts[],
  server: ServerWords,
): Promise<Candidates> => {
  const {command, isDefaultCommand, openOption, positionals, current} = typed;
  if (openOption !== undefined) {
    return valuesOf(openOption, command.options, server);
  }

  if (current.startsWith('-')) {
    return optionsOf(command);
  }

  const name = Object.keys(command.positionals)[positionals.length];
  const named = name === undefined ? [] : await argumentsOf(name, typed, server);
  const commands = isDefaultCommand && positionals.length === 0 ? commandsOf(table) : [];
  return named === 'files' ? 'files' : [...commands, ...named];
};

const plain = (words: readonly unknown[]): readonly Candidate[] => words.map(word => ({word: String(word)}));

const valuesOf = async (name: string, options: OptionTable, server: ServerWords): Promise<Candidates> => {
  switch (name) {
    case 'pipeline':
      return server.pipelines();

    case 'project':
      return server.projects();

    case 'status':
      return plain(statuses);

    case 'record':
    case 'api-key-file':
      return 'files';

    default:
      return plain([options[name]?.choices ?? []].flat());
  }
};

const argumentsOf = async (name: string, typed: TypedWords, server: ServerWords): Promise<Candidates> => {
  switch (name) {
    case 'run':
      return [{word: 'latest', meaning: 'the newest run'}, ...(await server.runs(typed.current))];

    case 'step':
      return server.steps(typed.positionals[0] ?? '');

    case 'scenario':
      return scenarios.map(({name: word, description}) => ({word, meaning: description}));

    case 'file':
      return 'files';

    default:
      return plain([typed.command.positionals[name]?.choices ?? []].flat());
  }
};

const commandsOf = (table: readonly CommandTexts[]): readonly Candidate[] =>
  table.slice(1).map(command => ({word: commandName(command), meaning: command.describe}));

/** An option that is on unless told is offered as the one that turns it off. */
const optionsOf = ({options}: CommandTexts): readonly Candidate[] => [
  ...Object.entries(options).map(([name, {type, default: byDefault, describe}]) => ({
    word: type === 'boolean' && byDefault === true ? `--no-${name}` : `--${name}`,
    meaning: describe,
  })),
  {word: '--help', meaning: 'what can be asked'},
];
