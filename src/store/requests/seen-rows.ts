import type {Attempt} from '../../domain/attempt.js';
import type {StepId} from '../../domain/ids.js';
import type {Instant} from '../../domain/instant.js';
import {isFinished} from '../../domain/status.js';
import {findDeltaStart, type Watermark} from './watermark.js';

/** A recently seen finished row, and when it was last written, by the server's clock. */
export type SeenRow = {readonly id: StepId; readonly updatedAt: Instant};

/** More IDs than this make the URL too long for some proxies. */
export const maxSeenRows = 50;

/**
 * The finished rows that the next delta would return again. They no longer change, so it may leave them out; an unfinished
 * row may have ended since and must not be left out.
 */
export const mergeSeenRows = (
  before: readonly SeenRow[],
  rows: readonly Attempt[],
  watermark: Watermark,
): readonly SeenRow[] => {
  const since = findDeltaStart(watermark) ?? Number.NEGATIVE_INFINITY;
  const updatedAtById = new Map(before.map(({id, updatedAt}) => [id, updatedAt]));
  for (const {id, status, updatedAt} of rows) {
    if (updatedAt !== undefined && isFinished(status)) {
      updatedAtById.set(id, updatedAt);
    }
  }

  return [...updatedAtById]
    .filter(([, updatedAt]) => updatedAt >= since)
    .slice(-maxSeenRows)
    .map(([id, updatedAt]) => ({id, updatedAt}));
};
