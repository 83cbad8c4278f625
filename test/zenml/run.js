/**
 * Runs the tests of this folder against real ZenML servers:
 *
 *     npm run test:zenml [-- --version 0.84.3] [vitest arguments]
 *     npm run test:zenml:all
 */
import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const everyVersion = ['0.98.0', '0.92.0', '0.84.3', '0.80.2'];
const checkout = fileURLToPath(new URL('../../', import.meta.url));

const {values, positionals, tokens} = parseArgs({
  args: process.argv.slice(2),
  strict: false,
  tokens: true,
  options: {version: {type: 'string'}, all: {type: 'boolean', default: false}},
});
// What is not ours goes to vitest as it came.
const passedOn = [
  ...positionals,
  ...tokens.flatMap(token =>
    token.kind === 'option' && !['version', 'all'].includes(token.name)
      ? [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
      : [],
  ),
];
const versions = values.all ? everyVersion : [values.version ?? process.env.ZENTOP_ZENML_VERSION ?? '0.98.0'];

let worst = 0;
for (const version of versions) {
  console.log(`\nZenML ${version}`);
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--dir', 'test/zenml', '--no-file-parallelism'];
  const patience = ['--testTimeout', '240000', '--hookTimeout', '900000'];
  const {status} = spawnSync(process.execPath, [...vitest, ...patience, ...passedOn], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {...process.env, ZENTOP_ZENML_VERSION: version},
  });
  worst = Math.max(worst, status ?? 1);
}
process.exitCode = worst;
