import type {Options, PositionalOptions} from 'yargs';
import {helpSections} from '../../keymap/help.js';
import type {CommandTexts} from '../command/command-definition.js';
import {environment, exitCodes, files} from './facts.js';
import {definition, pageHead, paragraph, section, subsection, verbatim} from './roff.js';

/** The manual page of the program, made from what the parser and the keys are made from. */
export const manualPage = (table: readonly CommandTexts[], version: string): string =>
  `${[
    pageHead('zentop', version),
    section('NAME', 'zentop \\- watch ZenML pipeline runs in the terminal'),
    section('SYNOPSIS', verbatim(table.map(typedUsage))),
    section(
      'DESCRIPTION',
      paragraph('Shows a run live, lets you drill into any step with the keyboard, and tells scripts how it went.'),
      paragraph('It only reads: leaving it never touches the run. Who has run `zenml login` is signed in.'),
    ),
    section('COMMANDS', ...table.map(commandPart)),
    section(
      'KEYS',
      ...helpSections.map(({title, entries}) =>
        subsection(title, ...entries.map(({keys, title: meaning}) => definition(keys, meaning))),
      ),
    ),
    section('EXIT STATUS', ...exitCodes.map(([code, meaning]) => definition(code, meaning))),
    section('ENVIRONMENT', ...environment.map(([name, meaning]) => definition(name, meaning))),
    section('FILES', ...files.map(([path, meaning]) => definition(path, meaning))),
    section('SEE ALSO', paragraph('zenml(1), https://docs.zenml.io')),
  ].join('\n')}\n`;

const typedUsage = ({usage, options}: CommandTexts): string => {
  const words = usage
    .replace(/^\$0 ?/, '')
    .replace(/[<[](\w+)[\]>]/g, (whole, name: string) =>
      whole.startsWith('[') ? `[${name.toUpperCase()}]` : name.toUpperCase(),
    );
  return ['zentop', words, Object.keys(options).length > 0 ? '[OPTION...]' : ''].filter(word => word !== '').join(' ');
};

const commandPart = (command: CommandTexts): string => {
  const {positionals, options, examples, describe} = command;
  return [
    subsection(typedUsage(command), paragraph(sentence(describe))),
    ...Object.entries(positionals).map(([name, option]) => definition(name.toUpperCase(), meaningOf(option))),
    ...Object.entries(options).map(([name, option]) => definition(termOf(name, option), meaningOf(option))),
    paragraph('For instance:'),
    ...examples.map(([typed, meaning]) => definition(`zentop ${typed}`.trim(), sentence(meaning))),
  ].join('\n');
};

const termOf = (name: string, {type, default: byDefault, alias}: Options): string => {
  if (type === 'boolean') {
    const long = byDefault === true ? `--no-${name}` : `--${name}`;
    return [...[alias ?? []].flat().map(letter => `-${letter}`), long].join(', ');
  }

  return `--${name} ${type === 'number' ? 'NUMBER' : 'VALUE'}`;
};

const meaningOf = ({describe, choices, type, default: byDefault}: Options | PositionalOptions): string => {
  const told = ended(describe ?? '');
  const among = choices === undefined ? '' : ` One of ${[choices].flat().join(', ')}.`;
  const unless = byDefault === undefined || type === 'boolean' ? '' : ` Unless given: ${String(byDefault)}.`;
  return `${told}${among}${unless}`;
};

const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

const sentence = (text: string): string => ended(text.charAt(0).toUpperCase() + text.slice(1));
