import type {Options} from 'yargs';
import {getHelpSections} from '../../keymap/help.js';
import {settingDescriptions} from '../../settings/settings.js';
import {type CommandDescription, formatUsage} from '../commands/command-definition.js';
import {formatOptionMeaning, formatOptionTerm, formatSentence} from '../commands/option-descriptions.js';
import {environmentVariables, exitCodes, settingsFiles} from './entries.js';
import {
  formatDefinition,
  formatPageHead,
  formatParagraph,
  formatSection,
  formatSubsection,
  formatVerbatim,
} from './roff.js';

/** Builds the manual page from the tables of commands and keys. `revised`: the ISO 8601 date of the last revision. */
export const buildManualPage = (table: readonly CommandDescription[], version: string, revised: string): string =>
  `${[
    formatPageHead('zentop', version, revised),
    formatSection('NAME', 'zentop \\- watch ZenML pipeline runs in the terminal'),
    formatSection('SYNOPSIS', formatVerbatim(table.map(formatSynopsis))),
    formatSection(
      'DESCRIPTION',
      formatParagraph(
        'Shows a run live, lets you drill into any step with the keyboard, and reports the result to scripts.',
      ),
      formatParagraph(
        'Quitting zentop never affects the run; nothing is changed on the server without confirmation. zentop uses the server and the credentials of `zenml login`, unless options or environment variables specify others.',
      ),
    ),
    formatSection(
      'COMMANDS',
      ...table.map((command, index) => buildCommandSection(command, collectPreviousOptions(table, index))),
    ),
    formatSection(
      'KEYS',
      ...getHelpSections().map(({title, entries}) =>
        formatSubsection(title, ...entries.map(({keys, title: meaning}) => formatDefinition(keys, meaning))),
      ),
    ),
    formatSection('EXIT STATUS', ...exitCodes.map(([code, meaning]) => formatDefinition(code, meaning))),
    formatSection('ENVIRONMENT', ...environmentVariables.map(([name, meaning]) => formatDefinition(name, meaning))),
    formatSection(
      'SETTINGS',
      formatParagraph('Settings in config.yaml (name: value):'),
      ...Object.entries(settingDescriptions).map(([name, takes]) => formatDefinition(name, formatSentence(takes))),
      formatParagraph('`zentop config --keys` lists the key bindings you can change.'),
    ),
    formatSection('FILES', ...settingsFiles.map(([path, meaning]) => formatDefinition(path, meaning))),
    formatSection('SEE ALSO', formatParagraph('https://docs.zenml.io')),
  ].join('\n')}\n`;

const formatSynopsis = (command: CommandDescription): string =>
  formatUsage(command) + (Object.keys(command.options).length > 0 ? ' [OPTION...]' : '');

const collectPreviousOptions = (table: readonly CommandDescription[], index: number): ReadonlySet<Options> =>
  new Set(table.slice(0, index).flatMap(({options}) => Object.values(options)));

/** An option that a previous command has, too, is only named. */
const buildCommandSection = (command: CommandDescription, known: ReadonlySet<Options>): string => {
  const {positionals, options, examples, describe} = command;
  const all = Object.entries(options);
  const repeatedTerms = all
    .filter(([, option]) => known.has(option))
    .map(([name, option]) => formatOptionTerm(name, option));
  return [
    formatSubsection(formatSynopsis(command), formatParagraph(formatSentence(describe))),
    ...Object.entries(positionals).map(([name, option]) =>
      formatDefinition(name.toUpperCase(), formatOptionMeaning(option)),
    ),
    ...all
      .filter(([, option]) => !known.has(option))
      .map(([name, option]) => formatDefinition(formatOptionTerm(name, option), formatOptionMeaning(option))),
    ...(repeatedTerms.length === 0 ? [] : [formatParagraph(`Also accepts: ${repeatedTerms.join(', ')}.`)]),
    formatParagraph('Examples:'),
    ...examples.map(([typed, meaning]) => formatDefinition(`zentop ${typed}`.trim(), formatSentence(meaning))),
  ].join('\n');
};
