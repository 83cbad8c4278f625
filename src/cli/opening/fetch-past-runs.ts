import type {Client} from '../../api/client.js';
import {buildPastRun, type PastRun} from '../../domain/past-run.js';
import type {Run} from '../../domain/run.js';
import type {StepTable} from '../../domain/step-table.js';
import {fetchNews} from '../../poll/fetch-news.js';
import {hasForecastableItems, isForecastable, pickPastRuns} from '../../store/history/estimate.js';
import {findPreviousRunsQuery} from '../../store/history/previous-needs.js';

/**
 * The past runs from which a document estimates the rest of a live run: the same ones that the screen uses. What the server does not
 * return is left out.
 */
export const fetchPastRuns = async (
  client: Client,
  run: Run,
  table: StepTable,
  signal: AbortSignal,
): Promise<readonly PastRun[]> => {
  const query = findPreviousRunsQuery(run);
  if (query === undefined || !(isForecastable(run, table) || hasForecastableItems(run, table))) {
    return [];
  }

  const runs = await fetchNews(client, query, signal);
  const pickedRuns = runs.ok && runs.value.kind === 'previous-runs' ? pickPastRuns(runs.value.runs) : [];
  // Sent together; the transport's sockets limit how many are under way at once.
  const pastRuns = await Promise.all(pickedRuns.map(past => fetchPastRun(client, run, past, signal)));
  return pastRuns.filter(past => past !== undefined);
};

const fetchPastRun = async (client: Client, run: Run, past: Run, signal: AbortSignal): Promise<PastRun | undefined> => {
  const {id, projectId, startedAt} = past;
  const query = {kind: 'previous-dag', runId: run.id, previousId: id, projectId, startedAt} as const;
  const dag = await fetchNews(client, query, signal);
  return dag.ok && dag.value.kind === 'previous-dag' ? buildPastRun(past, dag.value.dag, dag.value.retried) : undefined;
};
