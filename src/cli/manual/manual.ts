import type {Options} from 'yargs';
import {helpSections} from '../../keymap/help.js';
import {settingTexts} from '../../settings/setting-texts.js';
import type {CommandTexts} from '../command/command-definition.js';
import {environment, exitCodes, files} from './facts.js';
import {meaningOf, sentence, termOf} from './option-texts.js';
import {definition, pageHead, paragraph, section, subsection, verbatim} from './roff.js';

const revised = '2026-11-24';

/** The manual page of the program, made from what the parser and the keys are made from. */
export const manualPage = (table: readonly CommandTexts[], version: string): string =>
  `${[
    pageHead('zentop', version, revised),
    section('NAME', 'zentop \\- watch ZenML pipeline runs in the terminal'),
    section('SYNOPSIS', verbatim(table.map(typedUsage))),
    section(
      'DESCRIPTION',
      paragraph('Shows a run live, lets you drill into any step with the keyboard, and tells scripts how it went.'),
      paragraph('It only reads: leaving it never touches the run. Who has run `zenml login` is signed in.'),
    ),
    section('COMMANDS', ...table.map((command, index) => commandPart(command, optionsBefore(table, index)))),
    section(
      'KEYS',
      ...helpSections.map(({title, entries}) =>
        subsection(title, ...entries.map(({keys, title: meaning}) => definition(keys, meaning))),
      ),
    ),
    section('EXIT STATUS', ...exitCodes.map(([code, meaning]) => definition(code, meaning))),
    section('ENVIRONMENT', ...environment.map(([name, meaning]) => definition(name, meaning))),
    section(
      'SETTINGS',
      paragraph('What may stand in the file of settings, as `name: value`:'),
      ...Object.entries(settingTexts).map(([name, takes]) => definition(name, sentence(takes))),
      paragraph('`zentop config --keys` prints the commands that can be given other keys.'),
    ),
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

const optionsBefore = (table: readonly CommandTexts[], index: number): ReadonlySet<Options> =>
  new Set(table.slice(0, index).flatMap(({options}) => Object.values(options)));

/** An option that a command before has, too, is only named. */
const commandPart = (command: CommandTexts, known: ReadonlySet<Options>): string => {
  const {positionals, options, examples, describe} = command;
  const all = Object.entries(options);
  const again = all.filter(([, option]) => known.has(option)).map(([name, option]) => termOf(name, option));
  return [
    subsection(typedUsage(command), paragraph(sentence(describe))),
    ...Object.entries(positionals).map(([name, option]) => definition(name.toUpperCase(), meaningOf(option))),
    ...all
      .filter(([, option]) => !known.has(option))
      .map(([name, option]) => definition(termOf(name, option), meaningOf(option))),
    ...(again.length === 0 ? [] : [paragraph(`As above: ${again.join(', ')}.`)]),
    paragraph('For instance:'),
    ...examples.map(([typed, meaning]) => definition(`zentop ${typed}`.trim(), sentence(meaning))),
  ].join('\n');
};
