import {mkdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export type Built = {readonly outfile: string; readonly metafile: {readonly inputs: Record<string, unknown>}};

/** Builds a program as the product is built, with optional changes, into a folder of this checkout. */
export const buildAs = async (name: string, entry: string, change: Record<string, unknown> = {}): Promise<Built> => {
  // Plain JavaScript without types: the build must run before anything else does.
  const options = (await import(new URL('../../../.build/options.js', import.meta.url).href)) as {
    readonly buildOptions: (paths: {entry: string; outfile: string}) => object;
  };
  mkdirSync(`${root}/.cache/test-builds`, {recursive: true});
  const outfile = `${root}/.cache/test-builds/${name}-${process.pid}.${change['format'] === 'esm' ? 'mjs' : 'cjs'}`;
  const {metafile} = await build({
    ...options.buildOptions({entry: `${root}/${entry}`, outfile}),
    absWorkingDir: root,
    metafile: true,
    ...change,
  });
  return {outfile, metafile};
};
