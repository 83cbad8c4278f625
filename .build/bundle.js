import {chmodSync, copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';
import {build} from 'esbuild';
import {licencesOf} from './licences.js';
import {loadSource} from './load-source.js';
import {buildOptions, version} from './options.js';
import {riskyGlobals} from './risky-globals.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const {metafile, outputFiles} = await build({
  ...buildOptions({entry: 'src/cli/main.ts', outfile: 'dist/zentop.cjs'}),
  absWorkingDir: process.cwd(),
  write: false,
}).catch(() => process.exit(1)); // It has said by itself what is wrong.
// What is beyond ASCII is left in regular expressions only, where it means the same when it is escaped.
const escaped = outputFiles[0].text.replace(
  /[^\0-\x7f]/g,
  unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
);
const contents = Buffer.from(escaped, 'latin1');
const compressed = brotliCompressSync(contents);

const risky = riskyGlobals(contents);
if (risky.length > 0) {
  throw new Error(`the program would overwrite what is global: ${risky.join(', ')}`);
}

mkdirSync('dist', {recursive: true});
writeFileSync('dist/zentop.bundle.br', compressed);
copyFileSync('.build/start.js', 'dist/zentop.js');
writeFileSync('dist/LICENSES.txt', licencesOf(metafile));
const {buildManualPage} = await loadSource('src/cli/manual/manual.ts');
const {commandTable} = await loadSource('src/cli/commands/command-table.ts');
writeFileSync('dist/zentop.1', buildManualPage(commandTable, version));
chmodSync('bin/zentop.js', 0o755);

const kilobytes = ({length}) => `${Math.round(length / 1000)} kB`;
process.stdout.write(`dist/zentop.bundle.br: ${kilobytes(compressed)}, unpacked ${kilobytes(contents)}\n`);
