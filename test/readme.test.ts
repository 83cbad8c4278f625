import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'vitest';
import {commandTable} from '../src/cli/commands/command-table.js';
import {buildOptionTable} from '../src/cli/manual/option-table.js';
import {parseKeyBindings} from '../src/keymap/key-bindings.js';
import {formatKeyTables} from '../src/keymap/key-table.js';
import {readSettings, settingNames} from '../src/settings/read-settings.js';

const readme = readFileSync('README.md', 'utf8');

/** What stands between two marks of the README. */
const partOf = (name: string): string => {
  const [, part] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme) ?? [];
  assert.ok(part !== undefined, `README.md has no part “${name}”`);
  return part.trim();
};

test('the tables of keys in README.md are those of the program (npm run readme writes them)', () => {
  assert.equal(partOf('keys'), formatKeyTables().trim());
});

test('the table of options in README.md is that of the program (npm run readme writes it)', () => {
  assert.equal(partOf('options'), buildOptionTable(commandTable).trim());
});

test('the table of commands in README.md has every command', () => {
  for (const {usage} of commandTable) {
    const typed = `zentop ${usage.replace('$0 ', '')}`.replace(/[<>]/g, '').toLowerCase();
    const rows = readme.split('\n').map(line => line.toLowerCase());
    assert.ok(
      rows.some(row => row.startsWith(`| \`${typed}\` |`)),
      typed,
    );
  }
});

test('the settings of README.md are those there are, and what stands there can be read', () => {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  const {named, problems} = readSettings(yaml, 'README.md', parseKeyBindings);
  assert.deepEqual(problems, []);
  assert.deepEqual([...named].sort(), [...settingNames].sort());
});

test('the pictures in README.md are there', () => {
  for (const [, path] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
    assert.ok(existsSync(path!), path);
  }
});

test('every script that README.md names exists', () => {
  const {scripts} = JSON.parse(readFileSync('package.json', 'utf8')) as {scripts: Record<string, string>};
  for (const [, name] of readme.matchAll(/npm run ([\w:]+)/g)) {
    assert.ok(name! in scripts, name);
  }
});
