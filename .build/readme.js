import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {loadSource} from './load-source.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const {formatKeyTables} = await loadSource('src/keymap/key-table.ts');
const {buildOptionTable} = await loadSource('src/cli/manual/option-table.ts');
const {commandTable} = await loadSource('src/cli/commands/command-table.ts');
const parts = {keys: formatKeyTables(), options: buildOptionTable(commandTable)};

const written = Object.entries(parts).reduce(
  (text, [name, part]) =>
    text.replace(
      new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
      (_, start, end) => `${start}${part.trim()}\n${end}`,
    ),
  readFileSync('README.md', 'utf8'),
);
writeFileSync('README.md', written);
