import type {Row} from '../list/rows.js';
import type {GraphDirection} from './graph-state.js';

type ChildStepRow = Extract<Row, {readonly kind: 'child-step'}>;

/** Where a move leads from a step of an open child run, among the steps of that run; `undefined` if nowhere. */
export const findChildStepMove = (
  rows: readonly Row[],
  from: ChildStepRow,
  to: GraphDirection,
): ChildStepRow | undefined => {
  const steps = rows.filter((row): row is ChildStepRow => row.kind === 'child-step' && row.runId === from.runId);
  switch (to) {
    case 'upstream':
      return pickLargest(
        steps.filter(({step}) => from.step.upstream.includes(step.name)),
        ({step: {startedAt = Infinity, durationMs = Infinity}}) => startedAt + durationMs,
      );

    case 'downstream':
      return pickLargest(
        steps.filter(({step}) => step.upstream.includes(from.step.name)),
        ({step: {startedAt = Infinity}}) => -startedAt,
      );

    case 'previousSibling':
    case 'nextSibling': {
      const upstream = from.step.upstream.join();
      const siblings = upstream === '' ? [] : steps.filter(({step}) => step.upstream.join() === upstream);
      return siblings[siblings.indexOf(from) + (to === 'nextSibling' ? 1 : -1)];
    }
  }
};

/** The first one if there are several. */
const pickLargest = (
  steps: readonly ChildStepRow[],
  measure: (step: ChildStepRow) => number,
): ChildStepRow | undefined =>
  steps.reduce<ChildStepRow | undefined>(
    (best, step) => (best === undefined || measure(step) > measure(best) ? step : best),
    undefined,
  );
