import {readFileSync} from 'node:fs';
import {applyPatch, parsePatch} from 'diff';

const patchName = 'patches/ink-remember-rows.patch';
const patches = parsePatch(readFileSync(new URL(`../${patchName}`, import.meta.url), 'utf8'));

/** Applies a patch to Ink while it is bundled; patches/ink-remember-rows.md explains why. */
export const patchInk = {
  name: 'patch-ink',
  load(path) {
    const patch = patches.find(({newFileName}) =>
      path.replaceAll('\\', '/').endsWith(`/node_modules/ink/${newFileName.replace(/^b\//, '')}`),
    );
    if (patch === undefined) {
      return undefined;
    }

    const code = applyPatch(readFileSync(path, 'utf8'), patch);
    return code === false ? this.error(`${patchName} does not apply to ${path}`) : code;
  },
};
