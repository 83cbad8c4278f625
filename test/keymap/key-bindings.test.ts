import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {getCommands, getKeymap} from '../../src/keymap/commands.js';
import {parseKeyBindings} from '../../src/keymap/key-bindings.js';

const idOf = (key: string, place: Parameters<typeof getCommands>[0], keys: Parameters<typeof getCommands>[1]) =>
  getCommands(place, keys).find(command => command.keys.includes(key))?.id;

describe('keys that readers choose', () => {
  test('take the place of those that a command had', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['z', 'ctrl-t']});
    assert.deepEqual(problems, []);
    assert.equal(idOf('z', 'list', keys), 'step.next');
    assert.equal(idOf('ctrl+t', 'list', keys), 'step.next');
    assert.equal(idOf('j', 'list', keys), undefined);
    assert.equal(idOf('j', 'runs', keys), idOf('j', 'runs', {}));
  });

  test('can be swapped', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['k'], 'step.previous': ['j']});
    assert.deepEqual(problems, []);
    assert.equal(idOf('k', 'list', keys), 'step.next');
    assert.equal(idOf('j', 'list', keys), 'step.previous');
  });

  test('are taken from what had them, and that is told', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['q']});
    assert.equal(idOf('q', 'list', keys), 'step.next');
    assert.deepEqual(problems, [{id: 'step.next', what: 'q is the key of step.next, so program.quit has none'}]);
    // Elsewhere it is still what it was.
    assert.equal(idOf('q', 'runs', keys), 'program.quit');
  });

  test('are the first one’s where two choose the same', () => {
    const {keys, problems} = parseKeyBindings({'step.next': ['z'], 'step.previous': ['z']});
    assert.equal(idOf('z', 'list', keys), 'step.next');
    assert.deepEqual(problems, [{id: 'step.next', what: 'z is the key of step.next, so step.previous has none'}]);
  });

  test.each([
    ['step.nxt', ['n'], /there is no command “step\.nxt”/],
    ['step.next', ['hyper-n'], /“hyper-n” is no key/],
    ['step.next', [], /is no key/],
    ['program.interrupt', ['x'], /ctrl-c always quits/],
    ['step.next', ['ctrl-c'], /ctrl-c always quits/],
    ['tab.choose', ['x'], /numbers, which say what is meant/],
    ['field.keep', ['x'], /lines of text/],
  ])('%s: %j is refused with a reason', (id, labels, reason) => {
    const {keys, problems} = parseKeyBindings({[id]: labels});
    assert.deepEqual(keys, {});
    assert.match(problems[0]?.what ?? '', reason);
  });

  test('leave the map as it is where none are chosen, and it is made once', () => {
    const chosen = {'step.next': ['z']};
    assert.equal(getKeymap(), getKeymap());
    assert.equal(getKeymap(chosen), getKeymap(chosen));
  });
});
