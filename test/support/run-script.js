import {mkdirSync, readFileSync, rmSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const cacheFolder = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** Files that look for others next to themselves must find them from within the bundle, too. */
const keepOwnUrl = {
  name: 'keep-own-url',
  setup: bundle =>
    bundle.onLoad({filter: /\/test\/.*\.ts$/}, ({path}) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    })),
};

/**
 * Runs a TypeScript file as a script: Node 20 cannot load one by itself. The bundle is in the checkout while it runs, so that
 * packages are found. @param {URL} entry the file to run
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
    plugins: [keepOwnUrl],
    logLevel: 'warning',
  });
  await import(pathToFileURL(outfile).href);
};
