import {readFile} from 'node:fs/promises';
import {inkPatches} from './ink-patches.js';
import {isPatches} from './is-patches.js';
import {segmenterPatches} from './segmenter-patches.js';
import {stringWidthPatches} from './string-width-patches.js';
import {yogaPatches} from './yoga-patches.js';

const patches = [...inkPatches, ...isPatches, ...stringWidthPatches, ...segmenterPatches, ...yogaPatches];

/** All edits of a file, in order. */
const editsByFile = new Map();
for (const {file, edits} of patches) editsByFile.set(file, [...(editsByFile.get(file) ?? []), ...edits]);

const timesIn = (text, from) =>
  typeof from === 'string' ? text.split(from).length - 1 : [...text.matchAll(new RegExp(from, 'g'))].length;

const patched = (path, text, edits) =>
  edits.reduce((before, [from, to]) => {
    const times = timesIn(before, from);
    if (times !== 1) throw new Error(`${path} has these lines ${times} times, not once:\n${from}`);
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
        if (path.split('node_modules').length > 2) return undefined;
        unseen.delete(file);
        return {contents: patched(path, await readFile(path, 'utf8'), edits), loader: 'js'};
      });
    }
    build.onEnd(() => ({errors: [...unseen].map(file => ({text: `${file} was not bundled, so it was not patched`}))}));
  },
};
