import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** What a module of the program says of itself: loaded from source, since the README is made from the same tables. */
const load = async path => {
  const {outputFiles} = await build({entryPoints: [path], bundle: true, write: false, platform: 'node', format: 'esm'});
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
};

const {keyTables} = await load('src/keymap/key-table.ts');
const parts = {keys: keyTables()};

const written = Object.entries(parts).reduce(
  (text, [name, part]) =>
    text.replace(
      new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
      (_, start, end) => `${start}${part.trim()}\n${end}`,
    ),
  readFileSync('README.md', 'utf8'),
);
writeFileSync('README.md', written);
