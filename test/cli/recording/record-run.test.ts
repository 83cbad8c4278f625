import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, test, vi} from 'vitest';
import {type RunRecording, startRunRecording} from '../../../src/cli/recording/record-run.js';
import type {OpenTransport} from '../../../src/connection/open-transport.js';
import {fail} from '../../../src/domain/result.js';
import {createStore} from '../../../src/store/store.js';
import {aLiveState} from '../../support/screens.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zentop-record-'));
  path = join(folder, 'run.zentop');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, {recursive: true});
});

const start = async (limitBytes = 1_000_000): Promise<RunRecording> => {
  const started = await startRunRecording({path, limitBytes});
  assert.ok(started.ok);
  return started.value;
};

/** Begins to record, which writes the first line. */
const openTransport = (recording: RunRecording): void => {
  const openUnreachable: OpenTransport = () => async () => fail({kind: 'unreachable', host: 'a', reason: 'refused'});
  recording.wrapTransport(openUnreachable)({serverUrl: 'https://a'} as Parameters<OpenTransport>[0]);
};

/** From now on, nothing can be written to any file. */
const fillDisk = async (): Promise<void> => {
  const handle = await open(join(folder, 'other'), 'w');
  vi.spyOn(Object.getPrototypeOf(handle), 'appendFile').mockRejectedValue(
    Object.assign(new Error('no space left on device'), {code: 'ENOSPC'}),
  );
  await handle.close();
};

test('a full disk does not matter if no run was found: the file is deleted without a message', async () => {
  const recording = await start();
  openTransport(recording);
  await fillDisk();
  const print = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const isComplete = await recording.finish();
  assert.deepEqual(print.mock.calls, []);
  assert.equal(isComplete, true);
  assert.equal(existsSync(path), false);
});

test('a file that someone else has deleted is no error if no run was found', async () => {
  const recording = await start();
  openTransport(recording);
  rmSync(path);
  assert.equal(await recording.finish(), true);
});

test('the screen also says that a recording stopped if it stopped before the screen appeared', async () => {
  const recording = await start(100);
  openTransport(recording);
  const store = createStore(aLiveState(), {now: () => 0});
  recording.follow(store);
  assert.match(store.get().notice?.text ?? '', /^Recording “.*” reached its limit of 100 B and stopped\.$/);
  await recording.finish();
});
