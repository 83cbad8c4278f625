import {fileURLToPath} from 'node:url';

const path = JSON.stringify(fileURLToPath(new URL('../src/format/segmenter.ts', import.meta.url)));

/** Every library that parts texts into graphemes while a frame is made does so by our own segmenter. */
export const segmenterPatches = [
  'string-width/index.js',
  'wrap-ansi/index.js',
  'slice-ansi/tokenize-ansi.js',
  '@alcalzone/ansi-tokenize/build/tokenize.js',
  'ink/build/line-update.js',
].map(file => ({
  file,
  edits: [
    ['new Intl.Segmenter(', 'new Segmenter('],
    [/^/, `import {Segmenter} from ${path};\n`],
  ],
}));
