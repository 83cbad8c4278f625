import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {transform} from 'esbuild';

const src = fileURLToPath(new URL('../src/', import.meta.url));
/** A function at the top level of a file, as esbuild prints it. */
const topLevelFunction = /^((?:export )?const \w+ = )((?:async )?function[\s\S]*?^\});$/gm;

/**
 * Turns the arrow functions of the program into function expressions, and puts those at the top level in parentheses: V8 then
 * compiles them together with the file, so that Node's compile cache contains them. Functions without parentheses, and all arrow functions,
 * are only parsed when the file is loaded, and parsed again and compiled at every start when they are first called.
 */
export const eagerFunctions = {
  name: 'eager-functions',
  setup(build) {
    build.onLoad({filter: /\.tsx?$/}, async ({path}) => {
      if (!path.startsWith(src)) {
        return undefined;
      }

      const {charset, jsx, supported, target} = build.initialOptions;
      const {code} = await transform(await readFile(path, 'utf8'), {
        charset,
        jsx,
        target,
        loader: path.endsWith('x') ? 'tsx' : 'ts',
        sourcefile: path,
        sourcemap: 'inline',
        sourcesContent: false,
        supported: {...supported, arrow: false},
      });
      // esbuild loses the `this` of an arrow function that is the value of a class field.
      return code.includes('_this') ? undefined : {contents: code.replace(topLevelFunction, '$1($2);'), loader: 'js'};
    });
  },
};
