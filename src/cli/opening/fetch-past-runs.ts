import type {Client} from '../../api/client.js';
import {buildPastRun, type PastRun} from '../../domain/past-run.js';
import type {Run} from '../../domain/run.js';
import type {StepTable} from '../../domain/step-table.js';
import {fetchNews} from '../../poll/fetch-news.js';
import {getEarlierRunsQuery} from '../../store/history/earlier-needs.js';
import {hasForecastableItems, isForecastable, pickPastRuns} from '../../store/history/estimate.js';

/** The past runs from which the screen estimates the rest of a live run. What the server does not return is left out. */
export const fetchPastRuns = async (
  client: Client,
  run: Run,
  table: StepTable,
  signal: AbortSignal,
): Promise<readonly PastRun[]> => {
  const query = getEarlierRunsQuery(run);
  if (query === undefined || !(isForecastable(run, table) || hasForecastableItems(run, table))) {
    return [];
  }

  const runs = await fetchNews(client, query, signal);
  const pastRuns: PastRun[] = [];
  for (const past of runs.ok && runs.value.kind === 'earlier-runs' ? pickPastRuns(runs.value.runs) : []) {
    const {id, projectId, startedAt} = past;
    const dag = await fetchNews(
      client,
      {kind: 'earlier-dag', runId: run.id, earlierId: id, projectId, startedAt},
      signal,
    );
    const built = dag.ok && dag.value.kind === 'earlier-dag' && buildPastRun(past, dag.value.dag, dag.value.retried);
    pastRuns.push(...(built ? [built] : []));
  }

  return pastRuns;
};
