import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {afterEach, test, vi} from 'vitest';
import {createFolder} from '../terminal/support/watching.js';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['exit 3', /nginx ended with 3/],
  ['kill -KILL $$', /nginx ended with SIGKILL/],
])('an nginx that ends while it starts is reported, and leaves no folder behind (%s)', async (command, message) => {
  const folder = createFolder();
  mkdirSync(`${folder}/tmp`);
  writeFileSync(`${folder}/faketime`, `#!/bin/sh\n${command}\n`, {mode: 0o755});
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  vi.stubEnv('TMPDIR', `${folder}/tmp`);
  vi.resetModules();
  const {startNginx} = await import('../zenml/support/nginx.js');
  await assert.rejects(startNginx('http://127.0.0.1:9', 60), message);
  assert.deepEqual(readdirSync(`${folder}/tmp`), []);
});
