import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, test, vi} from 'vitest';
import {saveLog} from '../../../src/cli/watching/save-log.js';
import {anOpenLogState, buildEpochs, createLogArrival} from '../../support/log-states.js';
import {reduceAll} from '../../support/watching.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zentop-save-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, {recursive: true});
});

const state = reduceAll(anOpenLogState(), createLogArrival(buildEpochs(20)));

test('saves the lines that are loaded, to a file that only the user can read', async () => {
  const path = join(folder, 'a.log');
  assert.deepEqual(await saveLog(state, path), {isSaved: true, text: `saved 20 lines to ${path}`});
  assert.equal(readFileSync(path, 'utf8').trimEnd().split('\n').length, 20);
  assert.equal(statSync(path).mode & 0o077, 0);
});

test('saves below the home directory if the path starts with ~', async () => {
  vi.stubEnv('HOME', folder);
  assert.equal((await saveLog(state, '~/b.log')).isSaved, true);
  assert.ok(existsSync(join(folder, 'b.log')));
});

test('does not overwrite a file, and says that another name is needed', async () => {
  const path = join(folder, 'a.log');
  await saveLog(state, path);
  assert.match((await saveLog(state, path)).text, /already exists: choose another name$/);
});

test('says that the directory does not exist', async () => {
  const result = await saveLog(state, join(folder, 'none', 'a.log'));
  assert.match(result.text, /^directory of .* not found$/);
});

test.each([
  ['ENOSPC', 'disk full'],
  ['EDQUOT', 'disk full'],
  ['EFBIG', 'would exceed the file size limit'],
  ['EIO', 'could not write'],
])(
  'leaves no file behind if writing fails with %s, so that the same name can be used again',
  async (code, expected) => {
    const path = join(folder, 'a.log');
    const handle = await open(join(folder, 'other'), 'w');
    const append = vi.spyOn(Object.getPrototypeOf(handle), 'appendFile').mockImplementation(async () => {
      throw Object.assign(new Error('no more'), {code});
    });
    const result = await saveLog(state, path);
    append.mockRestore();
    await handle.close();
    assert.equal(result.isSaved, false);
    assert.ok(result.text.includes(expected), result.text);
    assert.equal(existsSync(path), false);
    assert.equal((await saveLog(state, path)).isSaved, true);
  },
);

test.skipIf(process.getuid?.() === 0)('leaves no file behind in a directory that is not writable', async () => {
  chmodSync(folder, 0o500);
  const path = join(folder, 'a.log');
  assert.deepEqual(await saveLog(state, path), {isSaved: false, text: `permission denied: ${path}`});
  chmodSync(folder, 0o700);
  assert.equal(existsSync(path), false);
});
