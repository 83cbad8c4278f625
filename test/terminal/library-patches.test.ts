import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import fc from 'fast-check';
import {beforeAll, expect, test, vi} from 'vitest';
import {Segmenter} from '../../src/format/segmenter.js';
import {buildAs} from './support/build.js';

const require = createRequire(import.meta.url);

type Write = {x: number; y: number; text: string; transformers: ((line: string, index: number) => string)[]};
type Clip = {x1?: number; x2?: number; y1?: number; y2?: number};
type Operation = {write: Write} | {clip: Clip} | {unclip: true};
type Output = {
  write: (x: number, y: number, text: string, options: Pick<Write, 'transformers'>) => void;
  clip: (clip: Clip) => void;
  unclip: () => void;
  get: () => {output: string; height: number};
};
type Drawing = {
  readonly Output: new (size: {width: number; height: number}) => Output;
  readonly createElement: (type: unknown, props: object | null, ...children: unknown[]) => object;
  readonly renderToString: (element: object, options: {columns: number}) => string;
  readonly stringWidth: (text: string) => number;
  readonly assertKind: {readonly any: (predicates: readonly unknown[], ...values: readonly unknown[]) => void};
  readonly Box: unknown;
  readonly Text: unknown;
};

/** As Ink would be bundled by itself: it waits while it loads, which only ES modules can. */
const unpatched = {
  plugins: [],
  alias: {'react-devtools-core': 'react'},
  format: 'esm',
  define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
  banner: {
    js: [
      'import {createRequire} from "node:module";',
      'const require = createRequire(import.meta.url);',
      'Promise.withResolvers ??= () => ({});',
    ].join('\n'),
  },
};

let original: Drawing;
let patched: Drawing;

beforeAll(async () => {
  vi.stubEnv('FORCE_COLOR', '3');
  const entry = 'test/terminal/support/drawing.ts';
  const [plainBuild, patchedBuild] = [
    await buildAs('drawing-original', entry, unpatched),
    await buildAs('drawing-patched', entry),
  ];
  original = (await import(plainBuild.outfile)) as Drawing;
  patched = require(patchedBuild.outfile) as Drawing;
  vi.unstubAllEnvs();
});

const words = fc.constantFrom(
  'trainer',
  ' ',
  'é',
  '日本',
  '👍',
  '👩‍👧',
  '▇▇▇',
  '…',
  '\x1b[31mred\x1b[39m',
  '\x1b[1;2mboth\x1b[22m',
  '\x1b[48;5;17mon blue\x1b[0m',
  '\x1b]8;;https://a.example\x1b\\link\x1b]8;;\x1b\\',
);
const line = fc.array(words, {maxLength: 6}).map(parts => parts.join(''));
const text = fc.array(line, {minLength: 1, maxLength: 3}).map(lines => lines.join('\n'));
const transformer = fc.constantFrom(
  (one: string) => one,
  (one: string) => `\x1b[7m${one}\x1b[27m`,
  (one: string, index: number) => `${index}${one}`,
);
const bound = fc.option(fc.integer({min: -3, max: 30}), {nil: undefined});
const clip = fc
  .record({x1: bound, x2: bound, y1: bound, y2: bound})
  .map(bounds => Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined)) as Clip);
const write = fc.record({
  x: fc.integer({min: -4, max: 24}),
  y: fc.integer({min: -2, max: 7}),
  text,
  transformers: fc.array(transformer, {maxLength: 2}),
});
const operations = fc.array(
  fc.oneof(
    {weight: 6, arbitrary: write.map((one): Operation => ({write: one}))},
    {weight: 2, arbitrary: clip.map((one): Operation => ({clip: one}))},
    {weight: 1, arbitrary: fc.constant<Operation>({unclip: true})},
  ),
  {maxLength: 14},
);

const drawOn = ({Output}: Drawing, list: readonly Operation[], width: number, height: number) => {
  const output = new Output({width, height});
  for (const operation of list) {
    if ('write' in operation) {
      output.write(operation.write.x, operation.write.y, operation.write.text, operation.write);
    } else if ('clip' in operation) {
      output.clip(operation.clip);
    } else {
      output.unclip();
    }
  }
  return output.get();
};

test('whatever is written, clipped and overlaid, the frame is the same, byte for byte', () => {
  fc.assert(
    fc.property(operations, fc.integer({min: 1, max: 24}), fc.integer({min: 0, max: 6}), (list, width, height) => {
      assert.deepEqual(drawOn(patched, list, width, height), drawOn(original, list, width, height));
      // Once more, when everything is remembered.
      assert.deepEqual(drawOn(patched, list, width, height), drawOn(original, list, width, height));
    }),
    {numRuns: 1500},
  );
});

type Look = {
  readonly color?: string;
  readonly backgroundColor?: string;
  readonly bold?: boolean;
  readonly wrap: string;
  readonly text: string;
};
type Tree = {readonly props: object; readonly texts: readonly Look[]; readonly boxes: readonly Tree[]};

