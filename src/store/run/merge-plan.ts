import type {Dag} from '../../domain/dag.js';
import {keepIfEqual} from '../../domain/equality.js';
import type {Instant} from '../../domain/instant.js';
import {withDag} from '../../domain/merge-steps.js';
import {isFinished} from '../../domain/status.js';
import {findStep} from '../../domain/step-table.js';
import {mergePlannedChildRuns} from './merge-child-runs.js';
import {type OpenRun, withSync} from './open-run.js';
import type {UnseenSteps} from './sync.js';

/**
 * The open run with what `/dag` says about its steps, child runs and wait conditions. `areChildRunsNewer`: the known child runs are
 * from a list that was requested later than `/dag`.
 */
export const withPlan = (openRun: OpenRun, dag: Dag, at: Instant, areChildRunsNewer: boolean): OpenRun => {
  const table = withDag(openRun.table, dag);
  const hasRows = openRun.sync.watermark.requestedAt !== undefined;
  const next = hasRows && openRun.hasPlan ? withSync(openRun, {unseen: mergeUnseen(openRun, dag, at)}) : openRun;
  return {
    ...next,
    table,
    changedAt: table === openRun.table ? openRun.changedAt : at,
    hasPlan: true,
    childRuns: keepIfEqual(
      openRun.childRuns,
      mergePlannedChildRuns(openRun.childRuns, dag.childRuns, areChildRunsNewer),
    ),
    waitConditions: keepIfEqual(openRun.waitConditions, dag.waitConditions),
  };
};

/** What `/dag` reports and no row has shown yet: an end, or a step run that was not there before. */
const mergeUnseen = ({table, sync: {unseen}}: OpenRun, dag: Dag, seenAt: Instant): UnseenSteps => {
  // Deltas have already been distrusted for these; once is enough.
  const isFinishedById = new Map(Number.isFinite(unseen.seenAt) ? unseen.isFinishedById : []);
  const previousSize = isFinishedById.size;
  for (const {name, id, status} of dag.steps) {
    const known = findStep(table, name)?.attempts.find(attempt => attempt.id === id);
    const isEnded = status !== undefined && isFinished(status.status);
    if (id !== undefined && (known === undefined || (isEnded && !isFinished(known.status)))) {
      isFinishedById.set(id, isEnded);
    }
  }

  return isFinishedById.size === previousSize ? unseen : {isFinishedById, seenAt};
};
