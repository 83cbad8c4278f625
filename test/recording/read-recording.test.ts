import assert from 'node:assert/strict';
import {gzipSync} from 'node:zlib';
import {beforeAll, describe, test} from 'vitest';
import {toRunId} from '../../src/domain/ids.js';
import {type RecordingProblem, readRecording} from '../../src/recording/read-recording.js';
import {startRecorder} from '../../src/recording/recorder.js';
import {createHandClock} from '../support/hand-clock.js';
import {buildExchange} from './support/exchanges.js';
import {createMemoryFile} from './support/memory-file.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const findProblem = (bytes: Uint8Array): RecordingProblem | undefined => {
  const result = readRecording(bytes);
  return result.ok ? undefined : result.problem;
};

const countExchanges = (bytes: Uint8Array): number => {
  const result = readRecording(bytes);
  assert.ok(result.ok, JSON.stringify(result));
  return result.recording.exchanges.length;
};

let lines: readonly string[] = [];

beforeAll(async () => {
  const file = createMemoryFile();
  const clock = createHandClock();
  const recorder = startRecorder({
    ...{file, now: clock.now, after: clock.after, limitBytes: 1_000_000},
    zentopVersion: '1.2.3',
    serverUrl: 'https://zenml.example.org',
    onStop: () => {},
  });
  recorder.addRun(toRunId('11111111-1111-4111-8111-111111111111'));
  for (let second = 0; second < 10; second++) {
    recorder.addExchange(buildExchange(second, {items: [{id: second}]}));
  }

  await recorder.close();
  lines = file.lines();
});

const joinLines = (chosenLines: readonly string[] = lines): string => chosenLines.map(line => `${line}\n`).join('');

describe('a recording file', () => {
  test('can be compressed or not', () => {
    assert.equal(countExchanges(encode(joinLines())), 10);
    assert.equal(countExchanges(gzipSync(joinLines())), 10);
  });

  test('is read up to its last line if that is cut off', () => {
    const whole = joinLines(lines.slice(0, -1));
    assert.equal(countExchanges(encode(whole.slice(0, -5))), 9);
  });

  test('is read as far as possible if the compressed data is cut off', () => {
    const noise = Array.from({length: 2000}, (_, index) => JSON.stringify({note: Math.sin(index)}));
    const bytes = gzipSync(joinLines([...lines.slice(0, -1), ...noise]));
    assert.equal(countExchanges(bytes.subarray(0, bytes.length - 500)), 10);
  });

  test.each([
    ['nothing', ''],
    ['text', 'hello\n'],
    ['other JSON', '{"nodes": []}\n'],
    ['another format', '{"format": "asciicast/2"}\n'],
  ])('that contains %s is reported as foreign', (_, content) => {
    assert.deepEqual(findProblem(encode(content)), {kind: 'foreign'});
  });

  test('whose compressed data is damaged is reported as such', () => {
    assert.deepEqual(findProblem(Uint8Array.of(0x1f, 0x8b, 1, 2, 3)), {kind: 'damaged'});
  });

  test('that expands to more than the limit is not read', () => {
    assert.deepEqual(findProblem(gzipSync(Buffer.alloc(600 * 1024 * 1024))), {kind: 'too-large'});
  });

  test('whose bodies refer to too many list elements is not read', () => {
    const parts = Array.from({length: 1000}, (_, index) => JSON.stringify({part: index, json: {id: index}}));
    const huge = Array.from({length: 3}, (_, index) =>
      JSON.stringify({body: index, json: {}, lists: {items: Array.from({length: 10_000}, () => [0, 1000])}}),
    );
    assert.deepEqual(findProblem(encode(joinLines([lines[0]!, ...parts, ...huge]))), {kind: 'too-large'});
  });

  test('in a newer format is reported with the version of zentop that wrote it', () => {
    const header = JSON.stringify({...JSON.parse(lines[0]!), format: 'zentop-recording/2', zentop: '9.0.0'});
    assert.deepEqual(findProblem(encode(joinLines([header, ...lines.slice(1)]))), {
      kind: 'newer',
      zentopVersion: '9.0.0',
    });
  });

  test('with a broken line is reported with the number of that line', () => {
    assert.deepEqual(findProblem(encode(joinLines([...lines.slice(0, 4), '{"part":', ...lines.slice(5)]))), {
      kind: 'broken',
      line: 5,
    });
  });

  test('with a missing line is reported as broken', () => {
    const withoutParts = lines.filter(line => !line.startsWith('{"part":3,'));
    assert.deepEqual(findProblem(encode(joinLines(withoutParts)))?.kind, 'broken');
  });

  test('can have unknown lines and fields', () => {
    const extendedLines = [
      '{"remark": "x"}',
      ...lines.slice(1).map(line => JSON.stringify({...JSON.parse(line), later: 1})),
    ];
    assert.equal(countExchanges(encode(joinLines([lines[0]!, ...extendedLines]))), 10);
  });

  test('without exchanges is reported as empty', () => {
    assert.deepEqual(findProblem(encode(joinLines(lines.slice(0, 2)))), {kind: 'empty'});
  });
});
