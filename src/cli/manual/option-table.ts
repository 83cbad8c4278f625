import type {Options} from 'yargs';
import type {CommandTexts} from '../command/command-definition.js';
import {meaningOf, termOf} from './option-texts.js';

/** Every option in a table of Markdown: how it is typed, of which commands it is, what it means. */
export const optionTable = (table: readonly CommandTexts[]): string => {
  const named = table.flatMap(({options}) => Object.entries(options));
  const seen = new Set<Options>();
  const once = named.filter(([, option]) => !seen.has(option) && seen.add(option));
  return [
    '| option | of | |',
    '| --- | --- | --- |',
    ...once.map(([name, option]) => {
      const commands = table.filter(({options}) => options[name] === option).map(shortName);
      return `| \`${termOf(name, option)}\` | ${commands.join(', ')} | ${cell(meaningOf(option))} |`;
    }),
  ].join('\n');
};

const shortName = ({usage}: CommandTexts): string => (usage.startsWith('$0') ? 'zentop' : (usage.split(' ')[0] ?? ''));

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('*', '\\*');
