import assert from 'node:assert/strict';
import {afterEach, test, vi} from 'vitest';
import type {LineOptions} from '../../../src/cli/watching/line-options.js';
import {reportFollowEnd} from '../../../src/cli/watching/report-end.js';
import {aRun} from '../../support/builders.js';
import {aWatchingState} from '../../support/watching.js';

afterEach(() => vi.restoreAllMocks());

test.each([
  ['recording', /ends here; the run was still in progress\.$/m, 4],
  ['timeout', /the run is still in progress\.$/m, 124],
] as const)(
  'says that a failed run whose other steps were running is in progress (ended by: %s)',
  (by, words, expectedCode) => {
    const print = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const state = aWatchingState({run: aRun({status: 'failed', isInProgress: true})});
    const options = {watch: {output: 'plain', timeoutMs: 1000}} as LineOptions;
    assert.equal(reportFollowEnd({by}, state, options), expectedCode);
    assert.match(String(print.mock.calls[0]?.[0]), words);
  },
);
