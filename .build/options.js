import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {patchInk} from './patch-ink.js';

const resolveHere = path => fileURLToPath(new URL(path, import.meta.url));

export const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Bundled CommonJS packages call `require` for Node's modules. */
const banner = `import {createRequire as __createRequire} from 'node:module';
const require = __createRequire(import.meta.url);`;

/** How the program is built. Test programs that must behave like it are built the same way. */
export const buildOptions = {
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: true,
  sourcesContent: false, // Crash reports need only names and lines; with the sources, the maps would take 6.9 MB instead of 2.4 MB.
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // V8 stores a file that contains characters beyond Latin-1 with two bytes per character.
  charset: 'ascii',
  // Node 20 supports these; esbuild would compile them with `new RegExp` while the program loads.
  supported: {'regexp-unicode-property-escapes': true, 'regexp-set-notation': true},
  jsx: 'automatic',
  legalComments: 'none', // dist/LICENSES.txt contains the licenses.
  logLevel: 'warning',
  // Ink loads React's developer tools if DEV is "true".
  external: ['*/devtools.js'],
  alias: {
    'node:http': resolveHere('node-http.cjs'),
    'http2-wrapper': resolveHere('no-http2.cjs'),
    'cacheable-request': resolveHere('no-cache.cjs'),
    'string-width': resolveHere('string-width.cjs'),
    // The same code as ES modules, from which esbuild drops what is unused. This saves 17 kB, and 5 ms per start with a settings file.
    yaml: resolveHere('../node_modules/yaml/browser/index.js'),
  },
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    // Yoga would use fetch to read its own code, which takes 25 to 45 ms at startup; without fetch it uses Buffer.
    fetch: 'undefined',
    'Intl.Segmenter': 'LazySegmenter',
    'Intl.ListFormat': 'LazyListFormat',
    ZENTOP_VERSION: JSON.stringify(version),
  },
  inject: [resolveHere('lazy-intl.js')],
  plugins: [patchInk],
  banner: {js: banner},
};

/** The program itself. */
export const programOptions = {
  ...buildOptions,
  absWorkingDir: resolveHere('..'),
  entryPoints: {zentop: 'src/cli/main.ts'},
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
};
