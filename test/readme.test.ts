import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'vitest';
import {commandTable} from '../src/cli/commands/command-table.js';
import {buildOptionTable} from '../src/cli/manual/option-table.js';
import {parseKeyBindings} from '../src/keymap/key-bindings.js';
import {formatKeyTables} from '../src/keymap/key-table.js';
import {readSettings, settingNames} from '../src/settings/read-settings.js';

const readme = readFileSync('README.md', 'utf8');

/** The text between two markers of README.md. */
const partOf = (name: string): string => {
  const [, part] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme) ?? [];
  assert.ok(part !== undefined, `README.md has no part “${name}”`);
  return part.trim();
};

test('README.md has the current key tables (update with npm run readme)', () => {
  assert.equal(partOf('keys'), formatKeyTables().trim());
});

test('README.md has the current option table (update with npm run readme)', () => {
  assert.equal(partOf('options'), buildOptionTable(commandTable).trim());
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

test('README.md lists all settings, and its example is valid', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const {named, problems} = readSettings(yaml, 'README.md', parseKeyBindings);
  assert.deepEqual(problems, []);
  assert.deepEqual([...named].sort(), [...settingNames].sort());
});

test('the pictures of README.md exist', () => {
  for (const [, path] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
    assert.ok(existsSync(path!), path);
  }
});

test('every script mentioned in README.md exists', () => {
  const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};
  for (const [, name] of readme.matchAll(/npm run ([\w:]+)/g)) {
    assert.ok(name! in scripts, name);
  }
});
