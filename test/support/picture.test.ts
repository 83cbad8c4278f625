import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {test} from 'vitest';
import {renderPng, renderSvg} from './picture.js';

const {Terminal} = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

const drawSvg = async (bytes: string): Promise<string> => {
  const terminal = new Terminal({cols: 12, rows: 2, allowProposedApi: true});
  await new Promise<void>(resolve => terminal.write(bytes, resolve));
  return renderSvg(terminal, 'a <title>');
};

test('adjacent cells of the same style are drawn as one text element', async () => {
  const svg = await drawSvg('ab \x1b[1;31mcd\x1b[0m');
  assert.match(svg, />ab<\/text>/);
  assert.match(svg, /font-weight="700">cd<\/text>/);
  assert.equal(svg.match(/<text/g)?.length, 2);
});

test('markup in text is escaped', async () => {
  assert.match(await drawSvg('<&>'), />&lt;&amp;&gt;<\/text>/);
  assert.match(await drawSvg(''), /aria-label="a &lt;title&gt;"/);
});

test('an inverse cell swaps its colors, and one of the 256 colors keeps its exact value', async () => {
  const [plain, inverse] = [await drawSvg('\x1b[38;5;208mx'), await drawSvg('\x1b[7;38;5;208mx')];
  assert.match(plain, /<text[^>]* fill="#ff8700"/);
  assert.match(inverse, /<rect[^>]* fill="#ff8700"/);
});

test('lines and blocks are drawn as shapes, so that they touch', async () => {
  const svg = await drawSvg('━█');
  assert.doesNotMatch(svg, /<text/);
  assert.equal(svg.match(/<rect/g)?.length, 3);
});

test('a drawing becomes a PNG of the same size', async () => {
  const png = renderPng(await drawSvg('hello'));
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.equal(png.readUInt32BE(16), Math.ceil(12 * 8.43 + 24));
  assert.equal(png.readUInt32BE(20), 2 * 18 + 24);
});
