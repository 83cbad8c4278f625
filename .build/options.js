import {readFileSync} from 'node:fs';

export const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Bundled CommonJS packages call `require` for the modules of Node. */
const banner = `import {createRequire as __createRequire} from 'node:module';
const require = __createRequire(import.meta.url);`;

/** How the program is built. Test programs that must behave like it are built the same way. */
export const buildOptions = {
  bundle: true,
  splitting: true,
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // V8 keeps a file with characters beyond Latin-1 at two bytes a character.
  charset: 'ascii',
  jsx: 'automatic',
  legalComments: 'none',
  logLevel: 'warning',
  // Ink loads React's developer tools where DEV is "true".
  external: ['*/devtools.js'],
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    ZENTOP_VERSION: JSON.stringify(version),
  },
  banner: {js: banner},
};
