import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'vitest';
import {commandTable} from '../src/cli/commands/command-table.js';
import {buildOptionTable} from '../src/cli/manual/option-table.js';
import {scenarios} from '../src/demo/scenarios/catalog.js';
import {parseKeyBindings} from '../src/keymap/key-bindings.js';
import {formatKeyTables} from '../src/keymap/key-table.js';
import {readSettings, settingNames} from '../src/settings/read-settings.js';
import {tabs} from '../src/store/ui/pane.js';

const readme = readFileSync('README.md', 'utf8');

/** The text between two markers of a document. */
const readPart = (file: string, name: string): string => {
  const text = readFileSync(file, 'utf8');
  const [, part] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(text) ?? [];
  assert.ok(part !== undefined, `${file} has no part “${name}”`);
  return part.trim();
};

test('docs/keys.md has the current key tables (update with npm run readme)', () => {
  assert.equal(readPart('docs/keys.md', 'keys'), formatKeyTables().trim());
});

test('docs/options.md has the current option table (update with npm run readme)', () => {
  assert.equal(readPart('docs/options.md', 'options'), buildOptionTable(commandTable).trim());
});

test('README.md lists every command', () => {
  for (const {usage} of commandTable) {
    const typed = `zentop ${usage.replace('$0 ', '')}`.replace(/[<>]/g, '').toLowerCase();
    const rows = readme.split('\n').map(line => line.toLowerCase());
    assert.ok(
      rows.some(row => row.startsWith(`| \`${typed}\` |`)),
      typed,
    );
  }
});

test('docs/settings.md lists all settings, and its example is valid', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/settings.md', 'utf8')) ?? [];
  const {names, problems} = readSettings(yaml, 'docs/settings.md', parseKeyBindings);
  assert.deepEqual(problems, []);
  assert.deepEqual([...names].sort(), [...settingNames].sort());
});

test('the pictures and pages that README.md and docs/ link to exist', () => {
  const files = ['README.md', ...readdirSync('docs').map(name => `docs/${name}`)];
  for (const file of files) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(/\]\(((?!https?:)[^)#]+)\)/g)) {
      assert.ok(existsSync(join(dirname(file), path!)), `${file}: ${path}`);
    }
  }
});

test('README.md has the two commands that set everything up', () => {
  assert.ok(readme.includes('`npm install && npm start`'));
  assert.ok(readme.includes('`npm install && npm test`'));
});

test('README.md lists every scenario of the demo', () => {
  const row = readme.split('\n').find(line => line.startsWith('| `zentop demo [SCENARIO]`')) ?? '';
  const listedNames = [...row.matchAll(/`([a-z]+)`/g)].map(([, name]) => name!);
  assert.deepEqual(listedNames.sort(), scenarios.map(({name}) => name).sort());
});

test('README.md has the keys of all tabs', () => {
  assert.ok(readme.includes(`| \`1\` … \`${tabs.length}\` |`));
});

test('the documents for contributors describe every script of package.json, and no other', () => {
  const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};
  const text = ['README.md', 'CONTRIBUTING.md', 'src/README.md'].map(file => readFileSync(file, 'utf8')).join('\n');
  const describedNames = [...text.matchAll(/\bnpm (?:run )?(?:--silent )?([a-z]+(?::[a-z]+)*)/g)].map(
    ([, name]) => name!,
  );
  for (const [, name] of text.matchAll(/\bnpm run ([a-z]+(?::[a-z]+)*)/g)) {
    assert.ok(name! in scripts, name);
  }

  for (const name of Object.keys(scripts).filter(each => !each.startsWith('pre'))) {
    assert.ok(describedNames.includes(name), name);
  }
});
