// Run by npm when zentop is installed from git, where dist/ must be built. `npm install` in a clone runs it, too; scripts there build
// by themselves, so that only a missing dist/ is built, and packages that are missing are no error here.
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
// npm passes --global on to the preparation of its temporary clone, installs a link to that, and then deletes it.
if (process.env.npm_config_global === 'true' && /[\\/]_cacache[\\/]tmp[\\/]/.test(folder)) {
  process.stderr.write(
    'npm cannot install zentop globally from git. Clone the repository and run `npm install && npm run tarball && npm install --global build/npm/zentop-*.tgz` there.\n',
  );
  process.exit(1);
}

if (!existsSync(`${folder}/dist/zentop.js`) && existsSync(`${folder}/node_modules/esbuild`)) {
  await import('./build.js');
}
