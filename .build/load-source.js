import {build} from 'esbuild';

/** A module of the program, loaded from source: the README and the manual are made from the tables the program is made from. */
export const loadSource = async path => {
  const {outputFiles} = await build({entryPoints: [path], bundle: true, write: false, platform: 'node', format: 'esm'});
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
};
