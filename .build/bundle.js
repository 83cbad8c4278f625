import {chmodSync, statSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {licencesOf} from './licences.js';
import {buildOptions} from './options.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const outfile = 'dist/zentop.js';
const {metafile} = await build(buildOptions({entry: 'src/cli/main.ts', outfile}));
writeFileSync('dist/LICENSES.txt', licencesOf(metafile));
chmodSync('bin/zentop.js', 0o755);
process.stdout.write(`${outfile}: ${Math.round(statSync(outfile).size / 1024)} KB\n`);
