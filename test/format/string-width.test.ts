import assert from 'node:assert/strict';
import {pathToFileURL} from 'node:url';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {test} from 'vitest';
import {buildAs} from '../terminal/support/build.js';
import {textPiece} from './support/text-piece.js';

// The build replaces string-width with .build/string-width.cjs, which decides itself how wide most texts are.
const built = pathToFileURL(await buildAs('string-width', '.build/string-width.cjs')).href;
const {default: measure}: {default: typeof stringWidth} = await import(built);

// All later characters are left to string-width.
test('every character up to U+2FFF is as wide as string-width says', () => {
  const different = Array.from({length: 0x3000}, (_, code) => String.fromCharCode(code)).filter(
    character => measure(character) !== stringWidth(character),
  );
  assert.deepEqual(different, []);
});

test('texts are as wide as string-width says, whatever their characters combine to', () => {
  fc.assert(
    fc.property(fc.array(textPiece), fc.boolean(), fc.boolean(), (pieces, ambiguousIsNarrow, countAnsiEscapeCodes) => {
      const text = pieces.join('');
      assert.equal(measure(text), stringWidth(text));
      const options = {ambiguousIsNarrow, countAnsiEscapeCodes};
      assert.equal(measure(text, options), stringWidth(text, options));
    }),
  );
});
