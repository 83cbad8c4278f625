import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import {test} from 'vitest';
import {getPhase, type StepStatus, statuses} from '../../src/domain/status.js';
import {barParts, coloredBar, colorlessBar, type Glyph, getStatusGlyph, glyphs} from '../../src/theme/glyphs.js';

const everyStatus: readonly StepStatus[] = [...statuses, 'unknown', 'waiting', 'not run'];
const statusGlyphs = everyStatus.map(status => [status, getStatusGlyph(status)] as const);
const allGlyphs: readonly (readonly [string, Glyph])[] = [
  ...Object.entries(glyphs),
  ...Object.entries(coloredBar),
  ...Object.entries(colorlessBar),
  ...statusGlyphs,
];

test('every glyph is one cell wide and has an equivalent of one printable ASCII character', () => {
  for (const [name, {text, ascii}] of allGlyphs) {
    assert.equal(stringWidth(text), 1, name);
    assert.match(ascii, /^[!-~]$/, name);
  }
});

test('no glyph before a name is drawn wide by terminals configured for East Asian text', () => {
  const inRows = [
    ...statusGlyphs,
    ['cursor', glyphs.cursor],
    ['collapsed', glyphs.collapsed],
    ['expanded', glyphs.expanded],
  ];
  for (const [name, glyph] of inRows as readonly (readonly [string, Glyph])[]) {
    assert.equal(stringWidth(glyph.text, {ambiguousIsNarrow: false}), 1, name);
  }
});

test('statuses of different phases differ without color, in Unicode and in ASCII, except retrying and retried', () => {
  const retryStatuses: ReadonlySet<StepStatus> = new Set(['retrying', 'retried']);
  for (const [status, glyph] of statusGlyphs) {
    for (const [other, otherGlyph] of statusGlyphs) {
      const areBothRetries = retryStatuses.has(status) && retryStatuses.has(other);
      if (getPhase(status) !== getPhase(other) && !areBothRetries) {
        assert.notEqual(glyph.text, otherGlyph.text, `${status} and ${other}`);
        assert.notEqual(glyph.ascii, otherGlyph.ascii, `${status} and ${other}`);
      }
    }
  }
});

test('the segments of a progress bar differ without color, except good and reused', () => {
  const kinds = [['good', 'reused'], ['bad'], ['busy'], ['ended'], ['waiting']] as const;
  assert.deepEqual(kinds.flat().sort(), [...barParts].sort());
  for (const form of ['text', 'ascii'] as const) {
    const texts = kinds.map(([part]) => colorlessBar[part][form]);
    assert.equal(new Set(texts).size, kinds.length, texts.join(' '));
  }
});
