import {isDone, type StepStatus} from '../../domain/status.js';
import type {StatusCounts} from '../../domain/step-table.js';
import {createSegment, type Line} from '../../format/line.js';
import {getStatusTone} from '../../format/status-words.js';
import {type BarPart, barParts} from '../../theme/glyphs.js';
import type {Theme} from '../../theme/theme.js';

const getCountEntries = (counts: StatusCounts): readonly (readonly [StepStatus, number])[] =>
  // The keys of the counts are statuses.
  Object.entries(counts) as [StepStatus, number][];

export const countAllSteps = (counts: StatusCounts): number =>
  getCountEntries(counts).reduce((sum, [, count]) => sum + count, 0);

export const countDoneSteps = (counts: StatusCounts): number =>
  getCountEntries(counts).reduce((sum, [status, count]) => sum + (isDone(status) ? count : 0), 0);

export type CountPart = {readonly status: StepStatus; readonly tone: BarPart; readonly count: number};

/** Counts per status in the order of the progress bar. Once the run is over, waiting steps count as not run. */
export const getCountParts = (counts: StatusCounts, isRunOver: boolean): readonly CountPart[] => {
  const known = getCountEntries(counts).map(([status, count]) => ({
    status: status === 'waiting' && isRunOver ? ('not run' as const) : status,
    count,
  }));
  return barParts.flatMap(tone =>
    known.filter(({status}) => getStatusTone(status) === tone).map(({status, count}) => ({status, tone, count})),
  );
};

/** Shares `width` cells among the counts; each count above zero gets at least one cell if there is room. */
export const layOutShares = (counts: readonly number[], width: number): readonly number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || width <= 0) {
    return counts.map(() => 0);
  }

  const shares = counts.map(count => (count === 0 ? 0 : Math.max(1, Math.floor((count / total) * width))));
  const sumShares = () => shares.reduce((sum, share) => sum + share, 0);
  while (sumShares() !== width) {
    const isShort = sumShares() < width;
    // The share furthest from its exact value gains or loses a cell; a share loses its last cell only if there is no other.
    const least = isShort ? 0 : shares.some(share => share > 1) ? 2 : 1;
    const deficits = shares.map((share, index) => ((counts[index] ?? 0) / total) * width - share);
    const candidates = deficits.filter((_, index) => (shares[index] ?? 0) >= least);
    const at = deficits.findIndex(
      (deficit, index) =>
        (shares[index] ?? 0) >= least && deficit === (isShort ? Math.max(...candidates) : Math.min(...candidates)),
    );
    shares[at] = (shares[at] ?? 0) + (isShort ? 1 : -1);
  }

  return shares;
};

/** The progress bar: one segment for all statuses of the same tone, as long as their share of the counts. */
export const renderProgressBar = (counts: StatusCounts, isRunOver: boolean, width: number, theme: Theme): Line => {
  const parts = getCountParts(counts, isRunOver);
  const byTone = barParts.map(tone =>
    parts.filter(part => part.tone === tone).reduce((sum, {count}) => sum + count, 0),
  );
  const shares = layOutShares(byTone, width);
  if (shares.every(share => share === 0)) {
    return [createSegment(theme.bar.waiting.repeat(Math.max(0, width)), 'waiting')];
  }

  return barParts.map((tone, index) => createSegment(theme.bar[tone].repeat(shares[index] ?? 0), tone));
};
