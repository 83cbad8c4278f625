import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {createPartialPaste, splitInput, splitKeys, type TerminalReport} from '../../src/terminal/split-input.js';

const reports = [
  '\x1b[<35;10;20M',
  '\x1b[<0;1;1m',
  '\x1b[I',
  '\x1b[O',
  '\x1b[?2026;2$y',
  '\x1b[?62;22c',
  '\x1b[>1;4600;0c',
  '\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\',
  '\x1b]10;rgb:cdcd/d6d6/f4f4\x07',
  '\x1bP>|XTerm(390)\x1b\\',
  '\x1b_Gi=31;EINVAL: no quiet\x1b\\',
  '\x1b]Lqueue\x1b\\',
  '\x1bXsome q text\x1b\\',
  '\x1b^private\x1b\\',
  '\x1b[200~x y\rrm -rf\x1b[201~',
];

const keys = [
  'j',
  'G',
  '\r',
  '\t',
  '\x7f',
  '\x03',
  '\x1b[A',
  '\x1b[1;5C',
  '\x1bOP',
  '\x1b[15~',
  '\x1b[Z',
  '\x1bb',
  'é',
  '日',
];

const splitAll = (pieces: readonly string[]) => {
  let unfinished = '';
  let typed = '';
  const foundReports: TerminalReport[] = [];
  for (const piece of pieces) {
    const split = splitInput(unfinished + piece);
    typed += split.keys;
    foundReports.push(...split.reports);
    unfinished = split.unfinished;
  }
  return {typed, foundReports, unfinished};
};

for (const report of reports) {
  test(`does not take ${JSON.stringify(report)} for keys, wherever it is cut`, () => {
    for (let cut = 0; cut <= report.length; cut++) {
      const {typed, foundReports, unfinished} = splitAll([`j${report.slice(0, cut)}`, `${report.slice(cut)}k`]);
      assert.equal(typed, 'jk', `cut after ${cut}`);
      assert.equal(foundReports.length, 1, `cut after ${cut}`);
      assert.equal(unfinished, '');
    }
  });
}

for (const key of keys) {
  test(`keeps ${JSON.stringify(key)} as a key`, () => {
    assert.deepEqual(splitInput(key), {keys: key, reports: [], unfinished: '', pending: 'nothing'});
  });
}

test('separates keys and reports in any order and pieces', () => {
  const stream = fc.array(fc.oneof(fc.constantFrom(...reports), fc.constantFrom(...keys)), {maxLength: 12});
  fc.assert(
    fc.property(stream, fc.array(fc.nat(200), {maxLength: 6}), (parts, cuts) => {
      const whole = parts.join('');
      const edges = [0, ...cuts.map(cut => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
      const pieces = edges.slice(1).map((edge, index) => whole.slice(edges[index], edge));
      const {typed, foundReports} = splitAll(pieces);
      assert.equal(typed, parts.filter(part => keys.includes(part)).join(''));
      assert.equal(foundReports.length, parts.filter(part => reports.includes(part)).length);
    }),
  );
});

test('keeps an end that may be Esc or Alt with a bracket as a pending key', () => {
  for (const end of ['\x1b', '\x1b[', '\x1b]', '\x1bO', '\x1bP', '\x1bX', '\x1b^', '\x1b_', '\x1b[[']) {
    assert.deepEqual(splitInput(`j${end}`), {keys: 'j', reports: [], unfinished: end, pending: 'key'});
  }
});

test('keeps an end that cannot be a key as a pending sequence', () => {
  for (const end of ['\x1b[<35;1', '\x1b[?62', '\x1b[1;', '\x1b[200', '\x1b]11;rgb:', '\x1bP>|XT', '\x1b]11;x\x1b']) {
    assert.equal(splitInput(end).pending, 'sequence', JSON.stringify(end));
  }
});

test('normalizes line endings in a paste and removes control characters', () => {
  const {reports: foundReports} = splitInput('\x1b[200~one\r\ntwo\rthree\x1b[31m\x07\tfour\x1b[201~');
  assert.deepEqual(foundReports, [{kind: 'paste', text: 'one\ntwo\nthree[31m\tfour'}]);
});

test('keeps what looks like a report inside a paste', () => {
  const {keys: typed, reports: foundReports} = splitInput('\x1b[200~a\x1b[Ib\x1b[201~q');
  assert.equal(typed, 'q');
  assert.deepEqual(foundReports, [{kind: 'paste', text: 'a[Ib'}]);
});

test('keeps a paste without an end pending, and can return it as far as it arrived', () => {
  const split = splitInput('j\x1b[200~half');
  assert.deepEqual(split, {keys: 'j', reports: [], unfinished: '\x1b[200~half', pending: 'paste'});
  assert.deepEqual(createPartialPaste(split.unfinished), {kind: 'paste', text: 'half'});
});

test('splits keys in any order without losing one', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...keys)), list => {
      assert.deepEqual(splitKeys(list.join('')), list);
    }),
  );
  fc.assert(
    fc.property(fc.string({unit: fc.constantFrom('\x1b', '[', 'O', '1', ';', 'A', '~', 'j', '日', '\r')}), text => {
      assert.equal(splitKeys(text).join(''), text);
    }),
  );
});
