import {helpSections} from './help.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (keys: string): string =>
  keys
    .split(' ')
    .map(key => `\`${cell(key)}\``)
    .join(' ');

/** The README's tables of keys, in Markdown: one for each place. */
export const keyTables = (): string =>
  helpSections
    .map(({title, entries}) =>
      [
        `| ${title} | |`,
        '| --- | --- |',
        ...entries.map(entry => `| ${code(entry.keys)} | ${cell(entry.title)} |`),
      ].join('\n'),
    )
    .join('\n\n');
