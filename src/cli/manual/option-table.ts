import type {Options} from 'yargs';
import type {CommandDescription} from '../commands/command-definition.js';
import {formatOptionMeaning, formatOptionTerm} from '../commands/option-descriptions.js';

/** A Markdown table of all options: how each is typed, its commands, and its description. */
export const buildOptionTable = (table: readonly CommandDescription[]): string => {
  const namedOptions = table.flatMap(({options}) => Object.entries(options));
  const seenOptions = new Set<Options>();
  const uniqueOptions = namedOptions.filter(([, option]) => !seenOptions.has(option) && seenOptions.add(option));
  return [
    '| option | commands | description |',
    '| --- | --- | --- |',
    ...uniqueOptions.map(([name, option]) => {
      const commands = table.filter(({options}) => options[name] === option).map(formatCommandName);
      return `| \`${formatOptionTerm(name, option)}\` | ${commands.join(', ')} | ${escapeCell(formatOptionMeaning(option))} |`;
    }),
  ].join('\n');
};

const formatCommandName = ({usage}: CommandDescription): string =>
  usage.startsWith('$0') ? 'zentop' : (usage.split(' ')[0] ?? '');

const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');
