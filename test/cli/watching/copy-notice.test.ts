import assert from 'node:assert/strict';
import {test} from 'vitest';
import {describeCopy} from '../../../src/cli/watching/copy-notice.js';

const short = {text: 'abc', what: 'run ID'};
const long = {text: 'x'.repeat(43 * 1024), what: 'metadata'};

test('a copy says how much was copied, and whether that was left to the terminal', () => {
  assert.equal(describeCopy({kind: 'copied', by: 'xclip'}, short).words, 'copied run ID');
  assert.equal(describeCopy({kind: 'copied', by: 'xclip'}, long).words, 'copied metadata (43 KB)');
  assert.equal(describeCopy({kind: 'sent'}, long).words, "copied metadata (43 KB) to the terminal's clipboard");
});

test('text that cannot be copied is shown in full, with the reason', () => {
  assert.deepEqual(describeCopy({kind: 'refused', reason: 'tooLong'}, long), {
    kind: 'title',
    words: 'metadata: too long to copy (43 KB)',
  });
  assert.deepEqual(describeCopy({kind: 'refused', reason: 'noClipboard'}, short), {
    kind: 'title',
    words: 'run ID: no clipboard available',
  });
});
