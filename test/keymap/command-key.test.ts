import assert from 'node:assert/strict';
import {test} from 'vitest';
import {formatCommandKey, keyByNamedCommand} from '../../src/keymap/command-key.js';
import {commands} from '../../src/keymap/commands.js';

test('the default keys that texts name are the first keys in the tables of commands', () => {
  for (const [id, key] of Object.entries(keyByNamedCommand)) {
    assert.equal(commands.find(command => command.id === id)?.keys[0], key, id);
  }
});

test('a text names the key of a command as users know it', () => {
  assert.equal(formatCommandKey('list.back', {}), 'esc');
  assert.equal(formatCommandKey('polling.toggle', {keys: {'polling.toggle': ['ctrl-p', 'P']}}), 'ctrl-p');
});

test('a text names no key that the user gave to another command', () => {
  assert.equal(formatCommandKey('polling.toggle', {keys: {'step.next': ['p']}}), 'polling.toggle');
  assert.equal(formatCommandKey('polling.toggle', {keys: {'step.next': ['p'], 'polling.toggle': ['P']}}), 'P');
});
