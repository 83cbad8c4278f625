import assert from 'node:assert/strict';
import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, test, vi} from 'vitest';
import {openLogFile} from '../../../src/cli/opening/log-file.js';
import {readFileBytes} from '../../../src/cli/opening/read-file-bytes.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zentop-pipe-'));
});
let writer: ChildProcess | undefined;
afterEach(() => {
  writer?.kill();
  rmSync(folder, {recursive: true});
});

const patientLimits = {maxWriterMs: 60_000, maxOpeningMs: 60_000};
const read = async (path: string, limits = patientLimits): Promise<string> =>
  Buffer.from(await readFileBytes(path, limits)).toString('utf8');

/** Creates a pipe, runs the command in a shell with the path of the pipe as `$1`, and returns the path. */
const createPipe = (command = ''): string => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  if (command !== '') {
    writer = spawn('sh', ['-c', command, 'sh', path], {stdio: 'ignore'});
  }

  return path;
};

describe.skipIf(process.platform === 'win32')('reading a file that may be a pipe', () => {
  test('reads a file', async () => {
    writeFileSync(join(folder, 'key'), 'ZENKEY_1\n');
    assert.equal(await read(join(folder, 'key')), 'ZENKEY_1\n');
  });

  test('reads what a program writes to a pipe, to its end', async () => {
    const path = createPipe('(printf one; sleep 0.1; printf two) > "$1"');
    assert.equal(await read(path), 'onetwo');
    assert.equal(await read(path), 'onetwo', 'even when it is read again');
  });

  test('does not wait forever for a program to open the pipe', async () => {
    await assert.rejects(read(createPipe(), {maxWriterMs: 60_000, maxOpeningMs: 1}), /nothing was written to it/);
  });

  test('does not wait forever for a program that has opened the pipe but writes nothing', async () => {
    const path = createPipe('exec sleep 60 > "$1"');
    const limits = {maxWriterMs: 1, maxOpeningMs: 60_000};
    await assert.rejects(read(path, limits), /nothing was written to it/);
  });

  test('waits again for a program that has written something', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
    /** Waits until the pipe has been checked twice more: whatever was written before has then been read. */
    const waitForChecks = async (): Promise<void> => {
      const before = clock.mock.calls.length;
      await vi.waitFor(() => assert.ok(clock.mock.calls.length >= before + 2));
    };
    const path = createPipe();
    const descriptor = openSync(path, 'r+');
    const content = read(path, {maxWriterMs: 1000, maxOpeningMs: 1000});
    content.catch(() => undefined);
    try {
      for (const text of ['one', 'two', 'three']) {
        writeSync(descriptor, text);
        await waitForChecks();
        now += 800;
        await waitForChecks();
      }
    } finally {
      closeSync(descriptor);
      clock.mockRestore();
    }

    assert.equal(await content, 'onetwothree');
  });

  test('reads an empty device, but rejects an endless one', async () => {
    assert.equal(await read('/dev/null'), '');
    await assert.rejects(read('/dev/zero'), /too large/);
  });

  test('a log is not written to a pipe that no program reads', () => {
    const path = createPipe();
    const result = openLogFile(
      path,
      () => 0,
      () => {},
    );
    assert.ok(!result.ok);
    assert.equal(result.problem.message, `Cannot write the log ${path}: no program reads this pipe.`);
  });
});
