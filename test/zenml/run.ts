/**
 * Runs the tests of this folder against real ZenML servers:
 *
 *     npm run test:zenml [-- --version 0.84.3] [vitest arguments]
 *     npm run test:zenml:all
 *
 * The latter leaves out, in words, the versions that cannot be installed here. `--install-only` installs the server and
 * runs nothing.
 */
import {spawnSync} from 'node:child_process';
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
const versions = values.all === true ? everyVersion : [String(wanted)];

const canBeInstalled = async (version: string): Promise<boolean> => {
  try {
    await installZenml(version);
    return true;
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [];
    const why = [...new Set([lines[0], lines.at(-1)])].join(' ');
    console.log(`\nZenML ${version} cannot be installed here and is left out: ${why}`);
    return false;
  }
};

const testWith = (version: string): number => {
  console.log(`\nZenML ${version}`);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--mode', 'zenml'];
  const {status} = spawnSync(process.execPath, [...vitest, ...passedOn], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {...process.env, ZENTOP_ZENML_VERSION: version},
  });
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
// Fail if no version could be tested.
process.exitCode = exitCodes.length === 0 ? 1 : Math.max(...exitCodes);
