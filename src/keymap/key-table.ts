import {places} from './command.js';
import {helpSection} from './help.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (keys: string): string =>
  keys
    .split(' ')
    .map(key => `\`${cell(key)}\``)
    .join(' ');

/** The README's tables of keys, in Markdown: one for each place. */
export const keyTables = (): string =>
  places
    .map(helpSection)
    .map(({title, entries}) =>
      [`| ${title} | |`, '| --- | --- |', ...entries.map(({keys, title}) => `| ${code(keys)} | ${cell(title)} |`)].join(
        '\n',
      ),
    )
    .join('\n\n');
