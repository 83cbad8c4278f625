import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {StatusCounts} from '../../../src/domain/step-table.js';
import {renderRunCache} from '../../../src/format/detail/run-code.js';
import {getLineText} from '../../../src/format/line.js';
import {aRun} from '../../support/builders.js';

test.each<[StatusCounts, RegExp]>([
  [{cached: 2, completed: 1}, / 2 steps from the cache · 1 step ran$/],
  [{completed: 1, failed: 1, stopped: 1, cancelled: 1, retried: 1}, / 0 steps from the cache · 5 steps ran$/],
  [{running: 1, retrying: 1, stopping: 1}, / 0 steps ran · 3 steps running$/],
  [{skipped: 2, queued: 1, initializing: 1, waiting: 4, 'not run': 1}, / 0 steps ran · 2 steps skipped$/],
])('counts every step that ran, whatever its outcome: %j', (counts, expected) => {
  const lines = renderRunCache(aRun(), counts, 100).map(getLineText);
  assert.match(lines.at(-1)!, expected);
});
