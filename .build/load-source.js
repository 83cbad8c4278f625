import {build} from 'esbuild';

/** Loads a module of the program from its source, so that docs and manual are built from the same tables as the program. */
export const loadSource = async path => {
  const {outputFiles} = await build({entryPoints: [path], bundle: true, write: false, platform: 'node', format: 'esm'});
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
};
