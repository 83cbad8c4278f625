import type {ArgumentsCamelCase, Argv, InferredOptionTypes, Options, PositionalOptions} from 'yargs';
import type {Settings} from '../../settings/settings.js';
import type {Invocation} from './invocation.js';

export type OptionTable = Readonly<Record<string, Options>>;
export type PositionalTable = Readonly<Record<string, PositionalOptions>>;

/** What help, the manual and completion say of a command. */
export type CommandDescription = {
  /** As it is typed, `$0` for the program alone: `logs <run> <step>`. */
  readonly usage: string;
  readonly describe: string;
  /** What is typed after `zentop`, and what comes of it. */
  readonly examples: readonly (readonly [typed: string, meaning: string])[];
  readonly positionals: PositionalTable;
  readonly options: OptionTable;
};

export type CommandDefinition = CommandDescription & {
  /** Makes the parser understand the command; `onAsked` gets what it asks for. What is wrong throws a sentence. */
  readonly addTo: (parser: Argv, settings: Settings, onAsked: (invocation: Invocation) => void) => void;
};

/** As yargs hands them over: under the names as they are, too. */
type Arguments<T extends OptionTable> = ArgumentsCamelCase<Omit<object, keyof T> & InferredOptionTypes<T>>;

type Definition<P extends PositionalTable, O extends OptionTable> = CommandDescription & {
  readonly positionals: P;
  readonly options: O;
  readonly parse: (argv: Arguments<P & O>, settings: Settings) => Invocation;
};

/** A command as data, but for what its arguments ask for. */
export const defineCommand = <const P extends PositionalTable, const O extends OptionTable>({
  parse: invocationOf,
  ...texts
}: Definition<P, O>): CommandDefinition => ({
  ...texts,
  addTo: (parser, settings, onAsked) => {
    const {usage, describe, examples, positionals, options} = texts;
    parser.command(
      usage,
      describe,
      command => {
        for (const [name, positional] of Object.entries(positionals)) {
          command.positional(name, positional);
        }

        command.example(examples.map(([typed, meaning]): [string, string] => [`$0 ${typed}`.trim(), meaning]));
        return command.options<P & O>({...positionals, ...options});
      },
      argv => onAsked(invocationOf(argv, settings)),
    );
  },
});
