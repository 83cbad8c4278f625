import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {libraryPatches} from './library-patches.js';

const here = path => fileURLToPath(new URL(path, import.meta.url));

export const {version} = JSON.parse(readFileSync(here('../package.json'), 'utf8'));

/** Ink uses `Promise.withResolvers`, which came with Node 22; some modules ask where they lie. */
const banner = [
  'const __moduleUrl=require("node:url").pathToFileURL(__filename).href;',
  'Promise.withResolvers??=function(){let resolve,reject;',
  'const promise=new this((a,b)=>{resolve=a;reject=b});return{promise,resolve,reject}};',
].join('');

/**
 * How the program is built; test programs that are to behave like it are built the same way. One CommonJS file comes of
 * it: what `import()` names is in it, too, but runs only when it is asked for.
 * @param {{entry: string, outfile: string}} paths
 */
export const buildOptions = ({entry, outfile}) => ({
  entryPoints: [entry],
  outfile,
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  // With letters beyond Latin-1, V8 would keep the whole program at two bytes a letter.
  charset: 'ascii',
  // Node 20 has them; made by `new RegExp`, they would be made anew at each use, and the large ones at the start.
  supported: {'regexp-unicode-property-escapes': true, 'regexp-set-notation': true},
  jsx: 'automatic',
  legalComments: 'none',
  logLevel: 'warning',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    'import.meta.url': '__moduleUrl',
    ZENTOP_VERSION: JSON.stringify(version),
  },
  alias: {
    'http2-wrapper': here('absent-parts.cjs'),
    'cacheable-request': here('absent-parts.cjs'),
    'cacheable-lookup': here('absent-parts.cjs'),
    // The same code as ES modules, of which only what is used is taken.
    yaml: here('../node_modules/yaml/browser/index.js'),
    // Yargs brings an older copy, which holds a table of all emoji.
    'string-width': here('../node_modules/string-width/index.js'),
  },
  plugins: [libraryPatches],
  banner: {js: banner},
});
