import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {decodeLogEntries} from '../../../src/api/decode/logs.js';
import type {LogEntry} from '../../../src/domain/log/entry.js';
import {linesPerChunk, maxLogCharacters, maxLogLines} from '../../../src/domain/log/lines.js';
import {emptyLogTail, isTruncated, withLogEntries} from '../../../src/domain/log/tail.js';
import {readRecordedFile, readRecordingPart, versions} from '../../api/recorded.js';
import {aLogEntry, at} from '../../support/builders.js';
import {buildEntries, buildManyEntries, createTail, getLines, getTexts} from '../../support/logs.js';

const getTailTexts = (...messages: readonly string[]) => getTexts(createTail(buildEntries(...messages)));

describe('lines of messages', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['one line', ['epoch 1'], ['epoch 1']],
    ['several lines', ['two\nlines\r\nand more'], ['two', 'lines', 'and more']],
    ['a final line break starts no new line', ['one\n'], ['one']],
    ['an empty message is an empty line', ['', 'x'], ['', 'x']],
    ['empty lines inside are kept', ['a\n\nb'], ['a', '', 'b']],
    ['a line that is overwritten shows its last state', ['0%\r50%\r100%'], ['100%']],
    ['a progress bar in many messages is one line', ['go', '\r 0%', '\r50%', '\r100%', 'done'], ['go', '100%', 'done']],
    ['a bar with carriage returns at its end is one line too', ['0%\r', '50%\r', '100%'], ['100%']],
    ['text before a bar is not overwritten', ['epoch 1', '\r 0%'], ['epoch 1', ' 0%']],
    ['a bar that ended with a line break stays', ['\r 99%', '\r100%\n', '\r 0%', '\r 1%'], ['100%', ' 1%']],
    ['a bar after another message is a new line', ['\r10%', 'note', '\r20%', '\r30%'], ['10%', 'note', '30%']],
    ['a bar that is cleared leaves an empty line', ['\r100%', '\r'], ['']],
  ])('%s', (_, messages, lines) => {
    assert.deepEqual(getTailTexts(...messages), lines);
  });

  test('a bar on stderr does not overwrite stdout', () => {
    const entries = [aLogEntry({message: '10%\r'}), aLogEntry({message: '\r20%', level: 40})];
    assert.deepEqual(getTexts(createTail(entries)), ['10%', '20%']);
  });

  test('each line has the level and time of its message, and all but the first are marked as continued', () => {
    const [first, second] = getLines(createTail([aLogEntry({message: 'a\nb', level: 40, at: at(7)})]));
    assert.deepEqual(first, {text: 'a', level: 40, at: at(7), isContinued: false});
    assert.deepEqual(second, {text: 'b', level: 40, at: at(7), isContinued: true});
  });
});

const createChunks = (id: string, ...messages: readonly string[]): readonly LogEntry[] =>
  messages.map((message, chunkIndex) => aLogEntry({id, message, chunkIndex, chunkCount: messages.length}));

describe('a long message', () => {
  test('is reassembled from its chunks', () => {
    assert.deepEqual(
      getTexts(createTail([...createChunks('a', 'one, ', 'two\nth', 'ree'), aLogEntry({id: 'b', message: 'x'})])),
      ['one, two', 'three', 'x'],
    );
  });

  test('grows as its chunks arrive', () => {
    const whole = createChunks('a', 'one\n', 'two ', 'three');
    const partly = createTail(whole.slice(0, 2));
    assert.deepEqual(getTexts(partly), ['one', 'two ']);
    assert.deepEqual(getTexts(withLogEntries(partly, whole)), ['one', 'two three']);
  });

  test('whose end is missing ends where the next message begins', () => {
    assert.deepEqual(
      getTexts(createTail([...createChunks('a', 'one ', 'two').slice(0, 1), ...buildEntries('three')])),
      ['one ', 'three'],
    );
  });
});

