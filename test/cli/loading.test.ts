import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build, type OutputChunk} from 'rolldown';
import {expect, test} from 'vitest';
import {createFolder} from '../terminal/support/watching.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const {programOptions} = await import(new URL('../../.build/options.js', import.meta.url).href);
const {output} = await build({...programOptions, write: false});
const files = output.filter(file => file.type === 'chunk');

const getFile = (module: string): OutputChunk => {
  const file = files.find(({moduleIds}) => moduleIds.includes(`${root}${module}`));
  assert.ok(file !== undefined, `no file of the build contains ${module}`);
  return file;
};

/** The files that Node loads for the modules, with everything that they import statically. */
const getLoadedFiles = (...modules: readonly string[]): ReadonlySet<OutputChunk> => {
  const loaded = new Set<OutputChunk>();
  const load = (file: OutputChunk): void => {
    if (!loaded.has(file)) {
      loaded.add(file);
      for (const name of file.imports) {
        const imported = files.find(({fileName}) => fileName === name);
        if (imported !== undefined) {
          load(imported);
        }
      }
    }
  };
  for (const module of modules) {
    load(getFile(module));
  }

  return loaded;
};

/** The folders of `src/` and the packages whose code is in the files. */
const listParts = (loaded: ReadonlySet<OutputChunk>): readonly string[] => [
  ...new Set(
    [...loaded].flatMap(({modules}) =>
      Object.entries(modules)
        .filter(([, {renderedLength}]) => renderedLength > 0)
        .map(([path]) => {
          const inPackage = path.split('node_modules/').at(-1)!;
          return inPackage === path
            ? path.slice(root.length).split('/').slice(0, 2).join('/')
            : inPackage.split('/')[0]!;
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
  assert.ok(getLoadedFiles(...firstRequest, screen).size <= 13);
  assert.ok(getLoadedFiles(...firstRequest, printing).size <= 13);
});

test('a missing package makes the build fail, rather than the program when it is started', async () => {
  const entry = `${createFolder()}/main.js`;
  writeFileSync(entry, "import 'not-installed';");
  const building = build({...programOptions, input: entry, write: false});
  await expect(building).rejects.toThrow(/Could not resolve 'not-installed'/);
});
