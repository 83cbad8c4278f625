import type {RunId} from './ids.js';
import {compareRunRows, type RunRow} from './run-row.js';
import {getPhase, type Phase} from './status.js';

type Compare = (a: RunRow, b: RunRow) => number;

/** The most urgent first. */
const phaseOrder: readonly Phase[] = ['failed', 'active', 'waiting', 'ended', 'succeeded'];

/** Runs that have not ended come first: they take longest. */
const getDurationMs = ({startedAt, endedAt}: RunRow): number =>
  startedAt === undefined ? -1 : endedAt === undefined ? Number.POSITIVE_INFINITY : endedAt - startedAt;

const compareNumbers = (a: number, b: number): number => (a === b ? 0 : a - b);

const comparisons = {
  started: compareRunRows,
  duration: (a, b) => compareNumbers(getDurationMs(b), getDurationMs(a)),
  status: (a, b) => phaseOrder.indexOf(getPhase(a.status)) - phaseOrder.indexOf(getPhase(b.status)),
  pipeline: (a, b) => {
    const [one, other] = [a.pipeline?.name ?? a.name, b.pipeline?.name ?? b.name];
    return one < other ? -1 : one > other ? 1 : 0;
  },
} as const satisfies Readonly<Record<string, Compare>>;

/** Returns a comparison of runs by the given order; runs that are equal in it are in the default order. */
export const getRunComparison =
  (order: keyof typeof comparisons): Compare =>
  (a, b) =>
    comparisons[order](a, b) || compareRunRows(a, b);

/** Moves each run directly below the run that started it, if that is in the list; the order is kept otherwise. */
export const placeChildrenBelowParents = (rows: readonly RunRow[]): readonly RunRow[] => {
  const ids = new Set(rows.map(({id}) => id));
  const childrenById = new Map<RunId, RunRow[]>();
  const roots: RunRow[] = [];
  for (const row of rows) {
    const parentId = row.parentRun?.id;
    if (parentId === undefined || !ids.has(parentId) || parentId === row.id) {
      roots.push(row);
    } else {
      childrenById.set(parentId, [...(childrenById.get(parentId) ?? []), row]);
    }
  }

  if (childrenById.size === 0) {
    return rows;
  }

  const placed: RunRow[] = [];
  const place = (row: RunRow): void => {
    placed.push(row);
    const children = childrenById.get(row.id) ?? [];
    // Children are placed only once, even if their parent is listed twice.
    childrenById.delete(row.id);
    children.forEach(place);
  };
  roots.forEach(place);
  // Runs are missing if broken data makes two of them each other's parent.
  return placed.length === rows.length ? placed : rows;
};
