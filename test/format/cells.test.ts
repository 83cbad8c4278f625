import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {countCells, cutEnd, cutMiddle, padEnd, padStart} from '../../src/format/cells.js';
import {
  countLineCells,
  createSegment,
  cutLine,
  getLineText,
  type Line,
  renderDim,
  renderPlain,
  spreadLine,
} from '../../src/format/line.js';
import {convertToAscii} from '../../src/format/marks.js';
import {sanitizeText} from '../../src/format/safe-text.js';
import {flowFacts, wrapLine, wrapText} from '../../src/format/wrap.js';

test.each([
  ['', 0],
  ['load_data', 9],
  ['größe', 5],
  ['模型', 4],
  ['👍', 2],
  ['🇩🇪', 2],
  ['e\u0301', 1],
])('measures %s in cells', (text, expected) => {
  assert.equal(countCells(text), expected);
});

test.each([
  ['load_data', 9, 'load_data', 'load_data'],
  ['load_data', 8, 'load_da…', 'load…ata'],
  ['map:embed:123', 9, 'map:embe…', 'map:…:123'],
  ['模型模型模型', 7, '模型模…', '模型…型'],
  ['模型', 1, '…', '…'],
  ['ab', 0, '', ''],
  ['ab', -1, '', ''],
])('cuts %s at %d cells, at the end or in the middle', (text, max, end, middle) => {
  assert.equal(cutEnd(text, max), end);
  assert.equal(cutMiddle(text, max), middle);
});

test('pads by cells and cuts nothing', () => {
  assert.equal(padEnd('模', 4), '模  ');
  assert.equal(padStart('模', 4), '  模');
  assert.equal(padStart('long', 2), 'long');
});

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['one  two', 4, ['one', 'two']],
  ['    indented text', 12, ['    indented', 'text']],
  ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
  ['a abcdefgh', 4, ['a', 'abcd', 'efgh']],
  ['模型模型', 5, ['模型', '模型']],
  // The ideographic space is part of the text, wherever a line ends.
  ['ab \u3000 cd', 5, ['ab \u3000', 'cd']],
  ['abcd\u3000', 4, ['abcd', '\u3000']],
  ['ab \u3000', 4, ['ab', '\u3000']],
  ['', 5, ['']],
])('wraps %j at %d cells', (text, max, expected) => {
  assert.deepEqual(wrapText(text, max), expected);
});

const facts: readonly Line[] = [[renderPlain('cpu 8')], [], [renderPlain('gpu 1')], [renderDim('mem 64 GB')]];

test('puts as many facts on a line as fit, without a dot at its start or end', () => {
  assert.deepEqual(flowFacts(facts, 40).map(getLineText), ['cpu 8 · gpu 1 · mem 64 GB']);
  assert.deepEqual(flowFacts(facts, 16).map(getLineText), ['cpu 8 · gpu 1', 'mem 64 GB']);
  assert.deepEqual(flowFacts(facts, 5).map(getLineText), ['cpu 8', 'gpu 1', 'mem', '64 GB']);
});

test('keeps the tones of a line that is cut or wrapped', () => {
  const line: Line = [renderDim('started '), renderPlain('21:08:33')];
  assert.deepEqual(cutLine(line, 11), [renderDim('started '), renderPlain('21…')]);
  assert.deepEqual(cutLine(line, 8), [renderDim('started…')]);
  assert.deepEqual(wrapLine(line, 8), [[renderDim('started')], [renderPlain('21:08:33')]]);
});

test('does not break a line where only the tone changes', () => {
  const line = [
    renderDim('feeds '),
    renderPlain('✓'),
    renderPlain('\u00A0train'),
    renderDim(','),
    renderPlain(' more'),
  ];
  assert.deepEqual(wrapLine(line, 14).map(getLineText), ['feeds ✓\u00A0train,', 'more']);
  assert.deepEqual(wrapLine(line, 10).map(getLineText), ['feeds', '✓\u00A0train,', 'more']);
  assert.deepEqual(wrapLine([renderPlain('ab'), renderDim('cdefg')], 4).map(getLineText), ['abcd', 'efg']);
});

test('replaces each sign with one ASCII character', () => {
  assert.equal(convertToAscii('a · b… 1×A100 模'), 'a - b~ 1xA100 ?');
  assert.equal(convertToAscii('for an answer to “Deploy?”'), 'for an answer to "Deploy?"');
});

const anyText = fc.string({unit: 'grapheme', maxLength: 40}).map(text => sanitizeText(text));
const width = fc.integer({min: 0, max: 30});

test('never exceeds the width', () => {
  fc.assert(
    fc.property(anyText, anyText, width, (a, b, max) => {
      assert.ok(countCells(cutEnd(a, max)) <= max);
      assert.ok(countCells(cutMiddle(a, max)) <= max);
      assert.ok(countLineCells(cutLine([renderPlain(a), renderDim(b)], max)) <= max);
      assert.ok(wrapText(a, max + 4).every(line => countCells(line) <= max + 4));
    }),
    {numRuns: 1000},
  );
});

test('does not cut a text that fits, and drops only spaces when wrapping', () => {
  fc.assert(
    fc.property(anyText, width, (text, max) => {
      assert.equal(cutEnd(text, countCells(text)), text);
      assert.equal(cutMiddle(text, countCells(text)), text);
      assert.equal(
        wrapText(text, max + 2)
          .join('')
          .replaceAll(' ', ''),
        text.replaceAll(' ', ''),
      );
    }),
    {numRuns: 1000},
  );
});

test('cuts a line at a given cell and ends it with an ellipsis', () => {
  const line = [createSegment('train', 'strong'), createSegment('_pipeline', 'dim')];
  assert.equal(getLineText(cutLine(line, 14)), 'train_pipeline');
  assert.equal(getLineText(cutLine(line, 8)), 'train_p…');
  assert.equal(getLineText(cutLine(line, 5)), 'trai…');
  assert.equal(getLineText(cutLine(line, 0)), '');
});

test('a line that is cut is never wider than allowed', () => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: 'grapheme'})), fc.nat(40), (texts, max) => {
      assert.ok(
        countLineCells(
          cutLine(
            texts.map(each => createSegment(each)),
            max,
          ),
        ) <= max,
      );
    }),
  );
});

test('cuts the left part of a line to make room for the right one', () => {
  assert.equal(getLineText(spreadLine([createSegment('left')], [createSegment('right')], 12)), 'left   right');
  assert.equal(
    getLineText(spreadLine([createSegment('very long left')], [createSegment('right')], 12)),
    'very…  right',
  );
});

test('keeps the style of a segment that is cut', () => {
  const line: Line = [{text: 'bold text', tone: 'plain', style: {isBold: true}}];
  assert.deepEqual(cutLine(line, 5), [{text: 'bold…', tone: 'plain', style: {isBold: true}}]);
});
