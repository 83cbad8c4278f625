import {getHelpSections} from './help.js';

const escapeCell = (text: string): string => text.replaceAll('|', '\\|');
const formatKeyList = (keys: string): string =>
  keys
    .split(' ')
    .map(key => `\`${escapeCell(key)}\``)
    .join(' ');

/** The key tables of docs/keys.md, in Markdown: one for each section of help. */
export const formatKeyTables = (): string =>
  getHelpSections()
    .map(({title, entries}) =>
      [
        `| ${title} | |`,
        '| --- | --- |',
        ...entries.map(entry => `| ${formatKeyList(entry.keys)} | ${escapeCell(entry.title)} |`),
      ].join('\n'),
    )
    .join('\n\n');
