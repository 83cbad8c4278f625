/**
 * Runs the tests of this folder against real ZenML servers:
 *
 *     npm run test:zenml -- [--version 0.84.3] [--beside 0.80.2] [vitest arguments]
 *     npm run test:zenml:all -- [--version 0.92.0,0.80.2]
 *
 * `--beside` also runs the most important tests with another version at the same time (vitest.config.ts). `test:zenml:all` skips
 * versions that cannot be installed here, says so, and prints a table of the results at the end.
 * `--install-only` installs the server and runs nothing.
 */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {installZenml} from './support/install.js';

const everyVersion = ['0.98.0', '0.92.0', '0.84.3', '0.80.2'];
const checkout = fileURLToPath(new URL('../../', import.meta.url));

const ownOptions = {
  version: {type: 'string'},
  beside: {type: 'string'},
  all: {type: 'boolean', default: false},
  'install-only': {type: 'boolean', default: false},
} as const;
const {values, tokens} = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  tokens: true,
  options: ownOptions,
});
// Other arguments are passed to vitest unchanged and in the same order: `-t` may be followed by its value.
const forwardedArguments = tokens.flatMap(token => {
  if (token.kind === 'positional') {
    return [token.value];
  }

  return token.kind === 'option' && !(token.name in ownOptions)
    ? [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
    : [];
});
const requestedVersion = values.version ?? process.env['ZENTOP_ZENML_VERSION'] ?? '0.98.0';
const versions =
  values.all === true ? (values.version?.toString().split(',') ?? everyVersion) : [String(requestedVersion)];

type Results = {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {readonly status: string}[];
  }[];
};

/** A column of the table of `test:zenml:all`: a version, with a cell for each file of tests, by its name. */
type Column = {readonly version: string; readonly minutes: string; readonly cells: ReadonlyMap<string, string>};

const columns: Column[] = [];
const folder = mkdtempSync(join(tmpdir(), 'zentop-results-'));

const readResults = (file: string): Results => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch {
    return {testResults: []};
  }
};

const getCells = ({testResults}: Results): ReadonlyMap<string, string> => {
  const statuses = testResults.map(
    ({name, assertionResults}) => [basename(name, '.test.ts'), assertionResults.map(({status}) => status)] as const,
  );
  const total = ['total', statuses.flatMap(([, found]) => found)] as const;
  return new Map(
    [...statuses, total].map(([name, found]) => {
      const count = (status: string) => found.filter(each => each === status).length;
      const [passed, failed] = [count('passed'), count('failed')];
      return [name, `${passed}/${failed}/${found.length - passed - failed}`];
    }),
  );
};

const formatTable = (): string => {
  const names = [...new Set(columns.flatMap(({cells}) => [...cells.keys()]))].sort(
    (one, other) => Number(one === 'total') - Number(other === 'total') || one.localeCompare(other),
  );
  const rows = [
    ['passed/failed/skipped', ...columns.map(({version}) => version)],
    ...names.map(name => [name, ...columns.map(({cells}) => cells.get(name) ?? '–')]),
    ['minutes', ...columns.map(({minutes}) => minutes)],
  ];
  return rows
    .map(row => row.map((cell, index) => (index === 0 ? cell.padEnd(22) : cell.padStart(10))).join(''))
    .join('\n');
};

const tryToInstall = async (version: string): Promise<boolean> => {
  try {
    await installZenml(version);
    return true;
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [];
    const reason = [...new Set([lines[0], lines.at(-1)])].join(' ');
    console.log(`\nZenML ${version} cannot be installed here and is skipped: ${reason}`);
    columns.push({version, minutes: '–', cells: new Map()});
    return false;
  }
};

const runTests = (version: string): number => {
  console.log(`\nZenML ${version}`);
  const results = join(folder, `${version}.json`);
  // Only for the table: the caller may want reports of its own, and a second file for them would be an error.
  const reporters =
    values.all === true ? ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`] : [];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--mode', 'zenml', ...reporters];
  const startedAt = performance.now();
  const {status} = spawnSync(process.execPath, [...vitest, ...forwardedArguments], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {...process.env, ZENTOP_ZENML_VERSION: version, ZENTOP_ZENML_BESIDE: values.beside?.toString()},
  });
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  columns.push({version, minutes, cells: getCells(readResults(results))});
  return status ?? 1;
};

const exitCodes: number[] = [];
for (const version of versions) {
  if (values['install-only'] === true) {
    exitCodes.push((await tryToInstall(version)) ? 0 : 1);
  } else if (values.all !== true || (await tryToInstall(version))) {
    exitCodes.push(runTests(version));
  }
}
rmSync(folder, {recursive: true, force: true});
if (values.all === true) {
  console.log(`\n${formatTable()}`);
}

// Fail if no version could be tested.
process.exitCode = exitCodes.length === 0 ? 1 : Math.max(...exitCodes);
