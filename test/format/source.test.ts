import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {test} from 'vitest';
import {failingLineKey, renderCode} from '../../src/format/detail/code-lines.js';
import {countLineCells, getLineText, type Line} from '../../src/format/line.js';
import {renderPython} from '../../src/format/python-source.js';
import {sanitizeLines} from '../../src/format/safe-text.js';
import {diffSources, formatDiffSize} from '../../src/format/source-diff.js';
import {wrapCode, wrapDiffLine} from '../../src/format/wrap-code.js';
import {aDetail, anException, aRun} from '../support/builders.js';

const source = '@step\ndef train(lr: float = 0.1):\n    """Fits\n    it."""\n    return fit(lr, "a < b & c")  # now\n';
const getTexts = (lines: readonly {readonly line: Parameters<typeof getLineText>[0]}[]) =>
  lines.map(({line}) => getLineText(line));

test('highlights Python across lines without changing the text', () => {
  const lines = renderPython(source);
  assert.deepEqual(lines.map(getLineText), source.trimEnd().split('\n'));
  assert.deepEqual(lines[1]?.[0], {text: 'def', tone: 'accent'});
  assert.ok(lines[3]?.some(({text, tone}) => text.includes('it."""') && tone === 'good'));
  assert.ok(lines[4]?.some(({text, tone}) => text === '# now' && tone === 'dim'));
});

test('keeps every printable character of a source and no control character', () => {
  const anAsciiText = fc.string({
    unit: fc.oneof(fc.constant('\n'), fc.string({unit: 'grapheme-ascii', minLength: 1, maxLength: 1})),
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({unit: 'grapheme', maxLength: 200}), anAsciiText), text => {
      const printed = renderPython(text).map(getLineText).join('\n');
      assert.doesNotMatch(printed.replaceAll('\n', ''), /[\x00-\x1f\x7f-\x9f]/);
      if (/^[ -~\n]*$/.test(text)) {
        // White space at the end of the source is dropped.
        assert.equal(printed, text.trimEnd());
      }
    }),
    {numRuns: 2000},
  );
});

test('shows added and removed lines with three lines of context', () => {
  const lines = Array.from({length: 20}, (_, index) => `line ${index}`);
  const changed = lines.with(10, 'other');
  const diff = diffSources(lines.join('\n'), changed.join('\n'));
  assert.deepEqual(diff.lines.map(getLineText), [
    '  line 7',
    '  line 8',
    '  line 9',
    '- line 10',
    '+ other',
    '  line 11',
    '  line 12',
    '  line 13',
  ]);
  assert.equal(formatDiffSize(diff), '1 line added, 1 removed');
  assert.deepEqual(diffSources(source, source).lines, []);
});

test('does not compare very different sources line by line', () => {
  const buildLines = (what: string) => Array.from({length: 3000}, (_, index) => `${what} ${index}`).join('\n');
  const diff = diffSources(buildLines('before'), buildLines('after'));
  assert.deepEqual(diff.lines.map(getLineText), ['too many changes to show line by line']);
  assert.deepEqual([diff.added, diff.removed], [3000, 3000]);
});

test('indents wrapped code, and repeats the sign in a diff', () => {
  const code: Line = [{text: '    model = Word2Vec(walks, size=64, window=5)', tone: 'plain'}];
  assert.deepEqual(wrapCode(code, 26).map(getLineText), [
    '    model =',
    '        Word2Vec(walks,',
    '        size=64, window=5)',
  ]);
  assert.deepEqual(wrapDiffLine([{text: '+     return fit(walks, size)', tone: 'good'}], 22).map(getLineText), [
    '+     return',
    '+         fit(walks,',
    '+         size)',
  ]);
});

test('wraps code at any width without losing text', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 120}), fc.integer({min: 12, max: 60}), (text, max) => {
      const [line = ''] = sanitizeLines(text);
      const wrapped = wrapCode([{text: line, tone: 'plain'}], max);
      assert.ok(wrapped.every(each => countLineCells(each) <= max));
      assert.equal(wrapped.map(getLineText).join('').replaceAll(' ', ''), line.replaceAll(' ', ''));
    }),
    {numRuns: 2000},
  );
});

