import type {Attempt} from '../../domain/attempt.js';
import type {Instant} from '../../domain/instant.js';
import type {Page} from '../../domain/page.js';
import {isFinished} from '../../domain/status.js';
import {maxDeltaSize, minDeltaSize, type OpenRun, type SeenRow} from '../run/open-run.js';

/**
 * How far a delta looks back before the watermark, in milliseconds: for rows that were written but could not be seen yet,
 * and for what we are wrong about the server's clock. The server compares whole seconds, which adds half a second on
 * average. Each second more has every start of a step sent once more; what it misses, `/dag` mends within a minute.
 */
const overlapMs = 300;

/** From when on a delta with this watermark asks, by the server's clock. */
export const getDeltaStart = (watermarkAt: Instant): Instant => Math.floor((watermarkAt - overlapMs) / 1000) * 1000;

/** More ids than this make a request too long for some proxies. */
const maxSeenRows = 50;

/**
 * The finished rows that the next delta would bring again. They change no more, so it may leave them out; an unfinished one
 * may have ended meanwhile, and must not be left out.
 */
export const mergeSeenRows = (
  before: readonly SeenRow[],
  rows: readonly Attempt[],
  watermarkAt: Instant,
): readonly SeenRow[] => {
  const since = getDeltaStart(watermarkAt);
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

type WatermarkMove = Pick<OpenRun, 'isDeltaCut' | 'deltaSize'> & {readonly watermarkAt: Instant};

/**
 * A page that did not hold all there was brings the watermark to its last row; page 2 is never asked for, since rows move
 * between pages. Where the next delta would start no later than this one did, it is made larger, and in the end moved on
 * by a second, so that it cannot turn in a circle.
 */
export const advanceWatermark = (
  {watermarkAt = 0, deltaSize}: Pick<OpenRun, 'watermarkAt' | 'deltaSize'>,
  {items}: Page<{readonly updatedAt: Instant | undefined}>,
): WatermarkMove => {
  const lastAt = items.reduce((last, row) => Math.max(last, row.updatedAt ?? 0), watermarkAt);
  if (getDeltaStart(lastAt) > getDeltaStart(watermarkAt)) {
    return {watermarkAt: lastAt, isDeltaCut: true, deltaSize: minDeltaSize};
  }

  return deltaSize < maxDeltaSize
    ? {watermarkAt: lastAt, isDeltaCut: true, deltaSize: deltaSize * 10}
    : {watermarkAt: watermarkAt + 1000, isDeltaCut: true, deltaSize};
};
