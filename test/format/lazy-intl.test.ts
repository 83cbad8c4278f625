import assert from 'node:assert/strict';
import {pathToFileURL} from 'node:url';
import fc from 'fast-check';
import {test} from 'vitest';
import {buildAs} from '../terminal/support/build.js';
import {textPiece} from './support/text-piece.js';

// The build replaces Intl.Segmenter and Intl.ListFormat with .build/lazy-intl.js, which splits most texts itself.
const built = pathToFileURL(await buildAs('lazy-intl', '.build/lazy-intl.js')).href;
const {LazySegmenter, LazyListFormat}: {LazySegmenter: typeof Intl.Segmenter; LazyListFormat: typeof Intl.ListFormat} =
  await import(built);

const lazy = new LazySegmenter(undefined, {granularity: 'grapheme'});
const real = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

test('splits every text into the characters that Intl.Segmenter finds', () => {
  fc.assert(
    fc.property(fc.array(textPiece), pieces => {
      const text = pieces.join('');
      assert.deepEqual([...lazy.segment(text)], [...real.segment(text)]);
    }),
  );
});

test('every character up to U+2FFF combines with the next one as Intl.Segmenter says', () => {
  const next = ['a', '\u0301', '\u200d', '\ufe0f', '\n'];
  const different = Array.from({length: 0x3000}, (_, code) => String.fromCharCode(code)).filter(character =>
    next.some(other => [...lazy.segment(character + other)].length !== [...real.segment(character + other)].length),
  );
  assert.deepEqual(different, []);
});

test('finds the character at every position', () => {
  fc.assert(
    fc.property(fc.array(textPiece), fc.integer({min: -2, max: 30}), (pieces, index) => {
      const text = pieces.join('');
      assert.deepEqual(lazy.segment(text).containing(index), real.segment(text).containing(index));
    }),
  );
});

test('formats a list as Intl.ListFormat does', () => {
  const options = {style: 'long', type: 'disjunction'} as const;
  assert.equal(new LazyListFormat('en', options).format(['a', 'b', 'c']), 'a, b, or c');
});
