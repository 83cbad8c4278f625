import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'vitest';
import {keyTables} from '../src/keymap/key-table.js';

const readme = readFileSync('README.md', 'utf8');

/** What stands between two marks of the README. */
const partOf = (name: string): string => {
  const [, part] = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme) ?? [];
  assert.ok(part !== undefined, `README.md has no part “${name}”`);
  return part.trim();
};

test('the tables of keys in README.md are those of the program (npm run readme writes them)', () => {
  assert.equal(partOf('keys'), keyTables().trim());
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
