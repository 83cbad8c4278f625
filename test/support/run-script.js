import {mkdirSync, rmSync} from 'node:fs';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'rolldown';

const cacheFolder = fileURLToPath(new URL('../../.cache/', import.meta.url));

/** Files that look for others next to themselves must find them from within the bundle, too. */
const keepOwnUrl = {
  name: 'keep-own-url',
  transform: (code, path) => code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
};

/**
 * Runs a TypeScript file as a script: Node 20 cannot load one by itself. The bundle is in the checkout while it runs, so that
 * packages are found.
 *
 * @param {URL} entry the file to run
 */
export const runScript = async entry => {
  mkdirSync(cacheFolder, {recursive: true});
  const file = `${cacheFolder}script-${process.pid}.mjs`;
  process.on('exit', () => rmSync(file, {force: true}));
  await build({
    input: fileURLToPath(entry),
    platform: 'node',
    external: /^[^./]/,
    plugins: [keepOwnUrl],
    logLevel: 'warn',
    output: {file, codeSplitting: false},
  });
  await import(pathToFileURL(file).href);
};
