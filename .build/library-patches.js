import {readFile} from 'node:fs/promises';
import {inkPatches} from './ink-patches.js';
import {isPatches} from './is-patches.js';
import {segmenterPatches} from './segmenter-patches.js';
import {stringWidthPatches} from './string-width-patches.js';
import {yogaPatches} from './yoga-patches.js';

const patches = [...inkPatches, ...isPatches, ...stringWidthPatches, ...segmenterPatches, ...yogaPatches];

/** All edits of a file, in order. */
const editsByFile = new Map();
for (const {file, edits} of patches) {
  editsByFile.set(file, [...(editsByFile.get(file) ?? []), ...edits]);
}

/** Files that are patched where something else is bundled, and what that is. */
const companions = new Map(patches.flatMap(({file, onlyWith}) => (onlyWith === undefined ? [] : [[file, onlyWith]])));

const timesIn = (text, from) =>
  typeof from === 'string' ? text.split(from).length - 1 : [...text.matchAll(new RegExp(from, 'g'))].length;

const patched = (path, text, edits) =>
  edits.reduce((before, [from, to]) => {
    const times = timesIn(before, from);
    if (times !== 1) {
      throw new Error(`${path} has these lines ${times} times, not once:\n${from}`);
    }
    return before.replace(from, typeof to === 'function' ? to : () => to);
  }, text);

/**
 * Edits libraries while they are bundled. Each edit replaces lines that must be there exactly once: another version of a
 * library, or a library that is not bundled at all, fails the build.
 */
export const libraryPatches = {
  name: 'library-patches',
  setup(build) {
    const unseen = new Set(editsByFile.keys());
    for (const [file, edits] of editsByFile) {
      const filter = new RegExp(`node_modules/${file}$`.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]'));
      build.onLoad({filter}, async ({path}) => {
        // Another copy, which a package brings for itself, stays as it is.
        if (path.split('node_modules').length > 2) {
          return undefined;
        }
        unseen.delete(file);
        return {contents: patched(path, await readFile(path, 'utf8'), edits), loader: 'js'};
      });
    }
    build.onEnd(({metafile}) => {
      const bundled = Object.keys(metafile?.inputs ?? {});
      const isMissed = file => bundled.some(path => path.includes(companions.get(file) ?? ''));
      const missed = bundled.length === 0 ? [...unseen] : [...unseen].filter(isMissed);
      return {errors: missed.map(file => ({text: `${file} was not bundled, so it was not patched`}))};
    });
  },
};
