/**
 * Runs the tests of this folder against real ZenML servers:
 *
 *     npm run test:zenml [-- --version 0.84.3] [vitest arguments]
 *     npm run test:zenml:all [-- --version 0.92.0,0.80.2]
 *
 * The latter leaves out, in words, the versions that cannot be installed here, and prints a table of the results at the end.
 * `--install-only` installs the server and runs nothing.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {installZenml} from './support/install.js';

const everyVersion = ['0.98.0', '0.92.0', '0.84.3', '0.80.2'];
const checkout = fileURLToPath(new URL('../../', import.meta.url));

const {values, positionals, tokens} = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  tokens: true,
  options: {
    version: {type: 'string'},
    all: {type: 'boolean', default: false},
    'install-only': {type: 'boolean', default: false},
  },
});
// Other arguments are passed to vitest unchanged.
const passedOn = [
  ...positionals,
  ...tokens.flatMap(token =>
    token.kind === 'option' && !['version', 'all', 'install-only'].includes(token.name)
      ? [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
      : [],
  ),
];
const wanted = values.version ?? process.env['ZENTOP_ZENML_VERSION'] ?? '0.98.0';
const versions = values.all === true ? (values.version?.toString().split(',') ?? everyVersion) : [String(wanted)];

type Results = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
};

type Row = readonly [version: string, passed: string, failed: string, skipped: string, minutes: string];

const rows: Row[] = [['ZenML', 'passed', 'failed', 'skipped', 'minutes']];
const folder = mkdtempSync(join(tmpdir(), 'zentop-results-'));

const readResults = (file: string): Results | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch {
    return undefined;
  }
};

const formatTable = (): string =>
  rows.map(row => row.map((cell, column) => (column === 0 ? cell.padEnd(8) : cell.padStart(9))).join('')).join('\n');

const canBeInstalled = async (version: string): Promise<boolean> => {
  try {
    await installZenml(version);
    return true;
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [];
    const why = [...new Set([lines[0], lines.at(-1)])].join(' ');
    console.log(`\nZenML ${version} cannot be installed here and is left out: ${why}`);
    rows.push([version, '–', '–', '–', '–']);
    return false;
  }
};

const testWith = (version: string): number => {
  console.log(`\nZenML ${version}`);
  const results = join(folder, `${version}.json`);
  // Only for the table: the caller may want reports of its own, and a second file for them would be an error.
  const reporters =
    values.all === true ? ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`] : [];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--mode', 'zenml', ...reporters];
  const startedAt = performance.now();
  const {status} = spawnSync(process.execPath, [...vitest, ...passedOn], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {...process.env, ZENTOP_ZENML_VERSION: version},
  });
  const found = readResults(results);
  const counts = [found?.numPassedTests, found?.numFailedTests, found?.numPendingTests].map(count =>
    String(count ?? '?'),
  );
  const [passed = '?', failed = '?', skipped = '?'] = counts;
  rows.push([version, passed, failed, skipped, ((performance.now() - startedAt) / 60_000).toFixed(1)]);
  return status ?? 1;
};

const exitCodes: number[] = [];
for (const version of versions) {
  if (values['install-only'] === true) {
    exitCodes.push((await canBeInstalled(version)) ? 0 : 1);
  } else if (values.all !== true || (await canBeInstalled(version))) {
    exitCodes.push(testWith(version));
  }
}
rmSync(folder, {recursive: true, force: true});
if (values.all === true) {
  console.log(`\n${formatTable()}`);
}

// Fail if no version could be tested.
process.exitCode = exitCodes.length === 0 ? 1 : Math.max(...exitCodes);