describe('a log that is fetched again', () => {
  test('changes nothing without new entries', () => {
    const entries = buildManyEntries(3000);
    const tail = createTail(entries);
    assert.equal(withLogEntries(tail, [...entries]), tail);
  });

  test('shares all chunks except the last one with the previous log', () => {
    const before = createTail(buildManyEntries(20_000));
    const after = withLogEntries(before, buildManyEntries(20_020));
    assert.equal(after.lines.end, 20_020);
    assert.equal(
      after.lines.chunks.filter(chunk => !before.lines.chunks.includes(chunk)).length,
      Math.ceil(20_020 / linesPerChunk) - Math.floor(20_000 / linesPerChunk),
    );
  });

  test('is recognized by its text if its IDs are random', () => {
    const withIds = (count: number, salt: string) =>
      buildManyEntries(count).map((entry, index) => ({...entry, id: `${salt}-${index}`}));
    const before = createTail(withIds(2000, 'a'));
    const after = withLogEntries(before, withIds(2010, 'b'));
    assert.equal(after.generation, before.generation);
    assert.equal(after.lines.chunks[0], before.lines.chunks[0]);
  });

  test.each<[string, readonly LogEntry[]]>([
    ['is shorter', buildEntries('a', 'b')],
    ['is empty', []],
    ['has another entry where its last one was', buildEntries('a', 'b', 'x', 'd')],
    ['has another first entry', buildEntries('x', 'b', 'c', 'd')],
  ])('is another log if it %s', (_, entries) => {
    const before = createTail(buildEntries('a', 'b', 'c'));
    const after = withLogEntries(before, entries);
    assert.deepEqual(after, {...createTail(entries), generation: before.generation + 1});
  });

  test('is another log if one of the remembered entries in the middle has changed', () => {
    const changed = buildManyEntries(5000).map((entry, index) =>
      index === 3000 ? {...entry, message: 'rewritten'} : entry,
    );
    assert.equal(withLogEntries(createTail(buildManyEntries(5000)), changed).generation, 1);
  });

  test('in plain text may have been read in the middle of its last message', () => {
    const decodePlain = (text: string) =>
      decodeLogEntries(`[2026-11-24 06:28:36 UTC] one\n[2026-11-24 06:28:37 UTC] ${text}`)!;
    const after = withLogEntries(createTail(decodePlain('tw')), decodePlain('two\nmore of two'));
    assert.deepEqual(getTexts(after), ['one', 'two', 'more of two']);
    assert.equal(after.generation, 0);
  });
});

describe('the tail that is kept', () => {
  test('has at least the last 50,000 lines; older chunks are dropped, and their lines are still counted', () => {
    const lines = Array.from({length: 60_000}, (_, index) => `line ${index}`);
    const {lines: kept} = createTail([aLogEntry({message: lines.join('\n')})]);
    assert.equal(kept.end, 60_000);
    assert.ok(kept.end - kept.first >= maxLogLines && kept.end - kept.first < maxLogLines + linesPerChunk);
    assert.equal(kept.chunks[0]?.lines[0]?.text, `line ${kept.first}`);
  });

  test('is limited in characters if lines are long', () => {
    const long = 'x'.repeat(20_000);
    const {lines: kept} = createTail(buildManyEntries(3000).map(entry => ({...entry, message: long})));
    assert.ok(kept.charCount <= maxLogCharacters, `${kept.charCount}`);
    assert.equal(kept.charCount, (kept.end - kept.first) * long.length);
  });

  test('counts as truncated if it has as many entries as the server returns at most', () => {
    assert.equal(isTruncated(createTail(buildManyEntries(49_999))), false);
    assert.equal(isTruncated(createTail(buildManyEntries(50_000))), true);
  });
});

const message = fc.oneof(
  {weight: 5, arbitrary: fc.stringMatching(/^[ab\r\n]{0,6}$/)},
  fc.string({unit: 'binary', maxLength: 12}),
);
const anyMessage: fc.Arbitrary<readonly LogEntry[]> = fc
  .record({parts: fc.array(message, {minLength: 1, maxLength: 3}), id: fc.uuid(), level: fc.constantFrom(20, 40)})
  .map(({parts, id, level}) => createChunks(id, ...parts).map(entry => ({...entry, level})));

test('any split of a log into fetches gives the same lines', () => {
  fc.assert(
    fc.property(
      fc.array(anyMessage, {maxLength: 12}).map(messages => messages.flat()),
      fc.array(fc.nat(40), {maxLength: 6}),
      (entries, cuts) => {
        const lengths = [...cuts.map(cut => Math.min(cut, entries.length)).sort((a, b) => a - b), entries.length];
        const tail = lengths.reduce((known, length) => withLogEntries(known, entries.slice(0, length)), emptyLogTail);
        assert.deepEqual(getLines(tail), getLines(createTail(entries)));
        assert.equal(tail.generation, 0);
      },
    ),
    {numRuns: 500},
  );
});

const readLog = (version: string): readonly LogEntry[] =>
  decodeLogEntries(readRecordingPart(version, 'logs_step_fail_boom', 'source_step').body)!;

test.each([...versions])(
  'the log of a failed step on %s is the same whether it is fetched entry by entry or at once',
  version => {
    const entries = readLog(version);
    const tail = entries.reduce((known, _, index) => withLogEntries(known, entries.slice(0, index + 1)), emptyLogTail);
    assert.deepEqual(getTexts(tail), getTexts(createTail(entries)));
    assert.equal(tail.generation, 0);
    assert.ok(getTexts(tail).some(text => text.includes('about to fail')));
  },
);

test('a message over 5,120 bytes that a real server sent in chunks is one line', () => {
  const {body} = readRecordedFile('0.98.0', 'logs-step-chunked') as {body: unknown};
  const entries = decodeLogEntries(body)!;
  const chunkEntries = entries.filter(({chunkCount}) => chunkCount > 1);
  assert.ok(chunkEntries.length > 1);
  assert.ok(
    getTexts(createTail(entries)).includes(
      chunkEntries
        .map(entry => entry.message)
        .join('')
        .trimEnd(),
    ),
  );
});
