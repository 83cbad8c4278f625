import {lstatSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {run} from './folders.js';

const rounds = 11;

const getFolderSize = folder =>
  readdirSync(folder, {recursive: true})
    .map(name => lstatSync(join(folder, name)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);

const formatMegabytes = bytes => `${(bytes / 1e6).toFixed(1)} MB`;

/** How long a program takes to print its version, in milliseconds. */
const measureStart = ({program, path}) => {
  const beganAt = performance.now();
  run(program, ['--version'], {path});
  return performance.now() - beganAt;
};

/** Prints the sizes and start times of installed packages, measured alternately because the speed of a machine varies. */
export const printFigures = packages => {
  const rows = packages.map(each => ({...each, times: []}));
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) {
      row.times.push(measureStart(row));
    }
  }
  for (const {label, file, folder, times} of rows) {
    const sizes = `${formatMegabytes(statSync(file).size)} to download, ${formatMegabytes(getFolderSize(folder))} on disk`;
    const median = times.sort((one, other) => one - other)[Math.floor(rounds / 2)];
    process.stdout.write(`  ${label}: ${sizes}, prints its version in ${Math.round(median)} ms\n`);
  }
};