type RecordedException = {
  readonly exception_info: {
    readonly traceback: string;
    readonly source: string;
    readonly message: string | null;
    readonly user_code_line: number;
  };
  readonly source_code: string;
};
const exceptions: Readonly<Record<string, RecordedException>> = JSON.parse(
  readFileSync('test/fixtures/exceptions/python-3.11.json', 'utf8'),
);

const view = {
  detail: aDetail({sourceCode: source}),
  previous: undefined,
  isHistoryKnown: true,
  isDiff: false,
  width: 80,
};

test('marks the failing line, which the cursor can reach', () => {
  const detail = aDetail({sourceCode: source, exception: anException({line: 5})});
  const lines = renderCode({...view, detail});
  const marked = lines.find(({mark}) => mark !== undefined);
  assert.equal(marked && getLineText(marked.line), '5 ✗     return fit(lr, "a < b & c")  # now');
  assert.equal(getTexts(lines).at(-1), '✗ line 5: RuntimeError: CUDA out of memory');
});

test.each([
  [
    'chained',
    ['4 ✗         return divide(amount, 0)', '6 ✗         raise ValueError("cannot share 7 among nobody\\nsecond line'],
    ['✗ line 4: ZeroDivisionError: division by zero', '✗ line 6: ValueError: cannot share 7 among nobody'],
  ],
  [
    'while-handling',
    ['3 ✗         return table["learning_rate"]', '5 ✗         raise RuntimeError'],
    ["✗ line 3: KeyError: 'learning_rate'", '✗ line 5: RuntimeError'],
  ],
])('marks the line of each exception in a chain (%s) with its message', (name, marked, messages) => {
  const {exception_info: recorded, source_code: sourceCode} = exceptions[name]!;
  const exception = anException({
    line: recorded.user_code_line + 1,
    source: recorded.source,
    message: recorded.message ?? undefined,
    traceback: recorded.traceback,
  });
  const lines = renderCode({...view, width: 70, detail: aDetail({sourceCode, exception})});
  const marks = lines.filter(({mark}) => mark !== undefined);
  assert.deepEqual(getTexts(marks), marked);
  assert.deepEqual([marks[0]?.mark?.key, new Set(marks.map(({mark}) => mark?.key)).size], [failingLineKey, 2]);
  assert.deepEqual(getTexts(lines).slice(-2), messages);
});

test('uses only the line from the server if the traceback does not match the source', () => {
  const {exception_info: recorded} = exceptions['chained']!;
  const exception = anException({line: 2, source: recorded.source, message: undefined, traceback: recorded.traceback});
  const lines = renderCode({...view, detail: aDetail({sourceCode: source, exception})});
  assert.deepEqual(getTexts(lines.filter(({mark}) => mark !== undefined)), ['2 ✗ def train(lr: float = 0.1):']);
  assert.equal(getTexts(lines).at(-1), '✗ line 2: ZeroDivisionError: division by zero');
});

test('wraps a long docstring', () => {
  const docstring = 'Fits the model to what was seen of each merchant in the last two weeks.';
  const lines = getTexts(renderCode({...view, width: 40, detail: aDetail({sourceCode: source, docstring})}));
  assert.deepEqual(lines.slice(0, 2), ['Fits the model to what was seen of each', 'merchant in the last two weeks.']);
});

test('says whether the source changed since the last run, or why that is unknown', () => {
  const run = aRun({index: 41});
  const renderTexts = (then: string | undefined) =>
    getTexts(renderCode({...view, isDiff: true, previous: {run, detail: aDetail({sourceCode: then})}}));
  assert.deepEqual(renderTexts(source), ['unchanged since run #41']);
  assert.deepEqual(renderTexts(undefined), ['no source code stored for this step in run #41']);
  assert.equal(renderTexts(source.replace('0.1', '0.2'))[0], 'since run #41: 1 line added, 1 removed');
  assert.deepEqual(getTexts(renderCode({...view, isDiff: true})), ['no recent run completed this step']);
});
