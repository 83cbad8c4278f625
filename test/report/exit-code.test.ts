import assert from 'node:assert/strict';
import {test} from 'vitest';
import {statuses} from '../../src/domain/status.js';
import {getRunExitCode} from '../../src/report/exit-code.js';

const codeByStatus: Readonly<Record<string, number>> = {completed: 0, cached: 0, skipped: 0, stopped: 3, cancelled: 3};
const cases = [...statuses, 'unknown' as const].map(status => [status, codeByStatus[status] ?? 1] as const);

test.each(cases)('a run that is over with the status %s has the exit code %i', (status, code) => {
  assert.equal(getRunExitCode(status), code);
});
