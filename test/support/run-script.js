import {mkdirSync, rmSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const cacheFolder = fileURLToPath(new URL('../../.cache/', import.meta.url));

/**
 * Runs a TypeScript file as a script: Node 20 cannot load one by itself. The bundle lies inside the checkout for as long
 * as it runs, so that packages are found.
 * @param {URL} entry the file to run
 */
export const runScript = async entry => {
  mkdirSync(cacheFolder, {recursive: true});
  const outfile = `${cacheFolder}script-${process.pid}.mjs`;
  process.on('exit', () => rmSync(outfile, {force: true}));
  await build({
    entryPoints: [fileURLToPath(entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  await import(pathToFileURL(outfile).href);
};
