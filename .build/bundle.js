import {chmodSync, copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';
import {build} from 'esbuild';
import {licencesOf} from './licences.js';
import {buildOptions} from './options.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const {metafile, outputFiles} = await build({
  ...buildOptions({entry: 'src/cli/main.ts', outfile: 'dist/zentop.cjs'}),
  absWorkingDir: process.cwd(),
  write: false,
}).catch(() => process.exit(1)); // It has said by itself what is wrong.
const [{contents}] = outputFiles;
const compressed = brotliCompressSync(contents);

mkdirSync('dist', {recursive: true});
writeFileSync('dist/zentop.bundle.br', compressed);
copyFileSync('.build/start.js', 'dist/zentop.js');
writeFileSync('dist/LICENSES.txt', licencesOf(metafile));
chmodSync('bin/zentop.js', 0o755);

const kilobytes = ({length}) => `${Math.round(length / 1000)} kB`;
process.stdout.write(`dist/zentop.bundle.br: ${kilobytes(compressed)}, unpacked ${kilobytes(contents)}\n`);
