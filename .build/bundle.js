// Builds the program, its manual page and the list of licenses into dist/. npm run build starts it once everything it needs is there.
import {chmodSync, rmSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'rolldown';
import {collectLicenses} from './licenses.js';
import {loadSource} from './load-source.js';
import {programOptions, version} from './options.js';
import {printBuildError} from './print-build-error.js';
import {findRevisionDate} from './revision-date.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

rmSync('dist', {recursive: true, force: true});
const {output} = await build(programOptions).catch(error => {
  printBuildError(error);
  process.exit(1);
});
const files = output.filter(({type}) => type === 'chunk');

writeFileSync('dist/LICENSES.txt', collectLicenses(files.flatMap(({moduleIds}) => moduleIds)));
const {buildManualPage} = await loadSource('src/cli/manual/manual.ts');
const {commandTable} = await loadSource('src/cli/commands/command-table.ts');
writeFileSync('dist/zentop.1', buildManualPage(commandTable, version, findRevisionDate(version)));
chmodSync('bin/zentop.js', 0o755);

const bytes = files.reduce((sum, {code}) => sum + Buffer.byteLength(code), 0);
// Not to standard output, which `npm pack` uses for the name of the file.
process.stderr.write(`dist: ${Math.round(bytes / 1000)} kB of JavaScript\n`);
