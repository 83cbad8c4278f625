import {chmodSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {collectLicenses} from './licenses.js';
import {loadSource} from './load-source.js';
import {programOptions, version} from './options.js';
import {findRevisionDate} from './revision-date.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

rmSync('dist', {recursive: true, force: true});
const {metafile} = await build(programOptions).catch(() => process.exit(1)); // esbuild has printed the errors.

writeFileSync('dist/LICENSES.txt', collectLicenses(metafile));
const {buildManualPage} = await loadSource('src/cli/manual/manual.ts');
const {commandTable} = await loadSource('src/cli/commands/command-table.ts');
writeFileSync('dist/zentop.1', buildManualPage(commandTable, version, findRevisionDate(version)));
chmodSync('bin/zentop.js', 0o755);

const bytes = Object.entries(metafile.outputs)
  .filter(([path]) => path.endsWith('.js'))
  .reduce((sum, [, output]) => sum + output.bytes, 0);
// Not to standard output, which `npm pack` uses for the name of the file.
process.stderr.write(`dist: ${Math.round(bytes / 1000)} kB of JavaScript\n`);
