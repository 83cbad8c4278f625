// npm run build: builds the program. If something that it needs is missing, such as the packages, says so without a stack trace.
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);

const fail = sentence => {
  process.stderr.write(`zentop has not been built: ${sentence}\n`);
  process.exit(1);
};

if (major < 20 || (major === 20 && minor < 19)) {
  fail(`it needs Node.js 20.19 or later, and this is ${process.versions.node}.`);
}

const packages = ['rolldown', 'diff', 'ink', 'react', 'yargs', 'got', 'valibot', 'yaml', 'highlight.js'];
const missing = packages.filter(name => !existsSync(`${folder}/node_modules/${name}`));
if (missing.length > 0) {
  const isProduction = process.env.NODE_ENV === 'production' || /\bdev\b/.test(process.env.npm_config_omit ?? '');
  fail(
    isProduction
      ? 'the packages it is built from are not installed, because of NODE_ENV=production or --omit=dev. Run `npm install --include=dev`.'
      : 'the packages it is built from are not installed. Run `npm install`.',
  );
}

await import('./bundle.js').catch(({message}) => {
  const reason = message.includes('native binding') ? "Rolldown's binary for this system is not installed" : message;
  fail(`${reason}. Run \`npm ci\` to install its packages again.`);
});
