import assert from 'node:assert/strict';
import {test} from 'vitest';
import {completeText, findFilterCompletions, type Vocabulary} from '../../../src/domain/filter/completion.js';

const vocabulary: Vocabulary = {
  words: ['cached', 'slow'],
  keys: ['status', 'group'],
  getValues: key =>
    key === 'status' ? ['completed', 'failed', 'cancelled', 'cached'] : ['embed', 'map:rank', 'two words'],
};

test.each([
  ['', ''],
  ['st', 'status:'],
  ['g', 'group:'],
  ['!st', '!status:'],
  ['train st', 'train status:'],
  ['sl', 'slow '],
  ['status:f', 'status:failed '],
  ['status:FA', 'status:failed '],
  ['status:c', 'status:c'],
  ['status:ca', 'status:ca'],
  ['status:failed,co', 'status:failed,completed '],
  ['group:map', 'group:map:rank '],
  ['group:map:r', 'group:map:rank '],
  ['group:tw', 'group:"two words" '],
  ['group:"two w', 'group:"two words" '],
  ['group:"two ', 'group:"two words" '],
  ['group:"two words" ', 'group:"two words" '],
  ['nothing', 'nothing'],
  ['status:zzz', 'status:zzz'],
  ['slow ', 'slow '],
])('%j becomes %j', (text, expected) => {
  assert.equal(completeText(text, vocabulary), expected);
});

test('lists all completions of a word', () => {
  assert.deepEqual(findFilterCompletions('s', vocabulary), ['status:', 'slow']);
  assert.deepEqual(findFilterCompletions('x status:ca', vocabulary), ['cancelled', 'cached']);
  assert.equal(findFilterCompletions('status:', vocabulary).length, 4);
  assert.deepEqual(findFilterCompletions('x ', vocabulary), []);
});
