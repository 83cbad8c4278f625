import assert from 'node:assert/strict';
import fc from 'fast-check';
import {test} from 'vitest';
import {createNameMatcher, isAbbreviation, isNameMatch} from '../../../src/domain/filter/name-match.js';

test.each([
  ['train', 'training_pipeline'],
  ['PIPE', 'training_pipeline'],
  ['tp', 'training_pipeline'],
  ['trpipe', 'training_pipeline'],
  ['trnpl', 'training_pipeline'],
  ['trnr', 'trainer'],
  ['bm', 'buildModel'],
  ['sc12', 'score_0012'],
  ['sc0012', 'score_0012'],
  ['sc012', 'score_0012'],
  ['e7', 'map:embed:7'],
  ['dat', '数据-data'],
])('%s matches %s', (typed, name) => {
  assert.ok(isNameMatch(typed, name));
});

test.each([
  ['te', 'train_model_base'],
  ['ni', 'train_in'],
  ['rnr', 'trainer'],
  ['sc12', 'score_0102'],
  ['sc12', 'score_0021'],
  ['pt', 'training_pipeline'],
  ['trainerr', 'trainer'],
])('%s does not match %s', (typed, name) => {
  assert.ok(!isNameMatch(typed, name));
  assert.ok(!isAbbreviation(typed, name));
});

test('matches abbreviations only if no name contains the text', () => {
  const matchAmong = (...names: readonly string[]) => names.filter(createNameMatcher('rep', names));
  assert.deepEqual(matchAmong('report', 'rank_early_pairs'), ['report']);
  assert.deepEqual(matchAmong('rank_early_pairs', 'train'), ['rank_early_pairs']);
});

test('a name is matched by the whole name, by each of its parts, and by the first letters of its parts', () => {
  const part = fc.stringMatching(/^[a-z]{1,6}$/);
  fc.assert(
    fc.property(fc.array(part, {minLength: 2, maxLength: 5}), parts => {
      const name = parts.join('_');
      assert.ok(isNameMatch(name, name));
      assert.ok(parts.every(one => isNameMatch(one, name)));
      assert.ok(isNameMatch(parts.map(one => one[0]).join(''), name));
    }),
  );
});

test('a composed and a decomposed character match each other', () => {
  const [composed, decomposed] = ['Caf\u00e9', 'cafe\u0301'];
  assert.ok(isNameMatch(composed, `the ${decomposed}`));
  assert.ok(isNameMatch(decomposed, `the ${composed}`));
  assert.ok(createNameMatcher(decomposed, [composed])(composed));
});
