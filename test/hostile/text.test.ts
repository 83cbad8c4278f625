import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {decodeJson} from '../../src/api/decode/json.js';
import {emptyLogTail, withLogEntries} from '../../src/domain/log/tail.js';
import {countCells, cutEnd, cutMiddle} from '../../src/format/cells.js';
import {removeControls} from '../../src/format/clean-text.js';
import {formatJsonLine, formatJsonLines} from '../../src/format/json-text.js';
import {getLineText} from '../../src/format/line.js';
import {formatLog} from '../../src/format/log/log-text.js';
import {renderPython} from '../../src/format/python-source.js';
import {sanitizeLines, sanitizeText} from '../../src/format/safe-text.js';
import {sanitizeToWidth} from '../../src/format/sanitize-to-width.js';
import {formatSafeJson} from '../../src/report/json-values.js';
import {encodeTitle} from '../../src/terminal/modes.js';
import {encodeNotification} from '../../src/terminal/notify.js';
import {countCases, hostileText, hostileValue, seed, timeoutFactor, unprintable} from '../support/hostile.js';

const assertPrintable = (text: string): void =>
  assert.doesNotMatch(text, unprintable, JSON.stringify(text.slice(0, 500)));

const controls = /[\x00-\x1f\x7f-\x9f]/;

const properties: Readonly<Record<string, (text: string, width: number) => void>> = {
  'one line of text is printable and no wider than allowed': (text, width) => {
    assertPrintable(sanitizeText(text));
    assert.ok(!sanitizeText(text).includes('\n'));
    const cut = sanitizeToWidth(text, width);
    assertPrintable(cut);
    assert.ok(countCells(cut) <= width, `${countCells(cut)} cells in ${width}`);
  },
  'lines are printable, and fit when they are cut': (text, width) => {
    for (const line of sanitizeLines(text)) {
      assertPrintable(line);
      assert.ok(!line.includes('\n'));
      assert.ok(countCells(cutEnd(line, width)) <= width);
      assert.ok(countCells(cutMiddle(line, width)) <= width);
    }
  },
  'source code is printable': text => {
    for (const line of renderPython(text.slice(0, 3000))) {
      assertPrintable(getLineText(line));
    }
  },
  'copied text contains no control characters except white space': text => {
    assert.doesNotMatch(removeControls(text), /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/);
  },
  'a title contains no control characters': text => {
    const inner = encodeTitle(text).slice('\x1b]2;'.length, -1);
    assert.doesNotMatch(inner, controls);
    assert.ok(inner.length <= 400);
  },
  'a notification contains no control characters and no additional fields': text => {
    const sequence = encodeNotification(text, text, 'osc777');
    const inner = sequence.slice('\x07\x1b]777;'.length, -1);
    assert.doesNotMatch(inner, controls);
    assert.equal(inner.split(';').length, 3);
    assert.equal(encodeNotification(text, text, 'bell'), '\x07');
  },
  'a saved log is printable except for its tabs': text => {
    const {lines} = withLogEntries(emptyLogTail, [
      {
        message: text,
        at: 0,
        level: 20,
        id: undefined,
        chunkIndex: 0,
        chunkCount: 1,
      },
    ]);
    for (const chunk of lines.chunks) {
      assertPrintable(formatLog(chunk.lines, {hasTimes: true}).replaceAll('\t', ''));
    }
  },
  'JSON output is printable and parses to the same text': text => {
    const json = formatSafeJson({text});
    assertPrintable(json);
    assert.equal((JSON.parse(json) as {text: string}).text, text);
  },
};

for (const [name, check] of Object.entries(properties)) {
  test(`for any text, ${name}`, {timeout: 120_000 * timeoutFactor}, () => {
    fc.assert(fc.property(hostileText, fc.integer({min: 0, max: 120}), check), {numRuns: countCases(2000), seed});
  });
}

test('for any value, prints safe lines, and a single line fits the width', {timeout: 120_000 * timeoutFactor}, () => {
  fc.assert(
    fc.property(hostileValue, fc.integer({min: 1, max: 120}), (value, width) => {
      const json = decodeJson(value);
      const line = formatJsonLine(json, width);
      assertPrintable(line);
      assert.ok(countCells(line) <= width);
      for (const each of formatJsonLines(json, width)) {
        assertPrintable(each);
      }
    }),
    {numRuns: countCases(2000), seed},
  );
});
