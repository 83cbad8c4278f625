import {build} from 'rolldown';

/** Loads a module of the program from its source, so that docs and manual are built from the same tables as the program. */
export const loadSource = async path => {
  const {output} = await build({input: path, platform: 'node', write: false});
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);
};
