import {type Instant, pickLater} from '../../domain/instant.js';
import type {Page} from '../../domain/page.js';
import {endSetBack, selectCurrentRows} from './set-back-clock.js';
import {
  findDeltaStart,
  findNewestAt,
  maxLookBackMs,
  overlapMs,
  type RequestTimes,
  type Watermark,
  type WrittenRow,
} from './watermark.js';

/** ZenML's maximum page size. */
const maxDeltaSize = 10_000;

/** The watermark after the first list of rows; one that is already set stays where it is. */
export const startWatermark = (
  watermark: Watermark,
  rows: readonly WrittenRow[],
  {requestedAt, respondedAt}: RequestTimes,
): Watermark =>
  watermark.at === undefined ? {...watermark, at: findNewestAt(rows), seenAt: respondedAt, requestedAt} : watermark;

/**
 * The watermark after a delta. `usualSize` is the usual number of rows per delta; `minAheadMs` is the least by which the
 * server's clock can be ahead of the local one, judging by rows.
 */
export const advanceWatermark = (
  before: Watermark,
  page: Page<WrittenRow>,
  times: RequestTimes & {readonly usualSize: number; readonly minAheadMs: number},
): Watermark => {
  const watermark = endSetBack(before, page, times);
  const rows = selectCurrentRows(watermark, page.items, times);
  const newestAt = findNewestAt(rows);
  const isCut = page.total > page.items.length && rows.length === page.items.length;
  if (isCut && watermark.doubtedFrom === undefined) {
    return advanceToCut(watermark, newestAt, times);
  }

  const complete = {
    ...watermark,
    isDeltaCut: false,
    // Rows written after the clock was set back would be among the oldest, so on this page: there are none, and the doubt is over.
    doubtedFrom: isCut ? undefined : watermark.doubtedFrom,
    deltaSize: times.usualSize,
    requestedAt: times.requestedAt,
  };
  const isNewer = newestAt !== undefined && (watermark.at === undefined || newestAt > watermark.at);
  const advanced = isNewer ? {...complete, at: newestAt, seenAt: times.respondedAt} : complete;
  // What is known about the server's clock may be from before it was set back.
  const serverRequestedAt =
    watermark.overtakenAt === undefined ? times.requestedAt + times.minAheadMs : Number.NEGATIVE_INFINITY;
  return closeSecond(advanced, serverRequestedAt, times.requestedAt);
};

/**
 * Every delta returns the rows written in the second of the watermark again. Once a response was requested after that second
 * was over, deltas start at its end instead. This relies on rows alone: the server wrote a row before zentop
 * received it.
 */
const closeSecond = (watermark: Watermark, serverRequestedAt: Instant, requestedAt: Instant): Watermark => {
  const {at, seenAt, closedAt} = watermark;
  if (at === undefined || seenAt === undefined) {
    return watermark;
  }

  const endAt = Math.floor(at / 1000) * 1000 + 1000;
  return Math.max(serverRequestedAt, at + requestedAt - seenAt) < endAt + overlapMs
    ? watermark
    : {...watermark, closedAt: Math.max(closedAt, endAt)};
};

/**
 * An incomplete page advances the watermark to its last row; page 2 is never requested, because rows move between pages.
 * If the next delta would not start later than this one, its page is made larger and, at the limit, its start is moved by a
 * second, so that it cannot loop.
 */
const advanceToCut = (
  watermark: Watermark,
  newestAt: Instant | undefined,
  {usualSize, respondedAt}: {readonly usualSize: number; readonly respondedAt: Instant},
): Watermark => {
  const {deltaSize, closedAt} = watermark;
  const lastAt = pickLater(watermark.at, newestAt);
  const cut = {
    ...watermark,
    at: lastAt,
    seenAt: lastAt === watermark.at ? watermark.seenAt : respondedAt,
    isDeltaCut: true,
  };
  if ((findDeltaStart(cut) ?? 0) > (findDeltaStart(watermark) ?? 0)) {
    return {...cut, deltaSize: usualSize};
  }

  return deltaSize < maxDeltaSize || lastAt === undefined
    ? {...cut, deltaSize: Math.min(maxDeltaSize, deltaSize * 10)}
    : {...cut, closedAt: Math.max(Math.floor(lastAt / 1000), Math.floor(closedAt / 1000)) * 1000 + 1000};
};

/**
 * The watermark after these rows, all of them new, with a look-back that would have caught even the most delayed of them. A row is
 * late if it was written before the watermark: by a server whose clock is behind that of the server that wrote the
 * watermark's row, or whose clock was set back.
 */
export const growLookBack = (watermark: Watermark, rows: readonly WrittenRow[]): Watermark => {
  const {at = Number.NEGATIVE_INFINITY, closedAt, lookBackMs} = watermark;
  const seenUntil = Math.max(at, closedAt);
  const lateMs = rows.reduce(
    (longest, {updatedAt = Number.POSITIVE_INFINITY}) => Math.max(longest, seenUntil - updatedAt),
    0,
  );
  return lateMs <= Math.max(overlapMs, lookBackMs - 1000)
    ? watermark
    : {...watermark, lookBackMs: Math.min(maxLookBackMs, Math.max(lookBackMs, lateMs + 1000))};
};
