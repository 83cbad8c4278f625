import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {EventEmitter} from 'node:events';
import {constants, openSync, readSync} from 'node:fs';
import {afterEach, beforeEach, test, vi} from 'vitest';
import {type RawOutput, ScreenOutput} from '../../src/terminal/output.js';
import type {TerminalSize} from '../../src/terminal/size.js';
import {getTerminalSize} from '../../src/terminal/size.js';
import {stopJob} from '../../src/terminal/suspend.js';
import {createFolder} from './support/watching.js';

/** A pipe that the test can read; what it does not accept waits in the output, as with a terminal that nothing reads. */
const openPipe = (): number => {
  const path = `${createFolder()}/pipe`;
  execFileSync('mkfifo', [path]);
  return openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
};

class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly fd = openPipe();
  columns = 80;
  rows = 24;

  write(chunk: string): boolean {
    throw new Error(`nothing reads the terminal, so this should not be written at exit: ${chunk}`);
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  /** Everything written since the last call. */
  take(): string {
    const piece = Buffer.alloc(65_536);
    let text = '';
    try {
      for (let length = readSync(this.fd, piece); length > 0; length = readSync(this.fd, piece)) {
        text += piece.toString('utf8', 0, length);
      }
    } catch {
      // Nothing more to read.
    }
    return text;
  }
}

const open = () => {
  const raw = new FakeTerminal();
  const sizes: TerminalSize[] = [];
  const output = new ScreenOutput(raw as unknown as RawOutput, {
    env: {},
    platform: 'linux',
    onSize: size => sizes.push(size),
    onGone: () => {},
  });
  output.attach({clear: () => output.write('ERASE')});
  output.on('resize', () => output.write(`FRAME ${output.columns}x${output.rows}`));
  return {raw, output, sizes};
};

const formatRepainted = (frame: string) => `\x1b[?2026h\x1b[0m\x1b[H\x1b[J${frame}\x1b[?2026l`;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('reports each size to the app at once, but only the last one to Ink, which then draws on a clean screen', () => {
  const {raw, output, sizes} = open();
  raw.resize(81, 24);
  vi.advanceTimersByTime(39);
  raw.resize(82, 25);
  output.write('a frame for the old size');
  vi.advanceTimersByTime(39);
  assert.deepEqual(sizes, [
    {columns: 81, rows: 24},
    {columns: 82, rows: 25},
  ]);
  assert.equal(raw.take(), '');
  vi.advanceTimersByTime(2);
  assert.equal(raw.take(), formatRepainted('FRAME 82x25'));
  output.write('the next frame');
  assert.equal(raw.take(), 'the next frame');
});

test('passes mode changes through during a resize', () => {
  const {raw, output} = open();
  raw.resize(81, 24);
  output.write('\x1b[?1049l');
  output.write('\x1b[?25h');
  output.write('\x1b[?2026h');
  assert.equal(raw.take(), '\x1b[?1049l\x1b[?25h');
});

test('calls back for a dropped frame, too', async () => {
  const {raw, output} = open();
  raw.resize(81, 24);
  await new Promise<void>(resolve => output.write('dropped', () => resolve()));
  await new Promise<void>(resolve => output.write('dropped', 'utf8', () => resolve()));
  assert.equal(raw.take(), '');
});

/** More than fits into a pipe, but little enough to wait for. */
const frame = 'x'.repeat(70_000);

test('writes what the terminal did not accept as soon as it reads again', () => {
  const {raw, output} = open();
  output.write(frame);
  output.write('the next frame');
  assert.equal(output.isBehind, true);
  let text = raw.take();
  vi.advanceTimersByTime(1000);
  text += raw.take();
  assert.equal(text, `${frame}the next frame`);
  assert.equal(output.isBehind, false);
});

test('drops frames while much output is waiting, and then repaints the last one', async () => {
  const {raw, output} = open();
  output.write(frame + frame);
  output.write('a frame');
  output.write('another');
  output.send('\x1b]2;title\x07');
  let text = '';
  for (let turn = 0; turn < 5; turn++) {
    text += raw.take();
    vi.advanceTimersByTime(1000);
  }
  assert.equal(text, frame + frame);
  await Promise.resolve();
  assert.equal(raw.take(), formatRepainted('FRAME 80x24'));
});

