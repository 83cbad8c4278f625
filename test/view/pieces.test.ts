import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {layOutShares} from '../../src/view/header/progress.js';
import {layOutStepColumns} from '../../src/view/list/columns.js';
import {createPiece, cutPieces, getPiecesWidth, spreadPieces} from '../../src/view/pieces.js';

const text = (pieces: readonly {readonly text: string}[]): string => pieces.map(each => each.text).join('');

test('pieces are cut at the cell, and say that something followed', () => {
  const pieces = [createPiece('train', 'strong'), createPiece('_pipeline', 'dim')];
  assert.equal(text(cutPieces(pieces, 14)), 'train_pipeline');
  assert.equal(text(cutPieces(pieces, 8)), 'train_p…');
  assert.equal(text(cutPieces(pieces, 5)), 'trai…');
  assert.equal(text(cutPieces(pieces, 0)), '');
});

test('no cut of any pieces is wider than it may be', () => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: 'grapheme'})), fc.nat(40), (texts, max) => {
      assert.ok(
        getPiecesWidth(
          cutPieces(
            texts.map(each => createPiece(each)),
            max,
          ),
        ) <= Math.max(max, 0),
      );
    }),
  );
});

test('what stands left gives way to what stands right', () => {
  assert.equal(text(spreadPieces([createPiece('left')], [createPiece('right')], 12)), 'left   right');
  assert.equal(text(spreadPieces([createPiece('very long left')], [createPiece('right')], 12)), 'very…  right');
});

test('shares fill the line to the last cell, and nothing that counts is without a cell where there is room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5000), {minLength: 1, maxLength: 6}),
      fc.integer({min: 0, max: 200}),
      (counts, width) => {
        const shares = layOutShares(counts, width);
        const total = counts.reduce((sum, count) => sum + count, 0);
        assert.equal(
          shares.reduce((sum, share) => sum + share, 0),
          total === 0 ? 0 : width,
        );
        const kinds = counts.filter(count => count > 0).length;
        assert.ok(
          shares.every((share, place) => (counts[place] === 0 ? share === 0 : share >= (width >= kinds ? 1 : 0))),
        );
      },
    ),
  );
});

test('columns go one by one as the list gets narrow, and the row is never wider than the list', () => {
  for (let width = 1; width < 200; width++) {
    const {name, status, time, tries} = layOutStepColumns(width, true);
    const taken = [status, time, tries].filter(cells => cells > 0).reduce((sum, cells) => sum + cells + 2, 0);
    assert.ok(width < 8 || 5 + name + taken + 1 === width, `${width}`);
    assert.ok(width < 20 || name >= 10, `${width}: ${name}`);
  }
});
