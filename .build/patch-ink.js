import {readFileSync} from 'node:fs';
import {applyPatch, parsePatch} from 'diff';

const patchName = 'patches/ink-remember-rows.patch';
const patches = parsePatch(readFileSync(new URL(`../${patchName}`, import.meta.url), 'utf8'));

/** Applies a patch to Ink while it is bundled; patches/ink-remember-rows.md explains why. */
export const patchInk = {
  name: 'patch-ink',
  setup(build) {
    for (const patch of patches) {
      const file = patch.newFileName.replace(/^b\//, '');
      const filter = new RegExp(`[\\\\/]node_modules[\\\\/]ink[\\\\/]${file.replaceAll('/', '[\\\\/]')}$`);
      build.onLoad({filter}, ({path}) => {
        const contents = applyPatch(readFileSync(path, 'utf8'), patch);
        return contents === false
          ? {errors: [{text: `${patchName} does not apply to ${path}`}]}
          : {contents, loader: 'js'};
      });
    }
  },
};
