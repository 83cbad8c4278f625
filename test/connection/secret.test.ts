import assert from 'node:assert/strict';
import {format, inspect} from 'node:util';
import {test} from 'vitest';
import {parseSecretWord, Secret} from '../../src/connection/secret.js';

const marked = new Secret('MARKED');

const printedTextByMethod = {
  'JSON.stringify': JSON.stringify({key: marked}),
  String: `${marked}`,
  'util.inspect': inspect({deep: {key: marked}}, {depth: 9, showHidden: true}),
  'util.format': format('%s %o %j', marked, marked, marked),
  'a list of its entries': Object.entries(marked).flat().join(),
};

for (const [method, text] of Object.entries(printedTextByMethod)) {
  test(`${method} does not reveal a secret`, () => {
    assert.doesNotMatch(text, /MARKED/);
  });
}

test('reveals a secret on request', () => {
  assert.equal(marked.reveal(), 'MARKED');
  assert.ok(marked.equals(new Secret('MARKED')));
  assert.ok(!marked.equals(new Secret('another')));
  assert.ok(!marked.equals(undefined));
});

test('removes line breaks from a copied key', () => {
  assert.equal(parseSecretWord(' ZENKEY_abc\n def\n')?.reveal(), 'ZENKEY_abcdef');
});

for (const text of ['', ' \n', 'clé', 'key\u0000', undefined]) {
  test(`rejects ${JSON.stringify(text)} as a key, since it is not valid in a header`, () => {
    assert.equal(parseSecretWord(text), undefined);
  });
}
