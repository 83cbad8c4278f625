import type {ArgumentsCamelCase, Argv, InferredOptionTypes, Options, PositionalOptions} from 'yargs';
import type {Settings} from '../../settings/settings.js';
import type {Invocation} from './invocation.js';
import {separator} from './parser-strings.js';

export type OptionTable = Readonly<Record<string, Options>>;
type PositionalTable = Readonly<Record<string, PositionalOptions>>;

/** A command as help, the manual and completion describe it. */
export type CommandDescription = {
  /** The command as it is typed, `$0` for the program alone: `logs <run> <step>`. */
  readonly usage: string;
  readonly describe: string;
  /** What is typed after `zentop`, and what that does. */
  readonly examples: readonly (readonly [typed: string, meaning: string])[];
  readonly positionals: PositionalTable;
  readonly options: OptionTable;
};

export type CommandDefinition = CommandDescription & {
  /** Adds the command to the parser, which then calls `onParsed`, or throws a user-facing error if an argument is invalid. */
  readonly addTo: (parser: Argv, settings: Settings, onParsed: (invocation: Invocation) => void) => void;
};

/** The command's name; `$0` for the default command. */
export const getCommandName = ({usage}: CommandDescription): string => usage.split(' ')[0] ?? '';

/** How the command is typed, without options: `zentop logs RUN STEP`. */
export const formatUsage = ({usage}: CommandDescription): string =>
  `zentop ${usage
    .replace(/^\$0 ?/, '')
    .replace(/[<[](\w+)[\]>]/g, (whole, name: string) =>
      whole.startsWith('[') ? `[${name.toUpperCase()}]` : name.toUpperCase(),
    )}`.trim();

/** The arguments as yargs returns them: also under their names in camel case. */
type Arguments<T extends OptionTable> = ArgumentsCamelCase<Omit<object, keyof T> & InferredOptionTypes<T>>;

type Definition<P extends PositionalTable, O extends OptionTable> = CommandDescription & {
  readonly positionals: P;
  readonly options: O;
  readonly parse: (argv: Arguments<P & O>, settings: Settings) => Invocation;
};

/** Defines a command as data, with `parse` to turn its arguments into an invocation. */
export const defineCommand = <const P extends PositionalTable, const O extends OptionTable>({
  parse,
  ...description
}: Definition<P, O>): CommandDefinition => ({
  ...description,
  addTo: (parser, settings, onParsed) => {
    const {usage, describe, examples, positionals, options} = description;
    parser.command(
      usage,
      describe,
      command => {
        for (const [name, positional] of Object.entries(positionals)) {
          command.positional(name, positional);
        }

        command.example(examples.map(([typed, meaning]): [string, string] => [`$0 ${typed}`.trim(), meaning]));
        return command.options<P & O>({
          ...takeLastValues(withoutChoices(positionals), rejectEmptyArgument),
          ...takeLastValues(options, rejectEmptyValue),
        });
      },
      argv => {
        const invocation = parse(argv, settings);
        onParsed(typeof argv['log'] === 'string' ? {...invocation, log: argv['log']} : invocation);
      },
    );
  },
});

/**
 * If an option other than a list is repeated, its last value counts; `duplicate-arguments-array: false` would also keep only
 * the last `--status`. `check` may throw.
 */
const takeLastValues = <T extends OptionTable>(options: T, check: (name: string, value: unknown) => void): T => {
  const entries = Object.entries(options).map(([name, option]) => {
    const coerce = (values: unknown): unknown => {
      const value = takeLast(values);
      check(name, value);
      return value;
    };
    return [name, isList(option) ? option : {...option, coerce}];
  });
  return Object.fromEntries(entries) as T;
};

/** The parser already has the choices of positionals; given again as options, they would be listed twice. */
const withoutChoices = <T extends PositionalTable>(positionals: T): T =>
  Object.fromEntries(Object.entries(positionals).map(([name, {choices: _, ...rest}]) => [name, rest])) as T;

/** An empty value is nearly always an unset variable of a script: `--pipeline "$NAME"`. */
const rejectEmptyValue = (name: string, value: unknown): void => {
  if (typeof value === 'string' && value.trim() === '') {
    throw new Error(`${separator}no-value${separator}${name}`);
  }
};

/** `zentop "$RUN"` with an unset variable would list all runs. Only an answer may be empty. */
const rejectEmptyArgument = (name: string, value: unknown): void => {
  if (typeof value === 'string' && value.trim() === '' && name !== 'value') {
    throw new Error(`${separator}empty${separator}${name}`);
  }
};

const isList = ({array}: Options): boolean => array === true;

const takeLast = (value: unknown): unknown => (Array.isArray(value) ? value.at(-1) : value);
