import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {getCommands, getKeymap} from '../../src/keymap/commands.js';
import {parseKeyBindings} from '../../src/keymap/key-bindings.js';

const findCommandId = (
  key: string,
  context: Parameters<typeof getCommands>[0],
  keys: Parameters<typeof getCommands>[1],
) => getCommands(context, keys).find(command => command.keys.includes(key))?.id;

describe('keys chosen by the user', () => {
  test('replace the default keys of a command', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['v', 'ctrl-t']});
    assert.deepEqual(problems, []);
    assert.equal(findCommandId('v', 'list', keys), 'step.next');
    assert.equal(findCommandId('ctrl-t', 'list', keys), 'step.next');
    assert.equal(findCommandId('j', 'list', keys), undefined);
    assert.equal(findCommandId('j', 'runs', keys), findCommandId('j', 'runs', {}));
  });

  test('can be written with a plus sign', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['ctrl+t', 'shift+tab']});
    assert.deepEqual(
      problems.filter(({what}) => what.includes('unknown')),
      [],
    );
    assert.equal(findCommandId('ctrl-t', 'list', keys), 'step.next');
    assert.equal(findCommandId('shift-tab', 'list', keys), 'step.next');
  });

  test('can be swapped', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['k'], 'step.previous': ['j']});
    assert.deepEqual(problems, []);
    assert.equal(findCommandId('k', 'list', keys), 'step.next');
    assert.equal(findCommandId('j', 'list', keys), 'step.previous');
  });

  test('are removed from other commands, and this is reported', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['q']});
    assert.equal(findCommandId('q', 'list', keys), 'step.next');
    assert.deepEqual(problems, [{id: 'step.next', what: 'q is used by step.next; program.quit is left without a key'}]);
    // In other contexts the key is unchanged.
    assert.equal(findCommandId('q', 'runs', keys), 'program.quit');
  });

  test('belong to the first of two commands that choose the same key', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['v'], 'step.previous': ['v']});
    assert.equal(findCommandId('v', 'list', keys), 'step.next');
    assert.deepEqual(problems, [
      {id: 'step.next', what: 'v is used by step.next; step.previous is left without a key'},
    ]);
  });

  test.each([
    ['step.nxt', ['n'], /^unknown command “step\.nxt”\. `zentop config --keys` lists all$/],
    ['step.next', ['hyper-n'], /unknown key “hyper-n”/],
    ['step.next', [], /^step\.next needs a key\. Remove it from the file to use its default$/],
    ['program.interrupt', ['x'], /ctrl-c always quits/],
    ['step.next', ['ctrl-c'], /ctrl-c always quits/],
    ['step.next', ['ctrl-c'], /ctrl-c always quits/],
    ['tab.choose', ['x'], /always uses the number keys/],
    ['field.keep', ['x'], /while typing text/],
    ['answering.continue', ['x'], /while typing text/],
    ['confirming.close', ['n'], /while typing text/],
    ['answering.close', ['backspace'], /^backspace always deletes text$/],
  ])('%s: %j is refused with a reason', (id, labels, reason) => {
    const {keys, problems} = parseKeyBindings({[id]: labels});
    assert.deepEqual(keys, {});
    assert.match(problems[0]?.what ?? '', reason);
  });

  test('the keymap is built once, with or without keys chosen by the user', () => {
    const userKeys = {'step.next': ['v']};
    assert.equal(getKeymap(), getKeymap());
    assert.equal(getKeymap(userKeys), getKeymap(userKeys));
  });
});
