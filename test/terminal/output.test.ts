import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, test, vi} from 'vitest';
import {type RawOutput, ScreenOutput} from '../../src/terminal/output.js';
import type {Size} from '../../src/terminal/size.js';
import {sizeOf} from '../../src/terminal/size.js';
import {stopJob} from '../../src/terminal/suspend.js';

class StandIn extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  // No descriptor of this process: what is written at once goes nowhere.
  readonly fd = -1;
  columns = 80;
  rows = 24;
  writableLength = 0;
  written = '';
  readonly waiting: (() => void)[] = [];

  write(chunk: string, done?: () => void): boolean {
    this.written += chunk;
    if (!done) return true;
    if (this.writableLength > 0) this.waiting.push(done);
    else done();
    return true;
  }

  /** Someone reads again: all that waits is taken. */
  drain(): void {
    this.writableLength = 0;
    for (const done of this.waiting.splice(0)) done();
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  take(): string {
    const {written} = this;
    this.written = '';
    return written;
  }
}

const open = () => {
  const raw = new StandIn();
  const sizes: Size[] = [];
  const output = new ScreenOutput(raw as unknown as RawOutput, {
    env: {},
    platform: 'linux',
    onSize: size => sizes.push(size),
  });
  output.attach({clear: () => output.write('ERASE')});
  output.on('resize', () => output.write(`FRAME ${output.columns}x${output.rows}`));
  return {raw, output, sizes};
};

const repainted = (frame: string) => `\x1b[?2026h\x1b[0m\x1b[H\x1b[J${frame}\x1b[?2026l`;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the app learns each size at once, Ink when sizes have stopped coming, and then draws on a clean screen', () => {
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
  assert.equal(raw.take(), repainted('FRAME 82x25'));
  output.write('the next frame');
  assert.equal(raw.take(), 'the next frame');
});

test('what switches modes passes while a resize settles', () => {
  const {raw, output} = open();
  raw.resize(81, 24);
  output.write('\x1b[?1049l');
  output.write('\x1b[?25h');
  output.write('\x1b[?2026h');
  assert.equal(raw.take(), '\x1b[?1049l\x1b[?25h');
});

test('whoever waits for a dropped frame to be written is called', async () => {
  const {raw, output} = open();
  raw.resize(81, 24);
  await new Promise<void>(resolve => output.write('dropped', () => resolve()));
  await new Promise<void>(resolve => output.write('dropped', 'utf8', () => resolve()));
  assert.equal(raw.take(), '');
});

test('frames are dropped while much waits to be read, and the last one is drawn whole when it has been read', () => {
  const {raw, output} = open();
  raw.writableLength = 16_385;
  output.write('frame 1');
  output.write('frame 2');
  output.send('\x1b]2;title\x07');
  assert.equal(raw.take(), '');
  raw.drain();
  assert.equal(raw.take(), repainted('FRAME 80x24'));
});

test('a little that waits holds nothing back', () => {
  const {raw, output} = open();
  raw.writableLength = 16_384;
  output.write('frame');
  assert.equal(raw.take(), 'frame');
});

test('the end of a program does not wait for a terminal that nobody reads', async () => {
  const {raw, output} = open();
  raw.writableLength = 20_000;
  output.write('frame');
  await new Promise<void>(resolve => output.write('', () => resolve()));
});

test('nothing is drawn on a terminal that is lent', () => {
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

test('after a stop from outside the screen is entered anew', () => {
  const {raw, output} = open();
  output.write('\x1b[?1049h');
  output.write('\x1b[?25l');
  raw.take();
  output.reclaim();
  assert.equal(raw.take(), `\x1b[?1049h\x1b[?25l${repainted('FRAME 80x24')}`);
});

test('after the end nothing is written any more', () => {
  const {raw, output} = open();
  raw.resize(81, 24);
  output.close();
  raw.resize(82, 24);
  output.write('frame');
  output.write('\x1b[?25l');
  output.send('\x07');
  output.repaint();
  vi.advanceTimersByTime(1000);
  assert.equal(output.writable, false);
  assert.equal(raw.take(), '');
});

test('a size is that of the terminal, else of the environment, else 80x24', () => {
  assert.deepEqual(sizeOf({columns: 100, rows: 30}, {COLUMNS: '1', LINES: '1'}), {columns: 100, rows: 30});
  assert.deepEqual(sizeOf({columns: 0, rows: 0}, {COLUMNS: '132', LINES: '43'}), {columns: 132, rows: 43});
  assert.deepEqual(sizeOf({}, {COLUMNS: 'wide', LINES: '-3'}), {columns: 80, rows: 24});
});

test('a stopped job resolves when it goes on', async () => {
  let goOn = () => {};
  const stopped = stopJob({
    stop: () => goOn(),
    onContinue: listener => {
      goOn = listener;
      return () => {};
    },
  });
  assert.equal(await stopped, true);
});

test('a job that is not stopped goes on by itself', async () => {
  let isForgotten = false;
  const stopped = stopJob({
    stop: () => {},
    onContinue: () => () => {
      isForgotten = true;
    },
  });
  vi.advanceTimersByTime(200);
  assert.equal(await stopped, false);
  assert.equal(isForgotten, true);
});
