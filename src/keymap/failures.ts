import {phaseOf} from '../domain/status.js';
import {latestAttempt, type Step} from '../domain/step.js';
import {stepAt} from '../domain/step-table.js';
import type {Row} from '../store/rows.js';
import {rowsOf, selectedPlace} from '../store/selectors.js';
import type {Watch} from '../store/state.js';

/**
 * Key of the row with the next (`by` 1) or the previous (`by` -1) failure, seen from the selected row and around the end; a
 * closed group stands for those in it. `undefined`: nothing failed.
 */
export const failureFrom = (watch: Watch, by: 1 | -1): string | undefined => {
  const {rows} = rowsOf(watch);
  const from = selectedPlace(watch) ?? (by === 1 ? -1 : 0);
  for (let distance = 1; distance <= rows.length; distance++) {
    const row = rows[(((from + by * distance) % rows.length) + rows.length) % rows.length];
    if (row !== undefined && hasFailure(watch, row)) {
      return row.key;
    }
  }

  return undefined;
};

const hasFailure = (watch: Watch, row: Row): boolean => {
  if (row.kind === 'step') {
    return hasFailed(stepAt(watch.table, row.index));
  }

  return !row.isOpen && (watch.table.countsByGroup.get(row.groupId)?.failed ?? 0) > 0;
};

const hasFailed = (step: Step | undefined): boolean => {
  const attempt = step && latestAttempt(step);
  return attempt !== undefined && phaseOf(attempt.status) === 'failed';
};
