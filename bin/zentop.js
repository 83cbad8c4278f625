#!/usr/bin/env node
// Old versions of Node must be able to parse this file, so that it can report which version is needed.
const EX_SOFTWARE = 70;
const [major, minor] = process.versions.node.split('.').map(Number);

function fail(message) {
  console.error(message);
  process.exit(EX_SOFTWARE);
}

if (major < 20 || (major === 20 && minor < 19)) {
  fail(`zentop needs Node.js 20.19 or later; this is ${process.versions.node}.`);
}

// Users can do nothing about deprecations in the bundled packages.
process.noDeprecation = true;

// The program handles its own errors: what fails here is loading it.
const load = async () => {
  const {enableCompileCache} = await import('node:module');
  if (enableCompileCache) {
    enableCompileCache();
  }
  await import('../dist/zentop.js');
};

load().catch(error => {
  const isMissing = error.code === 'ERR_MODULE_NOT_FOUND' && /dist.zentop\.js/.test(error.message);
  fail(
    isMissing
      ? 'zentop has not been built: run `npm run build` in its folder, or reinstall it.'
      : `zentop cannot be loaded; reinstall it. ${error.stack}`,
  );
});
