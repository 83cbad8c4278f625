// npm run test:packages: installs the npm and the Python package in empty folders and homes, as users do, removes them again,
// and tries `npm run release`. Prints the sizes and start times of the packages. Needs PyPI for the wheel. ZENTOP_PYTHONS lists
// the Pythons to use (default: python3), and ZENTOP_NODES folders with further versions of `node`, both separated by spaces.
import {spawnSync} from 'node:child_process';
import {checkNpmPackage} from './npm.js';
import {checkRelease} from './release.js';
import {checkWheel} from './wheel.js';

const npmPackage = await checkNpmPackage();
const pythons = (process.env.ZENTOP_PYTHONS ?? 'python3').split(' ');
if (spawnSync(pythons[0], ['--version']).status === 0) {
  await checkWheel(pythons, npmPackage);
  await checkRelease();
} else {
  process.stdout.write('The Python package and the release were not checked: there is no Python on PATH.\n');
}
