import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {build} from 'rolldown';
import {beforeAll, expect, test} from 'vitest';
import {createFolder} from './support/watching.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Clip = {x1?: number; x2?: number; y1?: number; y2?: number};
type Write = {x: number; y: number; text: string; transformers: ((line: string, index: number) => string)[]};
type Operation = {write: Write} | {clip: Clip} | {unclip: true};
type Output = {
  write: (x: number, y: number, text: string, options: Pick<Write, 'transformers'>) => void;
  clip: (clip: Clip) => void;
  unclip: () => void;
  get: () => {output: string; height: number};
};
type OutputClass = new (size: {width: number; height: number}) => Output;

const readPlugins = async () => {
  const {bundleOptions} = await import(new URL('../../.build/options.js', import.meta.url).href);
  return bundleOptions.plugins;
};

const bundleOutputClass = async (name: string, plugins: []): Promise<OutputClass> => {
  const file = `${root}/.cache/test-builds/ink-output-${name}-${process.pid}.mjs`;
  await build({input: `${root}/node_modules/ink/build/output.js`, plugins, platform: 'node', output: {file}});
  return (await import(file)).default;
};

let original: OutputClass;
let patched: OutputClass;

beforeAll(async () => {
  original = await bundleOutputClass('original', []);
  patched = await bundleOutputClass('patched', await readPlugins());
}, 60_000);

const part = fc.constantFrom(
  ...['trainer', ' ', 'é', '日本', '👍', '👩‍👧', '▇▇▇', '…', '\x1b[31mred\x1b[39m', '\x1b[1;2mboth\x1b[22m'],
  ...['\x1b[48;5;17mon blue\x1b[0m', '\x1b]8;;https://a.example\x1b\\link\x1b]8;;\x1b\\'],
);
const line = fc.array(part, {maxLength: 6}).map(parts => parts.join(''));
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

const draw = (Output: OutputClass, list: readonly Operation[], width: number, height: number) => {
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

test('renders the same frame as unpatched Ink, even from remembered rows', () => {
  fc.assert(
    fc.property(operations, fc.integer({min: 1, max: 24}), fc.integer({min: 0, max: 6}), (list, width, height) => {
      const expected = draw(original, list, width, height);
      assert.deepEqual(draw(patched, list, width, height), expected);
      assert.deepEqual(draw(patched, list, width, height), expected);
    }),
    {numRuns: 500},
  );
});

test('fails the build when a hunk does not apply', async () => {
  const folder = createFolder();
  mkdirSync(`${folder}/node_modules/ink/build`, {recursive: true});
  const entry = `${folder}/node_modules/ink/build/output.js`;
  writeFileSync(entry, 'export default class NewOutput {}');
  const building = build({input: entry, write: false, logLevel: 'silent', plugins: await readPlugins()});
  await expect(building).rejects.toThrow(/patches\/ink-remember-rows\.patch does not apply to/);
});
