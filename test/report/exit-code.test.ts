import assert from 'node:assert/strict';
import {test} from 'vitest';
import {statuses} from '../../src/domain/status.js';
import {getRunExitCode} from '../../src/report/exit-code.js';

const codes: Readonly<Record<string, number>> = {completed: 0, cached: 0, skipped: 0, stopped: 3, cancelled: 3};

test.each([...statuses, 'unknown' as const])('has an exit code for a run with the status %s', status => {
  assert.equal(getRunExitCode(status), codes[status] ?? 1);
});
