import assert from 'node:assert/strict';
import {gzipSync} from 'node:zlib';
import {beforeAll, describe, test} from 'vitest';
import {parseRunId} from '../../src/domain/ids.js';
import {type RecordingProblem, readRecording} from '../../src/recording/read-recording.js';
import {startRecorder} from '../../src/recording/recorder.js';
import {handClock} from '../support/hand-clock.js';
import {anExchange} from './support/exchanges.js';
import {memoryFile} from './support/memory-file.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const troubleOf = (bytes: Uint8Array): RecordingProblem | undefined => {
  const result = readRecording(bytes);
  return result.ok ? undefined : result.trouble;
};

const countOf = (bytes: Uint8Array): number => {
  const result = readRecording(bytes);
  assert.ok(result.ok, JSON.stringify(result));
  return result.recording.exchanges.length;
};

let lines: readonly string[] = [];

beforeAll(async () => {
  const file = memoryFile();
  const clock = handClock();
  const recorder = startRecorder({
    ...{file, now: clock.now, after: clock.after, limitBytes: 1_000_000},
    zentopVersion: '1.2.3',
    serverUrl: 'https://zenml.example.org',
    onStop: () => {},
  });
  recorder.noteRun(parseRunId('11111111-1111-4111-8111-111111111111'));
  for (let second = 0; second < 10; second++) {
    recorder.keep(anExchange(second, {items: [{id: second}]}));
  }
  await recorder.close();
  lines = file.lines();
});

const text = (some: readonly string[] = lines): string => some.map(line => `${line}\n`).join('');

describe('a file', () => {
  test('is read compressed or not', () => {
    assert.equal(countOf(bytesOf(text())), 10);
    assert.equal(countOf(gzipSync(text())), 10);
  });

  test('whose last line was cut off gives all before it', () => {
    const whole = text(lines.slice(0, -1));
    assert.equal(countOf(bytesOf(whole.slice(0, -5))), 9);
  });

  test('that was cut off while it was compressed gives what can be had', () => {
    const noise = Array.from({length: 2000}, (_, at) => JSON.stringify({note: Math.sin(at)}));
    const bytes = gzipSync(text([...lines.slice(0, -1), ...noise]));
    assert.equal(countOf(bytes.subarray(0, bytes.length - 500)), 10);
  });

  test.each([
    ['an empty file', ''],
    ['a text', 'hello\n'],
    ['some JSON', '{"nodes": []}\n'],
    ['another format', '{"format": "asciicast/2"}\n'],
  ])('that is %s is no recording', (_, content) => {
    assert.deepEqual(troubleOf(bytesOf(content)), {kind: 'foreign'});
  });

  test('that only looks compressed is no recording', () => {
    assert.deepEqual(troubleOf(Uint8Array.of(0x1f, 0x8b, 1, 2, 3)), {kind: 'foreign'});
  });

  test('of a later version is told by the version that made it', () => {
    const header = JSON.stringify({...JSON.parse(lines[0]!), format: 'zentop-recording/2', zentop: '9.0.0'});
    assert.deepEqual(troubleOf(bytesOf(text([header, ...lines.slice(1)]))), {kind: 'newer', zentopVersion: '9.0.0'});
  });

  test('that is broken in the middle is told by its line', () => {
    assert.deepEqual(troubleOf(bytesOf(text([...lines.slice(0, 4), '{"part":', ...lines.slice(5)]))), {
      kind: 'broken',
      line: 5,
    });
  });

  test('that lacks a line in the middle is told by the first that misses it', () => {
    const withoutParts = lines.filter(line => !line.startsWith('{"part":3,'));
    assert.deepEqual(troubleOf(bytesOf(text(withoutParts)))?.kind, 'broken');
  });

  test('with lines and fields of a kind not known is read past them', () => {
    const more = ['{"remark": "x"}', ...lines.slice(1).map(line => JSON.stringify({...JSON.parse(line), later: 1}))];
    assert.equal(countOf(bytesOf(text([lines[0]!, ...more]))), 10);
  });

  test('in which nothing was recorded is empty', () => {
    assert.deepEqual(troubleOf(bytesOf(text(lines.slice(0, 2)))), {kind: 'empty'});
  });
});
