import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {patchInk} from './patch-ink.js';

const resolveHere = path => fileURLToPath(new URL(path, import.meta.url));
const lazyIntl = resolveHere('lazy-intl.js');

export const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** How the program is bundled, as Rolldown's input options. Test programs that must behave like it are bundled the same way. */
export const bundleOptions = {
  cwd: resolveHere('..'),
  platform: 'node',
  logLevel: 'warn',
  // Rolldown only warns about a package that is not installed, and the program would then fail when it is started.
  onLog: (level, log, handle) => handle(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log),
  // Ink loads React's developer tools if DEV is "true".
  external: /devtools\.js$/,
  resolve: {
    alias: {
      'node:http': resolveHere('node-http.cjs'),
      'http2-wrapper': resolveHere('no-http2.cjs'),
      'cacheable-request': resolveHere('no-cache.cjs'),
      'string-width': resolveHere('string-width.cjs'),
      // The same code as ES modules, from which Rolldown drops what is unused. This saves 17 kB, and 5 ms per start with a settings file.
      yaml: resolveHere('../node_modules/yaml/browser/index.js'),
    },
  },
  transform: {
    target: 'node20.19',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      // Yoga would use fetch to read its own code, which takes 25 to 45 ms at startup; without fetch it uses Buffer.
      fetch: 'undefined',
      ZENTOP_VERSION: JSON.stringify(version),
    },
    inject: {
      'Intl.Segmenter': [lazyIntl, 'LazySegmenter'],
      'Intl.ListFormat': [lazyIntl, 'LazyListFormat'],
    },
  },
  plugins: [patchInk],
};

/** How bundles are written, as Rolldown's output options. */
export const outputOptions = {
  format: 'esm',
  minify: true,
  sourcemap: true,
  sourcemapExcludeSources: true, // Crash reports need only names and lines; with the sources, the maps would take 6.9 MB instead of 2.4 MB.
  comments: false, // dist/LICENSES.txt contains the licenses.
};

/** The program itself. */
export const programOptions = {
  ...bundleOptions,
  input: {zentop: 'src/cli/main.ts'},
  preserveEntrySignatures: false,
  output: {
    ...outputOptions,
    dir: resolveHere('../dist'),
    chunkFileNames: 'chunks/[name]-[hash].js',
    codeSplitting: {
      // What always loads together is one file, because each file takes 0.5 to 1 ms to load.
      groups: [
        {name: 'command-line', tags: ['$initial'], priority: 3},
        {name: 'open-run', test: /[\\/]cli[\\/]commands[\\/]watch-run\.ts$/, priority: 2},
        {name: 'session', test: /[\\/]cli[\\/]\w+[\\/]watch-session\.ts$/, priority: 1},
      ],
    },
  },
};
