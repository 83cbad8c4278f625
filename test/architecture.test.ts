import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {test} from 'vitest';

type Rules = {readonly imports: readonly string[]; readonly packages: readonly string[]};

/** What each module of `src/` may import: other modules, and packages. src/README.md has the same table. */
const modules: Readonly<Record<string, Rules>> = {
  domain: {imports: [], packages: []},
  format: {imports: ['domain'], packages: ['string-width', 'diff', 'highlight.js']},
  theme: {imports: ['domain', 'format'], packages: []},
  api: {imports: ['domain'], packages: ['got', 'hpagent']},
  connection: {imports: ['domain', 'api'], packages: ['yaml', 'valibot']},
  settings: {imports: [], packages: ['yaml', 'valibot']},
  store: {imports: ['domain'], packages: []},
  poll: {imports: ['domain', 'api', 'store'], packages: []},
  keymap: {imports: ['domain', 'store'], packages: []},
  recording: {imports: ['domain', 'api'], packages: []},
  report: {imports: ['domain', 'format', 'store'], packages: []},
  view: {imports: ['domain', 'format', 'theme', 'store', 'keymap'], packages: ['ink', 'react', 'ink-table']},
  terminal: {imports: [], packages: []},
  demo: {imports: [], packages: []},
  cli: {
    imports: [
      'domain',
      'format',
      'theme',
      'api',
      'connection',
      'settings',
      'store',
      'poll',
      'keymap',
      'recording',
      'report',
      'view',
      'terminal',
      'demo',
    ],
    packages: ['yargs', 'ink', 'react'],
  },
};

/** Only these modules use the clock, timers, the process and the console; other modules get them as arguments. */
const systemModules = ['cli', 'terminal', 'demo'];
const systemAccess =
  /\bDate\.now\b|\bnew Date\(\)|\bset(?:Timeout|Interval|Immediate)\b|\bprocess\.|\bconsole\.|\bperformance\.now\b/;

/** Modules of pure functions: no files, no network, no randomness. */
const pureModules = ['domain', 'format', 'theme', 'settings', 'store', 'keymap', 'report', 'view'];

const forbiddenFolders = ['utils', 'common', 'helpers', 'types', 'hooks', 'lib', 'misc', 'shared'];
const longestFile = 250;
const medianFile = 80;

const listFiles = (folder: string): string[] =>
  (readdirSync(folder, {recursive: true}) as string[])
    .filter(name => /\.tsx?$/.test(name))
    .map(name => `${folder}/${name}`)
    .sort();

const sourceFiles = listFiles('src');
const readText = (file: string): string => readFileSync(file, 'utf8');
const countLines = (file: string): number => readText(file).split('\n').length - 1;
const getModule = (file: string): string => file.split('/')[1]!;
const removeComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1');

const listImports = (file: string): string[] =>
  [
    ...readText(file).matchAll(
      /^(?:import|export)\s[^;'"]*?\sfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm,
    ),
  ].map(match => match[1] ?? match[2] ?? match[3]!);

const getPackage = (specifier: string): string =>
  specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0]!;

/** The file that a relative import refers to: `.ts` or `.tsx` for `.js`. */
const findImportedFile = (file: string, specifier: string): string => {
  const path = new URL(specifier, `file:///${file}`).pathname.slice(1);
  const candidates = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  return candidates.find(candidate => existsSync(candidate)) ?? path;
};

/** Groups of files that import each other, types included (Tarjan's strongly connected components). */
const findImportCycles = (): readonly (readonly string[])[] => {
  const nodesByFile = new Map<string, {index: number; lowest: number; isOpen: boolean}>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string) => {
    const node = {index: nodesByFile.size, lowest: nodesByFile.size, isOpen: true};
    nodesByFile.set(file, node);
    open.push(file);
    for (const specifier of listImports(file).filter(each => each.startsWith('.'))) {
      const target = findImportedFile(file, specifier);
      const other = nodesByFile.get(target) ?? visit(target);
      if (other.isOpen) {
        node.lowest = Math.min(node.lowest, other.lowest);
      }
    }

    if (node.lowest === node.index) {
      const cycle = open.splice(open.indexOf(file));
      for (const member of cycle) {
        nodesByFile.get(member)!.isOpen = false;
      }

      if (cycle.length > 1) {
        cycles.push(cycle.sort());
      }
    }

    return node;
  };
  for (const file of sourceFiles) {
    if (!nodesByFile.has(file)) {
      visit(file);
    }
  }

  return cycles;
};

