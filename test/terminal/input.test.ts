import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, test, vi} from 'vitest';
import {KeyInput, type RawInput} from '../../src/terminal/input.js';
import type {TerminalReport} from '../../src/terminal/split-input.js';

class StandIn extends EventEmitter {
  readonly isTTY = true;
  readonly calls: string[] = [];
  setRawMode(isRaw: boolean): this {
    this.calls.push(`raw ${isRaw}`);
    return this;
  }
  pause(): this {
    this.calls.push('pause');
    return this;
  }
  resume(): this {
    this.calls.push('resume');
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

const open = () => {
  const raw = new StandIn();
  const reports: TerminalReport[] = [];
  const input = new KeyInput(raw as unknown as RawInput, {
    onReport: report => reports.push(report),
    canWait: () => true,
  });
  input.setEncoding();
  input.setRawMode(true);
  /** The keys that can be read, each on its own. */
  const keys = () => {
    const read: string[] = [];
    for (let key = input.read() as string | null; key !== null; key = input.read() as string | null) {
      read.push(key);
    }
    return read;
  };
  return {
    raw,
    input,
    reports,
    keys,
    typed: () => keys().join(''),
    send: (...chunks: (string | Buffer)[]) => {
      for (const chunk of chunks) {
        raw.emit('data', typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
      }
    },
  };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('keys pass, reports are told', () => {
  const {send, typed, reports} = open();
  send('j\x1b[Ik');
  assert.equal(typed(), 'jk');
  assert.deepEqual(reports, [{kind: 'focus', hasFocus: true}]);
});

test('keys that come together are read one by one', () => {
  const {send, keys} = open();
  send('jj\x1a\r\x1b[A\x1bOP\x1b[1;5Cé日👍\x1bb\x1b[[Aq');
  assert.deepEqual(keys(), [
    'j',
    'j',
    '\x1a',
    '\r',
    '\x1b[A',
    '\x1bOP',
    '\x1b[1;5C',
    'é',
    '日',
    '👍',
    '\x1bb',
    '\x1b[[A',
    'q',
  ]);
});

test('a report in two halves, however late the second, never becomes keys', () => {
  const {send, typed, reports} = open();
  send('\x1b[<35;1');
  vi.advanceTimersByTime(900);
  send('0;5M');
  assert.equal(typed(), '');
  assert.equal(reports.length, 1);
});

test('Esc alone is a key after a short wait', () => {
  const {send, typed} = open();
  send('\x1b');
  assert.equal(typed(), '');
  vi.advanceTimersByTime(30);
  assert.equal(typed(), '\x1b');
});

test('a report cut where the first part could be a key does not type its second part', () => {
  for (const [first, second] of [
    ['\x1b', '[<35;10;5M'],
    ['\x1b[', 'I'],
    ['\x1b]', '11;rgb:0/0/0\x07'],
  ] as const) {
    const {send, typed, reports} = open();
    send(first);
    vi.advanceTimersByTime(100);
    assert.equal(typed(), first);
    send(second, 'j');
    assert.equal(typed(), 'j');
    assert.equal(reports.length, 1);
  }
});

test('keys soon after Esc are what they are', () => {
  for (const key of ['[', ']', 'O', 'j', '[[', '\x1b[A', '\x1b']) {
    const {send, typed} = open();
    send('\x1b');
    vi.advanceTimersByTime(100);
    assert.equal(typed(), '\x1b');
    send(key);
    vi.advanceTimersByTime(100);
    assert.equal(typed(), key);
  }
});

test('half a report that stays alone is dropped, and the keys after it are not', () => {
  const {send, typed} = open();
  send('\x1b[<35;1');
  vi.advanceTimersByTime(1000);
  send('j');
  assert.equal(typed(), 'j');
});

test('a character in two halves is one character', () => {
  const {send, typed} = open();
  const bytes = Buffer.from('é');
  send(bytes.subarray(0, 1), bytes.subarray(1));
  assert.equal(typed(), 'é');
});

test('a paste in pieces is one paste, not keys', () => {
  const {send, typed, reports} = open();
  send('\x1b[200~x', 'R\r', 'q\x1b[20', '1~j');
  assert.deepEqual(reports, [{kind: 'paste', text: 'xR\nq'}]);
  assert.equal(typed(), 'j');
});

test('a paste whose end does not come is told after two quiet seconds', () => {
  const {send, typed, reports} = open();
  send('\x1b[200~half');
  vi.advanceTimersByTime(2000);
  send('j');
  assert.deepEqual(reports, [{kind: 'paste', text: 'half'}]);
  assert.equal(typed(), 'j');
});

test('a paste of megabytes is told in pieces, and none of it becomes keys', () => {
  const {send, typed, reports} = open();
  send('\x1b[200~');
  for (let piece = 0; piece < 300; piece++) {
    send('x'.repeat(4000));
  }
  send('\x1b[201~j');
  const text = reports.map(report => (report.kind === 'paste' ? report.text : '')).join('');
  assert.equal(text, 'x'.repeat(1_200_000));
  assert.ok(reports.length > 1);
  assert.equal(typed(), 'j');
});

test('nothing is read while raw mode is off: the terminal may be lent', () => {
  const {raw, input, send, typed} = open();
  input.setRawMode(false);
  send('typed to the editor');
  assert.equal(typed(), '');
  input.setRawMode(true);
  send('j');
  assert.equal(typed(), 'j');
  assert.deepEqual(raw.calls, ['raw true', 'resume', 'raw false', 'pause', 'raw true', 'resume']);
});

test('raw mode is set anew by switching it off and on', () => {
  const {raw, input} = open();
  raw.calls.length = 0;
  input.renewRawMode();
  assert.deepEqual(raw.calls, ['raw false', 'raw true']);
});
