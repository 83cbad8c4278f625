import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {json} from '../../src/api/decode/json.js';
import {emptyTail, withEntries} from '../../src/domain/log/tail.js';
import {cells, cutEnd, cutMiddle} from '../../src/format/cells.js';
import {withoutControls} from '../../src/format/clean-text.js';
import {jsonLine, jsonLines} from '../../src/format/json-text.js';
import {lineText} from '../../src/format/line-cells.js';
import {logText} from '../../src/format/log/log-text.js';
import {pythonLines} from '../../src/format/python-source.js';
import {safeLines, safeText} from '../../src/format/safe-text.js';
import {jsonText} from '../../src/report/json-values.js';
import {linked} from '../../src/terminal/links.js';
import {notificationSequence} from '../../src/terminal/notify.js';
import {titleSequence} from '../../src/terminal/title.js';
import {cases, factor, hostileText, hostileValue, seed, unprintable} from '../support/hostile.js';

const assertPrintable = (text: string): void =>
  assert.doesNotMatch(text, unprintable, JSON.stringify(text.slice(0, 500)));

const controls = /[\x00-\x1f\x7f-\x9f]/;

const properties: Readonly<Record<string, (text: string, width: number) => void>> = {
  'one line of text is printable and no wider than asked for': (text, width) => {
    assertPrintable(safeText(text));
    assert.ok(!safeText(text).includes('\n'));
    const cut = safeText(text, {maxCells: width});
    assertPrintable(cut);
    assert.ok(cells(cut) <= width, `${cells(cut)} cells in ${width}`);
  },
  'lines of text are printable, and what is cut of them fits': (text, width) => {
    for (const line of safeLines(text)) {
      assertPrintable(line);
      assert.ok(!line.includes('\n'));
      assert.ok(cells(cutEnd(line, width)) <= width);
      assert.ok(cells(cutMiddle(line, width)) <= width);
    }
  },
  'source code is printable': text => {
    for (const line of pythonLines(text.slice(0, 3000))) {
      assertPrintable(lineText(line));
    }
  },
  'what is copied holds nothing that a terminal obeys': text => {
    assert.doesNotMatch(withoutControls(text), /[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/);
  },
  'a title ends where we end it': text => {
    const inner = titleSequence(text).slice('\x1b]2;'.length, -1);
    assert.doesNotMatch(inner, controls);
    assert.ok(inner.length <= 400);
  },
  'a notification has the fields that we give it': text => {
    const sent = notificationSequence(text, text, 'osc777');
    const inner = sent.slice('\x07\x1b]777;'.length, -1);
    assert.doesNotMatch(inner, controls);
    assert.equal(inner.split(';').length, 3);
    assert.equal(notificationSequence(text, text, 'bell'), '\x07');
  },
  'a link leads to the web or is none': text => {
    const shown = linked('shown', text, {hasLinks: true});
    if (shown === 'shown') {
      return;
    }
    const target = /^\x1b\]8;;(https?:\/\/[^\x00-\x20\x7f-\x9f]+)\x1b\\shown\x1b\]8;;\x1b\\$/.exec(shown)?.[1];
    assert.ok(target, JSON.stringify(shown));
  },
  'a saved log can be read with cat': text => {
    const {lines} = withEntries(emptyTail, [
      {
        message: text,
        at: 0,
        level: 20,
        id: undefined,
        name: text,
        module: text,
        filename: text,
        lineNumber: 1,
        chunkIndex: 0,
        chunkCount: 1,
      },
    ]);
    for (const chunk of lines.chunks) {
      assertPrintable(logText(chunk.lines, {hasTimes: true}).replaceAll('\t', ''));
    }
  },
  'JSON for scripts is printable and gives the text back': text => {
    const told = jsonText({text});
    assertPrintable(told);
    assert.equal((JSON.parse(told) as {text: string}).text, text);
  },
};

for (const [name, holds] of Object.entries(properties)) {
  test(`whatever the text, ${name}`, {timeout: 120_000 * factor}, () => {
    fc.assert(fc.property(hostileText, fc.integer({min: 0, max: 120}), holds), {numRuns: cases(2000), seed});
  });
}

test('whatever the value, it is told in printable lines that fit', {timeout: 120_000 * factor}, () => {
  fc.assert(
    fc.property(hostileValue, fc.integer({min: 1, max: 120}), (value, width) => {
      const known = json(value);
      const line = jsonLine(known, width);
      assertPrintable(line);
      assert.ok(cells(line) <= width);
      for (const each of jsonLines(known, width)) {
        assertPrintable(each);
      }
    }),
    {numRuns: cases(2000), seed},
  );
});
