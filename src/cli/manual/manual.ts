import type {Options} from 'yargs';
import {helpSections} from '../../keymap/help.js';
import {settingDescriptions} from '../../settings/setting-descriptions.js';
import type {CommandDescription} from '../commands/command-definition.js';
import {environmentVariables, exitCodes, settingsFiles} from './entries.js';
import {formatOptionMeaning, formatOptionTerm, formatSentence} from './option-descriptions.js';
import {
  formatDefinition,
  formatPageHead,
  formatParagraph,
  formatSection,
  formatSubsection,
  formatVerbatim,
} from './roff.js';

const revisionDate = '2026-11-24';

/** The manual page of the program, made from what the parser and the keys are made from. */
export const buildManualPage = (table: readonly CommandDescription[], version: string): string =>
  `${[
    formatPageHead('zentop', version, revisionDate),
    formatSection('NAME', 'zentop \\- watch ZenML pipeline runs in the terminal'),
    formatSection('SYNOPSIS', formatVerbatim(table.map(formatUsage))),
    formatSection(
      'DESCRIPTION',
      formatParagraph(
        'Shows a run live, lets you drill into any step with the keyboard, and tells scripts how it went.',
      ),
      formatParagraph('It only reads: leaving it never touches the run. Who has run `zenml login` is signed in.'),
    ),
    formatSection(
      'COMMANDS',
      ...table.map((command, index) => buildCommandSection(command, collectEarlierOptions(table, index))),
    ),
    formatSection(
      'KEYS',
      ...helpSections.map(({title, entries}) =>
        formatSubsection(title, ...entries.map(({keys, title: meaning}) => formatDefinition(keys, meaning))),
      ),
    ),
    formatSection('EXIT STATUS', ...exitCodes.map(([code, meaning]) => formatDefinition(code, meaning))),
    formatSection('ENVIRONMENT', ...environmentVariables.map(([name, meaning]) => formatDefinition(name, meaning))),
    formatSection(
      'SETTINGS',
      formatParagraph('What may stand in the file of settings, as `name: value`:'),
      ...Object.entries(settingDescriptions).map(([name, takes]) => formatDefinition(name, formatSentence(takes))),
      formatParagraph('`zentop config --keys` prints the commands that can be given other keys.'),
    ),
    formatSection('FILES', ...settingsFiles.map(([path, meaning]) => formatDefinition(path, meaning))),
    formatSection('SEE ALSO', formatParagraph('zenml(1), https://docs.zenml.io')),
  ].join('\n')}\n`;

const formatUsage = ({usage, options}: CommandDescription): string => {
  const words = usage
    .replace(/^\$0 ?/, '')
    .replace(/[<[](\w+)[\]>]/g, (whole, name: string) =>
      whole.startsWith('[') ? `[${name.toUpperCase()}]` : name.toUpperCase(),
    );
  return ['zentop', words, Object.keys(options).length > 0 ? '[OPTION...]' : ''].filter(word => word !== '').join(' ');
};

const collectEarlierOptions = (table: readonly CommandDescription[], index: number): ReadonlySet<Options> =>
  new Set(table.slice(0, index).flatMap(({options}) => Object.values(options)));

/** An option that a command before has, too, is only named. */
const buildCommandSection = (command: CommandDescription, known: ReadonlySet<Options>): string => {
  const {positionals, options, examples, describe} = command;
  const all = Object.entries(options);
  const again = all.filter(([, option]) => known.has(option)).map(([name, option]) => formatOptionTerm(name, option));
  return [
    formatSubsection(formatUsage(command), formatParagraph(formatSentence(describe))),
    ...Object.entries(positionals).map(([name, option]) =>
      formatDefinition(name.toUpperCase(), formatOptionMeaning(option)),
    ),
    ...all
      .filter(([, option]) => !known.has(option))
      .map(([name, option]) => formatDefinition(formatOptionTerm(name, option), formatOptionMeaning(option))),
    ...(again.length === 0 ? [] : [formatParagraph(`As above: ${again.join(', ')}.`)]),
    formatParagraph('For instance:'),
    ...examples.map(([typed, meaning]) => formatDefinition(`zentop ${typed}`.trim(), formatSentence(meaning))),
  ].join('\n');
};
