import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds a program the way zentop itself is built, but into one file in a folder of this checkout. Returns the path of the file. */
export const buildAs = async (name: string, entry: string): Promise<string> => {
  // Plain JavaScript without types: the build must run before anything else does.
  const {buildOptions} = (await import(new URL('../../../.build/options.js', import.meta.url).href)) as {
    readonly buildOptions: object;
  };
  const outfile = `${root}/.cache/test-builds/${name}-${process.pid}.mjs`;
  await build({...buildOptions, splitting: false, absWorkingDir: root, entryPoints: [entry], outfile});
  return outfile;
};
