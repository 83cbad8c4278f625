import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'vitest';
import {decodeException} from '../../src/api/decode/exception.js';
import {decodeStepDetail} from '../../src/api/decode/step-detail.js';
import type {StepDetail} from '../../src/domain/attempt.js';
import {renderException} from '../../src/format/detail/exception-lines.js';
import {countLineCells, getLineText} from '../../src/format/line.js';
import {parseTraceback} from '../../src/format/traceback.js';

type RecordedException = {readonly exception_info: unknown; readonly source_code: string};

// Recorded with ZenML 0.98.0 and Python 3.11.
const exceptions = JSON.parse(readFileSync('test/fixtures/exceptions/python-3.11.json', 'utf8')) as Record<
  string,
  RecordedException
>;

const readDetail = (path: string): StepDetail =>
  decodeStepDetail(JSON.parse(readFileSync(`test/fixtures/${path}.json`, 'utf8')).body)!;

const renderRecordedException = (
  name: string,
  changes: {readonly width?: number; readonly isExpanded?: boolean} = {},
): string[] => {
  const {exception_info, source_code} = exceptions[name]!;
  return renderException({
    exception: decodeException(exception_info)!,
    sourceCode: source_code,
    width: 60,
    isExpanded: false,
    expandKey: undefined,
    ...changes,
  }).map(getLineText);
};

test('shows the line where an exception was raised, and its cause', () => {
  assert.deepEqual(renderRecordedException('chained'), [
    'error    ValueError: cannot share 7 among nobody',
    '         second line of the message',
    'line 6   raise ValueError("cannot share 7 among',
    '         nobody\\nsecond line of the message") from error',
    '         failure.py:11, in explode',
    'cause    ZeroDivisionError: division by zero',
    'trace    17 lines (collapsed)',
  ]);
});

test('shows an exception that was being handled as context', () => {
  assert.deepEqual(renderRecordedException('while-handling'), [
    'error    RuntimeError',
    'line 5   raise RuntimeError',
    '         failure.py:18, in lookup',
    "cause    while handling KeyError: 'learning_rate'",
    'trace    13 lines (collapsed)',
  ]);
});

test('expands a traceback to the full width, with wrapped lines indented', () => {
  const lines = renderRecordedException('chained', {isExpanded: true, width: 50});
  const start = lines.indexOf('trace    17 lines');
  assert.deepEqual(lines.slice(start, start + 6), [
    'trace    17 lines',
    '  File "/home/user/project/failure.py", line',
    '      9, in explode',
    '    return divide(amount, 0)',
    '           ^^^^^^^^^^^^^^^^^',
    '  File "/home/user/project/failure.py", line',
  ]);
  assert.equal(lines.at(-1), 'second line of the message');
});

test.each([30, 40, 64, 80])('never exceeds %d cells', width => {
  for (const name of Object.keys(exceptions)) {
    const {exception_info, source_code: sourceCode} = exceptions[name]!;
    const exception = decodeException(exception_info)!;
    const lines = renderException({exception, sourceCode, width, isExpanded: true, expandKey: 'v'});
    assert.deepEqual(lines.filter(line => countLineCells(line) > width).map(getLineText), []);
  }
});

const renderDetail = (detail: StepDetail): string[] =>
  renderException({
    exception: detail.exception!,
    sourceCode: detail.sourceCode,
    width: 70,
    isExpanded: false,
    expandKey: 'v',
  }).map(getLineText);

test.each([
  ['0.98.0/step-failed', 'error    ValueError: boom: the data is bad'],
  ['0.97.0/step_fail_failed', 'error    ValueError: boom: the data is bad'],
  ['0.94.6/step_fail_failed', 'error    ValueError: boom: the data is bad'],
  // Servers before 0.94.1 store only the traceback, without its last line.
  ['0.93.3/step_fail_failed', 'error    raise ValueError("boom: the data is bad")'],
  ['0.84.3/step_fail_failed', 'error    raise ValueError("boom: the data is bad")'],
])('finds the failing line in %s', (path, error) => {
  const lines = renderDetail(readDetail(path));
  assert.equal(lines[0], error);
  assert.equal(lines[1], 'line 4   raise ValueError("boom: the data is bad")');
  assert.match(lines[2]!, /^ {9}\w+\.py:\d+, in boom$/);
  assert.match(lines.at(-1)!, /^trace {4}\d lines \(v to expand\)$/);
});

test('shortens a long message', () => {
  const exception = {message: 'a\nb\nc\nd\ne\nf\ng', source: 'm.Failed', line: undefined, traceback: undefined};
  const renderLines = (isExpanded: boolean) =>
    renderException({exception, sourceCode: undefined, width: 60, isExpanded, expandKey: undefined}).map(getLineText);
  assert.deepEqual(renderLines(false), [
    'error    Failed: a',
    '         b',
    '         c',
    '         d',
    '         3 more lines',
  ]);
  assert.equal(renderLines(true).length, 7);
});

test('locates an exception outside the step in the innermost file that is not in a package', () => {
  const traceback = [
    '  File "/app/train.py", line 4, in fit',
    '    model.fit()',
    '  File "/venv/lib/python3.11/site-packages/lib/model.py", line 9, in fit',
    '    raise Failed()',
    'lib.model.Failed: no data',
  ].join('\n');
  const exception = {message: undefined, source: undefined, line: undefined, traceback};
  assert.deepEqual(
    renderException({exception, sourceCode: 'def f(): pass', width: 60, isExpanded: false, expandKey: undefined}).map(
      getLineText,
    ),
    [
      'error    lib.model.Failed: no data',
      'line     model.fit()',
      '         train.py:4, in fit',
      'trace    5 lines (collapsed)',
    ],
  );
});

test('parses a chain of exceptions, oldest first', () => {
  const chain = parseTraceback((exceptions['chained']!.exception_info as {traceback: string}).traceback);
  assert.deepEqual(
    chain.map(({error, ledTo, frames}) => [error, ledTo, frames.length]),
    [
      ['ZeroDivisionError: division by zero', 'cause', 2],
      ['ValueError: cannot share 7 among nobody', undefined, 2],
    ],
  );
});

test('shows a cause that was created but not raised, and still the line that failed', () => {
  const traceback = [
    'ValueError: no data',
    '',
    'The above exception was the direct cause of the following exception:',
    '',
    '  File "/app/train.py", line 9, in fit',
    '    raise RuntimeError("cannot train") from ValueError("no data")',
    'RuntimeError: cannot train',
  ].join('\n');
  const exception = {message: 'cannot train', source: 'RuntimeError', line: 2, traceback};
  const sourceCode = 'def fit():\n    raise RuntimeError("cannot train") from ValueError("no data")';
  assert.deepEqual(
    renderException({exception, sourceCode, width: 90, isExpanded: false, expandKey: undefined}).map(getLineText),
    [
      'error    RuntimeError: cannot train',
      'line 2   raise RuntimeError("cannot train") from ValueError("no data")',
      '         train.py:9, in fit',
      'cause    ValueError: no data',
      'trace    7 lines (collapsed)',
    ],
  );
});

test('finds no exception in other text', () => {
  assert.deepEqual(parseTraceback(''), []);
  assert.deepEqual(parseTraceback('\n\n  just text\n'), []);
});
