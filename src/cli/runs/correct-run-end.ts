import type {Client} from '../../api/client.js';
import type {Instant} from '../../domain/instant.js';
import {withDag} from '../../domain/merge-steps.js';
import type {Run} from '../../domain/run.js';
import {getLastEndAt, getRunEndAt, isEffectivelyOver} from '../../domain/run-end.js';
import {correctProgress} from '../../domain/run-row.js';
import type {ServerInfo} from '../../domain/server.js';
import {emptyStepTable} from '../../domain/step-table.js';

/**
 * The run with the end that `--once` reports. Only a failed run that is still `in_progress` can have another one than the
 * server says, so only its graph is fetched; if that fails, the run is corrected by the server's version alone.
 */
export const correctRunEnd = async (
  client: Client,
  run: Run,
  {server, now}: {readonly server: ServerInfo | undefined; readonly now: Instant},
  signal: AbortSignal,
): Promise<Run> => {
  if (run.status !== 'failed' || run.isInProgress !== true) {
    return run;
  }

  const dag = await client.fetchDag(run.id, signal);
  if (!dag.ok) {
    return correctProgress(run, server);
  }

  const table = withDag(emptyStepTable, dag.value);
  return isEffectivelyOver(run, table, now - (getLastEndAt(table) ?? now))
    ? {...run, isInProgress: false, endedAt: getRunEndAt(run, table)}
    : run;
};
