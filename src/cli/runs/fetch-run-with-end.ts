import type {Client} from '../../api/client.js';
import type {Instant} from '../../domain/instant.js';
import {withDag} from '../../domain/merge-steps.js';
import type {Run} from '../../domain/run.js';
import {correctRunEnd, isEndDoubtful} from '../../domain/run-end.js';
import {correctProgress} from '../../domain/run-row.js';
import type {ServerInfo} from '../../domain/server.js';
import {emptyStepTable} from '../../domain/step-table.js';

/**
 * The run, its end corrected to the one that `--once` and the list on the screen show. Its graph is fetched only if its end is
 * doubtful; if that fails, the version of the server decides whether the run is over, and the time of its end is unknown.
 */
export const fetchRunWithEnd = async (
  client: Client,
  run: Run,
  {server, now}: {readonly server: ServerInfo | undefined; readonly now: Instant},
  signal: AbortSignal,
): Promise<Run> => {
  if (!isEndDoubtful(run)) {
    return run;
  }

  const dag = await client.fetchDag(run.id, signal);
  return dag.ok ? correctRunEnd(run, withDag(emptyStepTable, dag.value), now) : correctProgress(run, server);
};
