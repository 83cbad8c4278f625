import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {loadSource} from './load-source.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const {keyTables} = await loadSource('src/keymap/key-table.ts');
const {optionTable} = await loadSource('src/cli/manual/option-table.ts');
const {commandTable} = await loadSource('src/cli/command/command-table.ts');
const parts = {keys: keyTables(), options: optionTable(commandTable)};

const written = Object.entries(parts).reduce(
  (text, [name, part]) =>
    text.replace(
      new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
      (_, start, end) => `${start}${part.trim()}\n${end}`,
    ),
  readFileSync('README.md', 'utf8'),
);
writeFileSync('README.md', written);
