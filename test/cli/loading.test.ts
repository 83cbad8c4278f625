import assert from 'node:assert/strict';
import {fileURLToPath} from 'node:url';
import {build, type Metafile} from 'esbuild';
import {test} from 'vitest';

const {programOptions} = await import(new URL('../../.build/options.js', import.meta.url).href);
const {outputs}: Metafile = (
  await build({...programOptions, absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)), write: false})
).metafile!;
const files = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));

const getFile = (entryPoint: string): string => {
  const [path] = files.find(([, output]) => output.entryPoint === entryPoint) ?? [];
  assert.ok(path !== undefined, `no file of the build starts with ${entryPoint}`);
  return path;
};

/** The files that Node loads for the modules, with everything that they import statically. */
const getLoadedFiles = (...entryPoints: readonly string[]): ReadonlySet<string> => {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (!loaded.has(path)) {
      loaded.add(path);
      for (const {kind, path: imported, external} of outputs[path]!.imports) {
        if (kind === 'import-statement' && external !== true) {
          load(imported);
        }
      }
    }
  };
  for (const entryPoint of entryPoints) {
    load(getFile(entryPoint));
  }

  return loaded;
};

/** The modules of `src/` and the packages whose code is in the files. */
const listParts = (paths: ReadonlySet<string>): readonly string[] => [
  ...new Set(
    [...paths].flatMap(path =>
      Object.entries(outputs[path]!.inputs)
        .filter(([, {bytesInOutput}]) => bytesInOutput > 0)
        .map(([input]) => {
          const inPackage = input.split('node_modules/').at(-1)!;
          return inPackage === input ? input.split('/').slice(0, 2).join('/') : inPackage.split('/')[0]!;
        }),
    ),
  ),
];

const commandLine = 'src/cli/main.ts';
const firstRequest = [commandLine, 'src/cli/commands/watch-run.ts', 'node_modules/got/dist/source/index.js'];
const screen = 'src/cli/watching/watch-screen.tsx';
const printing = 'src/cli/commands/print-commands.ts';

const assertWithout = (parts: readonly string[], unwanted: readonly string[]): void => {
  assert.deepEqual(
    unwanted.filter(part => parts.includes(part)),
    [],
  );
};

test('--version loads only what parses the command line', () => {
  const parts = listParts(getLoadedFiles(commandLine));
  assertWithout(parts, ['got', 'ink', 'react', 'yaml', 'valibot', 'src/api', 'src/poll', 'src/view', 'src/demo']);
});

test('the first request is sent before the screen and YAML are loaded', () => {
  const parts = listParts(getLoadedFiles(...firstRequest));
  assertWithout(parts, ['ink', 'react', 'yoga-layout', 'yaml', 'hpagent', 'src/view', 'src/poll', 'src/demo']);
});

test('the screen is loaded without YAML, the demo and the proxy agent', () => {
  const parts = listParts(getLoadedFiles(...firstRequest, screen));
  assertWithout(parts, ['yaml', 'hpagent', 'src/demo']);
});

test('commands that print are loaded without Ink, React, YAML and the demo', () => {
  const parts = listParts(getLoadedFiles(...firstRequest, printing));
  assertWithout(parts, ['ink', 'react', 'yoga-layout', 'yaml', 'hpagent', 'src/demo']);
});

test('a start loads few files, because each takes time', () => {
  assert.ok(getLoadedFiles(...firstRequest, screen).size <= 25);
  assert.ok(getLoadedFiles(...firstRequest, printing).size <= 25);
});
