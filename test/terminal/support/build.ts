import {fileURLToPath} from 'node:url';
import {build} from 'rolldown';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Builds a program the way zentop itself is built, but into one file in a folder of this checkout. Returns the path of the file. */
export const buildAs = async (name: string, entry: string): Promise<string> => {
  // The build scripts are plain JavaScript without types, because they must run before anything has been built.
  const {bundleOptions, outputOptions} = (await import(
    new URL('../../../.build/options.js', import.meta.url).href
  )) as {
    readonly bundleOptions: object;
    readonly outputOptions: object;
  };
  const file = `${root}.cache/test-builds/${name}-${process.pid}.mjs`;
  await build({...bundleOptions, input: `${root}${entry}`, output: {...outputOptions, file, codeSplitting: false}});
  return file;
};
