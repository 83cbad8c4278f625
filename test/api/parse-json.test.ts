import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {decodeJson} from '../../src/api/decode/json.js';
import {decodeCount, decodeNumber, decodeText, decodeWord} from '../../src/api/decode/wire.js';
import {parseJson} from '../../src/api/parse-json.js';
import {isEqual} from '../../src/domain/equality.js';
import {ExactNumber, stringifyJson} from '../../src/domain/exact-number.js';
import {findNumber} from '../../src/domain/json.js';
import {formatJsonLine, formatJsonLines} from '../../src/format/json-text.js';
import {formatSafeJson} from '../../src/report/json-values.js';

const read = (text: string) => decodeJson(parseJson(text));

describe('a number in a response', () => {
  test.each([
    '4611686018427387904',
    '-0.0',
    '-0',
    '1.0',
    '1e-05',
    '1E5',
    '0.10',
    '9007199254740993',
    '12',
    '0.1',
    '-3',
  ])('%s is shown, copied and printed as the server wrote it', source => {
    const value = read(`{"seed": ${source}, "list": [${source},${source} ]}`);
    assert.equal(stringifyJson(value), `{"seed":${source},"list":[${source},${source}]}`);
    assert.equal(formatJsonLine(value, 200), `{seed: ${source}, list: [${source}, ${source}]}`);
    assert.equal(formatJsonLines(read(`[${source}]`), 40)[0], `[${source}]`);
    assert.equal(formatSafeJson({value}), `{"value":{"seed":${source},"list":[${source},${source}]}}`);
  });

  test.each(['NaN', 'Infinity', '-Infinity'])('%s leaves the rest of the response intact', source => {
    const value = read(`{"loss": ${source}, "name": "NaN"}`);
    assert.equal(formatJsonLine(value, 80), `{loss: ${source}, name: "NaN"}`);
    assert.equal(formatSafeJson(value), '{"loss":null,"name":"NaN"}');
    const whole = parseJson(`{"duration":${source}}`) as {readonly duration: unknown};
    assert.equal(decodeNumber(whole.duration), undefined);
  });

  test('differs from another number even beyond the precision of JavaScript', () => {
    assert.equal(isEqual(read('{"seed": 4611686018427387904}'), read('{"seed": 4611686018427387905}')), false);
    assert.equal(isEqual(read('{"seed": 1.0}'), read('{"seed": 1}')), false);
    assert.equal(isEqual(read('{"seed": 1.0}'), read('{"seed": 1.0}')), true);
  });

  test('is decoded as a number, not as text, in fields that zentop computes with', () => {
    const whole = parseJson('{"delay": 1.0, "retries": 3.0, "text": 2.0}') as Readonly<Record<string, unknown>>;
    assert.deepEqual([decodeNumber(whole['delay']), decodeCount(whole['retries'])], [1, 3]);
    assert.deepEqual([decodeText(whole['text']), decodeWord(whole['text'])], [undefined, undefined]);
    assert.equal(findNumber(read('2.50')), 2.5);
  });
});

describe('text in a response', () => {
  test('keeps its numbers unchanged', () => {
    const text = 'epoch: 1.0, NaN, [1e5] "quoted\\" -0.0';
    const json = JSON.stringify({text, loss: 0.5, note: '\\'}).replace('0.5', '1.0');
    assert.deepEqual(read(json), {text, loss: new ExactNumber('1.0'), note: '\\'});
  });

  test('loses only a lone surrogate or a control character', () => {
    assert.deepEqual(read('{"a": "x\\ud800y", "b": "\\ud83d\\ude00", "c": "\\\\ud800", "d": "\\udc00"}'), {
      a: 'x\ufffdy',
      b: '😀',
      c: '\\ud800',
      d: '\ufffd',
    });
    assert.deepEqual(read('{"a": "one\ntwo\u0001"}'), {a: 'one two '});
  });
});

test('any JSON text is the same after it has been parsed and written again', () => {
  fc.assert(
    fc.property(fc.jsonValue({maxDepth: 3}), value => {
      const text = JSON.stringify(value);
      assert.equal(stringifyJson(parseJson(text)), text);
    }),
  );
});

test('broken JSON is rejected', () => {
  assert.throws(() => parseJson('{"a": 1.0'));
  assert.throws(() => parseJson('{"a": NaNa}'));
});
