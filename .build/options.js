import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {libraryPatches} from './library-patches.js';

const packageJson = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** CommonJS packages in the bundle call `require`; Ink uses `Promise.withResolvers`, which came with Node 22. */
const banner = [
  'import{createRequire as __createRequire}from"node:module";',
  'const require=__createRequire(import.meta.url);',
  'Promise.withResolvers??=function(){let resolve,reject;',
  'const promise=new this((a,b)=>{resolve=a;reject=b});return{promise,resolve,reject}};',
].join('');

/**
 * How the program is built; test programs that are to behave like it are built the same way.
 * @param {{entry: string, outfile: string}} paths
 */
export const buildOptions = ({entry, outfile}) => ({
  entryPoints: [entry],
  outfile,
  bundle: true,
  minify: true,
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  jsx: 'automatic',
  legalComments: 'none',
  logLevel: 'warning',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    ZENTOP_VERSION: JSON.stringify(packageJson.version),
  },
  alias: {'react-devtools-core': fileURLToPath(new URL('react-devtools-core.cjs', import.meta.url))},
  plugins: [libraryPatches],
  banner: {js: banner},
});
