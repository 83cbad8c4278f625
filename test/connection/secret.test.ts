import assert from 'node:assert/strict';
import {format, inspect} from 'node:util';
import {test} from 'vitest';
import {parseSecretWord, Secret} from '../../src/connection/secret.js';

const marked = new Secret('MARKED');

const printings = {
  'JSON.stringify': JSON.stringify({key: marked}),
  String: `${marked}`,
  'util.inspect': inspect({deep: {key: marked}}, {depth: 9, showHidden: true}),
  'util.format': format('%s %o %j', marked, marked, marked),
  'a list of its keys': Object.entries(marked).flat().join(),
};

for (const [way, text] of Object.entries(printings)) {
  test(`${way} of a secret does not tell it`, () => {
    assert.doesNotMatch(text, /MARKED/);
  });
}

test('a secret is revealed to whoever asks for it', () => {
  assert.equal(marked.reveal(), 'MARKED');
  assert.ok(marked.equals(new Secret('MARKED')));
  assert.ok(!marked.equals(new Secret('another')));
  assert.ok(!marked.equals(undefined));
});

test('a key loses the line breaks that copying brought along', () => {
  assert.equal(parseSecretWord(' ZENKEY_abc\n def\n')?.reveal(), 'ZENKEY_abcdef');
});

for (const text of ['', ' \n', 'clé', 'key\u0000', undefined]) {
  test(`${JSON.stringify(text)} is no key: it would not go into a header`, () => {
    assert.equal(parseSecretWord(text), undefined);
  });
}
