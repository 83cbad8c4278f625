// npm run readme: updates the tables in docs/keys.md and docs/options.md.
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {loadSource} from './load-source.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const {formatKeyTables} = await loadSource('src/keymap/key-table.ts');
const {buildOptionTable} = await loadSource('src/cli/manual/option-table.ts');
const {commandTable} = await loadSource('src/cli/commands/command-table.ts');
const parts = {keys: formatKeyTables(), options: buildOptionTable(commandTable)};

// `<!-- keys -->` in docs/keys.md marks the part to be replaced.
for (const [name, part] of Object.entries(parts)) {
  const file = `docs/${name}.md`;
  const markedPart = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  const text = readFileSync(file, 'utf8').replace(markedPart, (_, start, end) => `${start}${part.trim()}\n${end}`);
  writeFileSync(file, text);
}
