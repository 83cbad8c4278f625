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
  const readKeys = () => {
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
    readKeys,
    readTyped: () => readKeys().join(''),
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

test('passes keys on and emits reports', () => {
  const {send, readTyped, reports} = open();
  send('j\x1b[Ik');
  assert.equal(readTyped(), 'jk');
  assert.deepEqual(reports, [{kind: 'focus', hasFocus: true}]);
});

test('passes keys that arrive together one by one', () => {
  const {send, readKeys} = open();
  send('jj\x1a\r\x1b[A\x1bOP\x1b[1;5Cé日👍\x1bb\x1b[[Aq');
  assert.deepEqual(readKeys(), [
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

test('never turns a report in two halves into keys, however late the second is', () => {
  const {send, readTyped, reports} = open();
  send('\x1b[<35;1');
  vi.advanceTimersByTime(900);
  send('0;5M');
  assert.equal(readTyped(), '');
  assert.equal(reports.length, 1);
});

test('passes a lone Esc on after a short wait', () => {
  const {send, readTyped} = open();
  send('\x1b');
  assert.equal(readTyped(), '');
  vi.advanceTimersByTime(30);
  assert.equal(readTyped(), '\x1b');
});

test('never passes the second part of a report on as keys, even if its first part could be a key', () => {
  for (const [first, second] of [
    ['\x1b', '[<35;10;5M'],
    ['\x1b[', 'I'],
    ['\x1b]', '11;rgb:0/0/0\x07'],
  ] as const) {
    const {send, readTyped, reports} = open();
    send(first);
    vi.advanceTimersByTime(100);
    assert.equal(readTyped(), first);
    send(second, 'j');
    assert.equal(readTyped(), 'j');
    assert.equal(reports.length, 1);
  }
});

test('passes a key on unchanged if it comes soon after Esc', () => {
  for (const key of ['[', ']', 'O', 'j', '[[', '\x1b[A', '\x1b']) {
    const {send, readTyped} = open();
    send('\x1b');
    vi.advanceTimersByTime(100);
    assert.equal(readTyped(), '\x1b');
    send(key);
    vi.advanceTimersByTime(100);
    assert.equal(readTyped(), key);
  }
});

test('passes on a key that comes soon after Esc and a bracket', () => {
  const {send, readTyped} = open();
  send('\x1b]');
  vi.advanceTimersByTime(100);
  send('j');
  vi.advanceTimersByTime(100);
  assert.equal(readTyped(), '\x1b]j');
});

test('passes keys of extended protocols as plain keys, and drops key releases', () => {
  const {send, readKeys} = open();
  send('\x1b[113;1:1u\x1b[113;1:3u\x1b[1;1:1B\x1b[1;1:3B\x1b[27;5;99~\x1bOq');
  assert.deepEqual(readKeys(), ['q', '\x1b[B', '\x03', '1']);
});

test('drops an incomplete report, but not the keys after it', () => {
  const {send, readTyped} = open();
  send('\x1b[<35;1');
  vi.advanceTimersByTime(1000);
  send('j');
  assert.equal(readTyped(), 'j');
});

test('joins a character that arrives in two halves', () => {
  const {send, readTyped} = open();
  const bytes = Buffer.from('é');
  send(bytes.subarray(0, 1), bytes.subarray(1));
  assert.equal(readTyped(), 'é');
});

test('joins a paste that arrives in pieces', () => {
  const {send, readTyped, reports} = open();
  send('\x1b[200~x', 'R\r', 'q\x1b[20', '1~j');
  assert.deepEqual(reports, [{kind: 'paste', text: 'xR\nq'}]);
  assert.equal(readTyped(), 'j');
});

test('emits an incomplete paste after two quiet seconds', () => {
  const {send, readTyped, reports} = open();
  send('\x1b[200~half');
  vi.advanceTimersByTime(2000);
  send('j');
  assert.deepEqual(reports, [{kind: 'paste', text: 'half'}]);
  assert.equal(readTyped(), 'j');
});

test('emits a paste of megabytes in pieces, and none of it as keys', () => {
  const {send, readTyped, reports} = open();
  send('\x1b[200~');
  for (let piece = 0; piece < 300; piece++) {
    send('x'.repeat(4000));
  }
  send('\x1b[201~j');
  const text = reports.map(report => (report.kind === 'paste' ? report.text : '')).join('');
  assert.equal(text, 'x'.repeat(1_200_000));
  assert.ok(reports.length > 1);
  assert.equal(readTyped(), 'j');
});

test('reads nothing while raw mode is off, because another program may use the terminal', () => {
  const {raw, input, send, readTyped} = open();
  input.setRawMode(false);
  send('typed to the editor');
  assert.equal(readTyped(), '');
  input.setRawMode(true);
  send('j');
  assert.equal(readTyped(), 'j');
  assert.deepEqual(raw.calls, ['raw true', 'resume', 'raw false', 'pause', 'raw true', 'resume']);
});

test('renews raw mode by turning it off and on', () => {
  const {raw, input} = open();
  raw.calls.length = 0;
  input.renewRawMode();
  assert.deepEqual(raw.calls, ['raw false', 'raw true']);
});
