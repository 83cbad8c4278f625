// npm runs this when zentop is installed from git, because dist/ must be built then. `npm install` in a clone runs it, too; the scripts
// there build what they need, so only a missing dist/ is built here, and missing packages are not an error.
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
// npm also passes --global to this script in its temporary clone, then installs a link to that clone, and deletes the clone.
if (process.env.npm_config_global === 'true' && /[\\/]_cacache[\\/]tmp[\\/]/.test(folder)) {
  process.stderr.write(
    'npm cannot install zentop globally from git. Clone the repository and run `npm install && npm run tarball && npm install --global build/npm/zentop-*.tgz` there.\n',
  );
  process.exit(1);
}

if (!existsSync(`${folder}/dist/zentop.js`) && existsSync(`${folder}/node_modules/rolldown`)) {
  await import('./build.js');
}