const optional = <T>(values: readonly T[]) => fc.constantFrom(...values);
const look = fc.record(
  {
    color: optional(['red', '#a1b2c3']),
    backgroundColor: optional(['blue', '#334455']),
    bold: fc.boolean(),
    wrap: optional(['wrap', 'truncate-end', 'truncate-middle']),
    text: text.map(one => one.replaceAll('\x1b]8;;https://a.example\x1b\\', '').replaceAll('\x1b]8;;\x1b\\', '')),
  },
  {requiredKeys: ['wrap', 'text']},
);
const {tree} = fc.letrec<{tree: Tree}>(tie => ({
  tree: fc.record({
    props: fc.record(
      {
        flexDirection: optional(['row', 'column']),
        width: fc.integer({min: 0, max: 30}),
        height: fc.integer({min: 0, max: 6}),
        paddingX: fc.integer({min: 0, max: 2}),
        overflow: optional(['hidden', 'visible']),
        borderStyle: optional(['single', 'round']),
        backgroundColor: optional(['green', '#223344']),
      },
      {requiredKeys: []},
    ),
    texts: fc.array(look, {maxLength: 3}),
    boxes: fc.oneof({depthSize: 'small'}, fc.constant([]), fc.array(tie('tree'), {maxLength: 2})),
  }),
}));

const frameOf = ({createElement, renderToString, Box, Text}: Drawing, root: Tree, columns: number): string => {
  const elementOf = ({props, texts, boxes}: Tree): object =>
    createElement(
      Box,
      props,
      ...texts.map(({text: content, ...style}) => createElement(Text, style, content)),
      ...boxes.map(elementOf),
    );
  return renderToString(elementOf(root), {columns});
};

test('whatever is laid out, the frame is the same, byte for byte', () => {
  fc.assert(
    fc.property(tree, fc.integer({min: 1, max: 40}), (root, columns) => {
      assert.equal(frameOf(patched, root, columns), frameOf(original, root, columns));
    }),
    {numRuns: 300},
  );
});

test('every character, and whatever else, is as wide as before', () => {
  const differing: string[] = [];
  for (let code = 0; code < 0x20000; code++) {
    const text = String.fromCodePoint(code);
    if (patched.stringWidth(text) !== original.stringWidth(text)) {
      differing.push(code.toString(16));
    }
  }
  assert.deepEqual(differing, []);
  fc.assert(
    fc.property(text, one => {
      assert.equal(patched.stringWidth(one), original.stringWidth(one));
      assert.equal(patched.stringWidth(one), original.stringWidth(one));
    }),
  );
});

test('texts are parted into graphemes as by the real segmenter', () => {
  const real = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  const ours = new Segmenter(undefined, {granularity: 'grapheme'});
  const partsBy = (segmenter: Pick<Segmenter, 'segment'>, one: string) =>
    Array.from(segmenter.segment(one), ({segment, index, input}) => ({segment, index, input}));
  const containingBy = (segmenter: Pick<Segmenter, 'segment'>, one: string) =>
    Array.from({length: one.length + 1}, (_, index) => segmenter.segment(one).containing(index)?.segment);
  const differing: string[] = [];
  for (let code = 0; code < 0x10000; code++) {
    // Between two glyphs and between two of itself: whatever joins would join here.
    const one = `◐${String.fromCharCode(code)}${String.fromCharCode(code)}▇`;
    if (partsBy(ours, one).length !== partsBy(real, one).length) {
      differing.push(code.toString(16));
    }
  }
  assert.deepEqual(differing, []);
  fc.assert(
    fc.property(fc.oneof(text, fc.string({unit: 'grapheme'}), fc.string({unit: 'binary'})), one => {
      assert.deepEqual(partsBy(ours, one), partsBy(real, one));
      assert.deepEqual(containingBy(ours, one), containingBy(real, one));
    }),
  );
});

test('what a value is not is said in the same words', () => {
  const complaintOf = ({assertKind}: Drawing): string => {
    try {
      assertKind.any([(value: unknown) => value === 'a'], 1, 'b', undefined);
      return '';
    } catch (error) {
      return String(error);
    }
  };
  assert.match(complaintOf(original), /`number`, `string`, and `undefined`/);
  assert.equal(complaintOf(patched), complaintOf(original));
});

test('another version of a library fails the build', async () => {
  const folder = mkdtempSync(`${tmpdir()}/zentop-`);
  mkdirSync(`${folder}/node_modules/ink/build`, {recursive: true});
  writeFileSync(`${folder}/node_modules/ink/build/output.js`, 'export default class NewOutput {}');
  writeFileSync(`${folder}/entry.js`, "import './node_modules/ink/build/output.js';");
  const building = buildAs('another-ink', '', {entryPoints: [`${folder}/entry.js`], logLevel: 'silent'});
  await expect(building).rejects.toThrow(/has these lines 0 times, not once/);
  rmSync(folder, {recursive: true});
});

test('a library that is not bundled at all fails the build', async () => {
  const building = buildAs('no-ink', 'test/terminal/support/write-nothing.ts', {logLevel: 'silent'});
  await expect(building).rejects.toThrow(/was not bundled, so it was not patched/);
});