for (const file of sourceFiles) {
  const module = getModule(file);
  const rules = modules[module];

  test(`${file} imports only what its module is allowed to`, () => {
    assert.ok(rules, `src/${module} is not in the table of modules`);
    for (const specifier of listImports(file)) {
      if (specifier.startsWith('.')) {
        const target = getModule(findImportedFile(file, specifier));
        assert.ok(
          target === module || rules.imports.includes(target),
          `${module} may not import ${target} (${specifier})`,
        );
      } else if (specifier.startsWith('node:')) {
        assert.ok(!pureModules.includes(module), `${module} is pure and may not import ${specifier}`);
      } else {
        assert.ok(rules.packages.includes(getPackage(specifier)), `${module} may not import the package ${specifier}`);
      }
    }
  });

  if (!systemModules.includes(module)) {
    test(`${file} uses no clock, timer, process or console directly`, () => {
      const found = systemAccess.exec(removeComments(readText(file)))?.[0];
      assert.equal(found, undefined, `${file} uses ${found}`);
    });
  }

  test(`${file} is short and uses named exports`, () => {
    assert.ok(countLines(file) <= longestFile, `${file} has ${countLines(file)} lines, the limit is ${longestFile}`);
    assert.doesNotMatch(readText(file), /export default|export \* from/);
  });
}

test('the median file is short', () => {
  const lengths = sourceFiles.map(countLines).sort((a, b) => a - b);
  assert.ok((lengths[Math.floor(lengths.length / 2)] ?? 0) < medianFile);
});

test('there are no import cycles', () => {
  assert.deepEqual(
    findImportCycles().map(cycle => cycle.join(' ↔ ')),
    [],
  );
});

test('no name is exported by two files', () => {
  const declaration = /^export (?:async )?(?:const|let|function|class|type|interface) (\w+)/gm;
  const filesByName = new Map<string, string[]>();
  for (const file of sourceFiles) {
    // A type may have the name of the value beside it.
    for (const name of new Set([...readText(file).matchAll(declaration)].map(match => match[1]!))) {
      filesByName.set(name, [...(filesByName.get(name) ?? []), file]);
    }
  }

  assert.deepEqual(
    [...filesByName].filter(([, files]) => files.length > 1),
    [],
  );
});

/** The folders of `cli` from top to bottom: each imports only from itself and the following ones. */
const cliFolders = [
  '.',
  'completion',
  'manual',
  'commands',
  'recording',
  'watching',
  'intervening',
  'runs',
  'logs',
  'pictures',
  'opening',
  'printing',
  'options',
];

test('folders of cli import only from themselves and from folders below', () => {
  const getFolder = (file: string): string => file.split('/').slice(2, -1).join('/') || '.';
  for (const file of sourceFiles.filter(each => getModule(each) === 'cli')) {
    const targets = listImports(file)
      .filter(specifier => specifier.startsWith('.'))
      .map(specifier => findImportedFile(file, specifier))
      .filter(target => getModule(target) === 'cli');
    for (const target of targets) {
      const isDownward = cliFolders.indexOf(getFolder(file)) <= cliFolders.indexOf(getFolder(target));
      assert.ok(isDownward && cliFolders.includes(getFolder(file)), `${file} imports ${target}`);
    }
  }
});

test('there are no catch-all modules', () => {
  for (const file of sourceFiles) {
    assert.ok(!file.split('/').some(part => forbiddenFolders.includes(part)), file);
  }
});

const existingModules = readdirSync('src', {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
  .sort();

test('src/README.md lists all modules and their allowed imports', () => {
  const parseList = (cell: string): string[] =>
    cell
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== '–')
      .sort();
  const rows = [...readText('src/README.md').matchAll(/^\| `([a-z]+)\/`\s+\|[^|]*\|([^|]*)\|([^|]*)\|/gm)];
  const documentedRules = rows.map(([, module, imports, packages]) => [
    module!,
    {imports: parseList(imports!), packages: parseList(packages!)},
  ]);
  const allowedRules = Object.entries(modules).map(([module, {imports, packages}]) => [
    module,
    {imports: module === 'cli' ? ['everything'] : [...imports].sort(), packages: [...packages].sort()},
  ]);
  assert.deepEqual(Object.fromEntries(documentedRules), Object.fromEntries(allowedRules));
  assert.deepEqual(Object.keys(modules).sort(), existingModules);
});

test('every module of src has a folder of tests', () => {
  assert.deepEqual(
    existingModules.filter(name => !existsSync(`test/${name}`)),
    [],
  );
});
