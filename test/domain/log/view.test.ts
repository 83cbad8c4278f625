import assert from 'node:assert/strict';
import fc from 'fast-check';
import {describe, test} from 'vitest';
import {findLogLine, linesPerChunk} from '../../../src/domain/log/lines.js';
import {createLogPattern, findRanges, removeColors} from '../../../src/domain/log/pattern.js';
import {withLogEntries} from '../../../src/domain/log/tail.js';
import {createLogView, type LogFilter} from '../../../src/domain/log/view.js';
import {aLogEntry} from '../../support/builders.js';
import {buildEntries, buildManyEntries, createTail} from '../../support/logs.js';

const everything: LogFilter = {minLevel: undefined, pattern: undefined};

const findTexts = (messages: readonly string[], text: string): readonly string[] => {
  const {lines} = createTail(buildEntries(...messages));
  const view = createLogView(lines, {...everything, pattern: createLogPattern(text)});
  return Array.from({length: view.count}, (_, index) => findLogLine(lines, view.getNumber(index)!)!.text);
};

describe('searching', () => {
  test.each<[string, string, readonly string[]]>([
    ['lower case also finds upper case', 'loss', ['loss 1', 'LOSS 2']],
    ['upper case finds only upper case', 'LOSS', ['LOSS 2']],
    ['punctuation is literal', '1.5*', ['1.5*']],
    ['a missing word is not found', 'zebra', []],
  ])('%s', (_, text, lines) => {
    assert.deepEqual(findTexts(['loss 1', 'LOSS 2', '1.5*', '1x55', ''], text), lines);
  });

  test('finds text across a change of color', () => {
    assert.equal(findTexts(['\x1b[31mer\x1b[0mror'], 'error').length, 1);
    assert.equal(removeColors('\x1b[1;38;5;9mer\x1b[mror'), 'error');
  });

  test('returns each position in a line', () => {
    assert.deepEqual(findRanges('ababAB', createLogPattern('ab')!), [
      [0, 2],
      [2, 4],
      [4, 6],
    ]);
  });

  test('an empty text is not a search', () => {
    assert.equal(createLogPattern(''), undefined);
  });
});

test('leaves out lines below a level; lines without a level count as ordinary', () => {
  const entries = [10, 20, undefined, 30, 40].map((level, index) =>
    aLogEntry({id: `${index}`, message: `${level}`, level}),
  );
  const {lines} = createTail(entries);
  const getVisibleTexts = (minLevel: number | undefined) => {
    const view = createLogView(lines, {...everything, minLevel});
    return Array.from({length: view.count}, (_, index) => findLogLine(lines, view.getNumber(index)!)!.text);
  };
  assert.deepEqual(getVisibleTexts(undefined), ['10', '20', 'undefined', '30', '40']);
  assert.deepEqual(getVisibleTexts(20), ['20', 'undefined', '30', '40']);
  assert.deepEqual(getVisibleTexts(40), ['40']);
  assert.deepEqual(getVisibleTexts(50), []);
});

const anyChoice = fc.record({
  minLevel: fc.constantFrom(undefined, 20, 40),
  text: fc.constantFrom('', '9', '99', '999', 'a', 'an', 'and', 'AND', 'line 7'),
});

test('successive choices on a growing log select the same lines as a search of every line', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({choice: anyChoice, newCount: fc.nat(700)}), {minLength: 1, maxLength: 6}),
      moves => {
        let tail = createTail([]);
        for (const {choice, newCount} of moves) {
          tail = withLogEntries(tail, buildManyEntries(tail.entryCount + newCount));
          const {lines} = tail;
          const view = createLogView(lines, {minLevel: choice.minLevel, pattern: createLogPattern(choice.text)});
          const expectedNumbers: number[] = [];
          for (let number = lines.first; number < lines.end; number += 1) {
            const {text, level} = findLogLine(lines, number)!;
            const hasText = choice.text === 'AND' ? text.includes('AND') : text.toLowerCase().includes(choice.text);
            if ((level ?? 20) >= (choice.minLevel ?? 0) && hasText) {
              expectedNumbers.push(number);
            }
          }
          assert.deepEqual(
            Array.from({length: view.count}, (_, index) => view.getNumber(index)),
            expectedNumbers,
          );
          assert.equal(view.getNumber(view.count), undefined);
          assert.equal(view.getNumber(-1), undefined);
          for (const number of [0, linesPerChunk - 1, linesPerChunk, 1999, lines.end - 1, lines.end]) {
            assert.equal(view.getIndex(number), expectedNumbers.filter(each => each < number).length);
          }
        }
      },
    ),
    {numRuns: 60},
  );
});
