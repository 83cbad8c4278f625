#!/usr/bin/env node
// Old versions of Node must be able to parse this file, so that it can report which version is needed.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`zentop needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

import('../dist/zentop.js').catch(error => {
  const isUnbuilt = error.code === 'ERR_MODULE_NOT_FOUND' && /dist.zentop\.js/.test(error.message);
  if (!isUnbuilt) {
    throw error;
  }
  console.error('zentop has not been built yet: run `npm run build` in its folder.');
  process.exit(1);
});
