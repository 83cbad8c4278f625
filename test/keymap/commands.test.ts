import assert from 'node:assert/strict';
import {test} from 'vitest';
import {keyContexts} from '../../src/keymap/command.js';
import {commands, getCommands} from '../../src/keymap/commands.js';
import {getHelpSections} from '../../src/keymap/help.js';
import {formatKey} from '../../src/keymap/key-label.js';
import {formatKeyTables} from '../../src/keymap/key-table.js';

test('no key has two commands in one context', () => {
  for (const context of keyContexts) {
    const keys = getCommands(context).flatMap(command => command.keys);
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
      context,
    );
  }
});

test('every command has a unique ID of two parts, such as step.next', () => {
  assert.equal(new Set(commands.map(({id}) => id)).size, commands.length);
  for (const {id} of commands) {
    assert.match(id, /^[a-z]+\.[a-zA-Z]+$/);
  }
});

test('every command has a context, a key and a title', () => {
  for (const {id, keys, on, title} of commands) {
    assert.ok(keys.length > 0 && on.length > 0 && title.length > 0, id);
  }
});

test('keys are spelled as the input names them', () => {
  const spelling =
    /^(?:[!-~]|ctrl-[a-z]|shift-tab|tab|up|down|left|right|pageup|pagedown|home|end|return|escape|space|backspace|delete)$/;
  for (const {id, keys} of commands) {
    for (const key of keys) {
      assert.match(key, spelling, id);
    }
  }
});

test('escape and ctrl-c have a command everywhere', () => {
  for (const context of keyContexts) {
    const keys = getCommands(context).flatMap(command => command.keys);
    assert.ok(keys.includes('escape') && keys.includes('ctrl-c'), context);
  }
});

test('help lists every command with all its keys', () => {
  const listedKeys = getHelpSections().flatMap(({entries}) => entries.map(({keys, title}) => `${keys} ${title}`));
  assert.equal(listedKeys.length, commands.length);
  for (const {keys, title} of commands) {
    assert.ok(listedKeys.includes(`${keys.map(formatKey).join(' ')} ${title}`), title);
  }
});

test('the tables of docs/keys.md list every command, with its keys as they are displayed', () => {
  const rows = formatKeyTables()
    .split('\n')
    .filter(line => line.startsWith('| `'));
  assert.equal(rows.length, commands.length);
  assert.ok(rows.includes('| `j` `down` | select next step |'));
  assert.ok(rows.some(row => row.startsWith('| `enter` |')));
});