test('does not wait at exit for a terminal that nothing reads', async () => {
  const {output} = open();
  output.write(frame);
  await new Promise<void>(resolve => output.write('', () => resolve()));
  assert.equal(output.isBehind, true);
});

test('draws nothing while another program uses the terminal', () => {
  const {raw, output} = open();
  output.lend();
  raw.resize(81, 24);
  output.write('frame');
  output.repaint();
  output.reclaim();
  vi.advanceTimersByTime(1000);
  assert.equal(raw.take(), '');
  assert.deepEqual(output.size, {columns: 81, rows: 24});
  output.endLoan();
  output.write('the frame that Ink draws');
  assert.equal(raw.take(), 'the frame that Ink draws');
});

test('enters the alternate screen again after another process stopped zentop', () => {
  const {raw, output} = open();
  output.write('\x1b[?1049h');
  output.write('\x1b[?25l');
  raw.take();
  output.reclaim();
  assert.equal(raw.take(), `\x1b[?1049h\x1b[?25l${formatRepainted('FRAME 80x24')}`);
});

test('writes nothing after it is closed', () => {
  const {raw, output} = open();
  raw.resize(81, 24);
  output.close();
  assert.equal(raw.take(), '\x1b[0m', 'colors are reset');
  raw.resize(82, 24);
  output.write('frame');
  output.write('\x1b[?25l');
  output.send('\x07');
  output.repaint();
  vi.advanceTimersByTime(1000);
  assert.equal(output.writable, false);
  assert.equal(raw.take(), '');
});

test('clears nothing once Ink has left', async () => {
  const {raw, output} = open();
  output.write(frame + frame);
  output.write('a frame that is dropped');
  output.removeAllListeners('resize');
  for (let turn = 0; turn < 5; turn++) {
    raw.take();
    vi.advanceTimersByTime(1000);
  }
  await Promise.resolve();
  output.repaint();
  assert.equal(raw.take(), '');
});

test('takes the size from the terminal, else from the environment, else 80x24', () => {
  assert.deepEqual(getTerminalSize({columns: 100, rows: 30}, {COLUMNS: '1', LINES: '1'}), {columns: 100, rows: 30});
  assert.deepEqual(getTerminalSize({columns: 0, rows: 0}, {COLUMNS: '132', LINES: '43'}), {columns: 132, rows: 43});
  assert.deepEqual(getTerminalSize({}, {COLUMNS: 'wide', LINES: '-3'}), {columns: 80, rows: 24});
});

test('stopping a job resolves when the job continues', async () => {
  let resume = () => {};
  const outcome = stopJob({
    stop: () => resume(),
    onContinue: listener => {
      resume = listener;
      return () => {};
    },
    onWake: () => () => {},
  });
  assert.equal(await outcome, true);
});

test('stopping a job resolves at once where no signal stops one', async () => {
  const outcome = stopJob({
    stop: () => {
      throw new Error('ERR_UNKNOWN_SIGNAL');
    },
    onContinue: () => () => {},
    onWake: () => () => {},
  });
  assert.equal(await outcome, false);
});

test('stopping a job resolves soon if the job could not be stopped', async () => {
  let isForgotten = false;
  const outcome = stopJob({
    stop: () => {},
    onContinue: () => () => {
      isForgotten = true;
    },
    onWake: () => () => {},
  });
  vi.advanceTimersByTime(220);
  assert.equal(await outcome, false);
  assert.equal(isForgotten, true);
});

test('stopping a job does not resolve while the job continues only in the background', async () => {
  let wake = () => {};
  let resume = () => {};
  const outcome = stopJob({
    stop: () => {},
    onContinue: listener => {
      resume = listener;
      return () => {};
    },
    onWake: listener => {
      wake = listener;
      return () => {};
    },
  });
  // The timer has expired while the job was stopped, so it fires first.
  vi.advanceTimersByTime(200);
  wake();
  vi.advanceTimersByTime(10_000);
  resume();
  assert.equal(await outcome, true);
});
